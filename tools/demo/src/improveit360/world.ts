import type { SalesforceSimulator } from '@occ-hub/simulator-salesforce';
import type { Mailbox } from '../mailbox.ts';
import type { CrmUser, Office, Signed } from '../office.ts';

/** What the steps hand on to each other. */
export interface World extends Office {
  readonly crm: SalesforceSimulator;
  /** The app's consumer secret, as its administrator copies it. */
  readonly secret: string;
  readonly mailbox: Mailbox;
  reps: CrmUser[];
  /** What Salesforce's administrator has to enter as callback. */
  callback: string;
}

export const objects = {
  staff: 'i360core__Staff__c',
  appointment: 'i360core__Sales_Appointment__c',
  opportunity: 'i360core__Sales_Opportunity__c',
  sale: 'i360core__Sale__c',
} as const;

/** What the appointment at Salesforce has of a document. */
export function copiesOf(world: World, document: Signed): readonly { readonly title: string }[] {
  const held = world.crm.control.files({ linkedTo: world.appointment!.external_id });
  return held.filter((each) => each.sha256 === document.sha256);
}

/** Where this office wants to be told. */
export const officeAddress = ({ run }: World) => `office-${run}@example.com`;

export const mailsTo = (world: World) => world.mailbox.mails.filter(({ to }) => to.includes(officeAddress(world)));
