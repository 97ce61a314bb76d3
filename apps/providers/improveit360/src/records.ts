import { z } from 'zod';
import { longId } from './salesforce/id.ts';

/** The objects of the improveit360 Lightning package. The seed's `i360__Appointment__c` is Classic's name for the first. */
export const objects = {
  appointment: 'i360core__Sales_Appointment__c',
  opportunity: 'i360core__Sales_Opportunity__c',
  staff: 'i360core__Staff__c',
} as const;

const word = z.union([z.string(), z.number(), z.boolean()]).nullish();
const id = z.string().min(1).transform(longId);

const opportunityFields = {
  Id: id,
  Name: word,
  i360core__Interested_In__c: word,
  i360core__Result__c: word,
  i360core__Result_Detail__c: word,
};

/** A sales opportunity, as it hangs on an appointment. */
export const SfOpportunity = z.object(opportunityFields);
export type SfOpportunity = z.output<typeof SfOpportunity>;

const Junction = z.object({ i360core__Sales_Opportunity__r: SfOpportunity.nullish() });

/** Child rows: absent, null or a list; a junction without its opportunity is nobody's. */
const opportunities = z
  .object({ records: z.array(Junction) })
  .nullish()
  .transform((list) => (list?.records ?? []).flatMap(({ i360core__Sales_Opportunity__r: found }) => found ?? []));

/** Salesforce sends null where nothing was entered. */
const noName = 'missing_customer_name';

const appointmentFields = {
  Id: id,
  SystemModstamp: z.string(),
  i360core__Sales_Rep_1__c: id.nullish(),
  i360core__Account__c: word,
  i360core__Contact_Name__c: z
    .string({ error: ({ input }) => (input === null || input === undefined ? noName : undefined) })
    .trim()
    .min(1, noName),
  i360core__Contact_Email__c: word,
  i360core__Contact_Phone__c: word,
  Contact_Phone__c: word,
  i360core__Product_Categories__c: word,
  i360core__Type__c: word,
  i360core__Street_Address__c: word,
  i360core__City__c: word,
  i360core__State_Province__c: word,
  i360core__Zip_Postal_Code__c: word,
  i360core__Appointment_Date_Time__c: word,
  i360core__Appointment_End_Date_Time__c: word,
};

/** A sales appointment, only the fields we read. */
export const SfAppointment = z.object({
  ...appointmentFields,
  i360core__Sales_Appointment_Opportunities__r: opportunities,
});
export type SfAppointment = z.output<typeof SfAppointment>;

/** The same as it was read, told by the kit which job it belongs to. */
export const PlacedAppointment = z.object({
  ...appointmentFields,
  i360core__Sales_Appointment_Opportunities__r: z.array(SfOpportunity),
  job_of: z.string(),
});

/** Without these there is nothing to bring in; any other field that is missing or hidden is a warning. */
export const requiredFields = [
  'i360core__Sales_Rep_1__c',
  'i360core__Contact_Name__c',
  'i360core__Appointment_Date_Time__c',
] as const;

/** What is read where it is there. */
export const optionalFields = Object.keys(appointmentFields).filter(
  (name) => !['Id', 'SystemModstamp', ...requiredFields].includes(name),
);

export const opportunityFieldNames = Object.keys(opportunityFields);

/** A row of `SELECT Id, Name, i360core__Email__c FROM i360core__Staff__c`. */
export const SfStaff = z.object({ Id: id, Name: word, i360core__Email__c: word });
export type SfStaff = z.output<typeof SfStaff>;

/** A row that says no more than whose an appointment is. */
export const SfBrief = z.object({ Id: id, IsDeleted: z.boolean(), i360core__Sales_Rep_1__c: id.nullish() });
export type SfBrief = z.output<typeof SfBrief>;
