import { z } from 'zod';

/** PestPac's records, only the fields that are read. What it leaves out or has as null is a blank text. */
const text = z
  .string()
  .nullish()
  .transform((given) => given ?? '');
const id = z.int().positive();
/** 0 and null both say that there is none. */
const idOrNone = z
  .int()
  .nullish()
  .transform((given) => given || undefined);

const who = { Company: text, LastName: text, FirstName: text };
const where = { Address: text, Address2: text, City: text, State: text, Zip: text };
const phones = { Phone: text, AlternatePhone: text, MobilePhone: text };
/** Lists call it `Email`, single records `EMail`: here it is always `EMail`. */
const mail = { EMail: text, Email: text };

function oneMail<Row extends { EMail: string; Email: string }>({ Email, ...row }: Row) {
  return { ...row, EMail: row.EMail || Email };
}

export const BillTo = z
  .object({ BillToID: id, BillToCode: text, Branch: text, ...who, ...where, ...phones, ...mail, Type: text })
  .transform(oneMail);
export type BillTo = z.output<typeof BillTo>;

export const Location = z
  .object({
    ...{ LocationID: id, BillToID: id, LocationCode: text, Branch: text },
    ...{ ...who, ...where, ...phones, ...mail, Type: text, InternalIdentifier: text },
    /** Absent counts as active: only what says so is not. */
    Active: z
      .boolean()
      .nullish()
      .transform((given) => given ?? true),
  })
  .transform(oneMail);
export type Location = z.output<typeof Location>;

/** `Comment` is blank in lists. */
export const Lead = z.object({
  ...{ LeadID: id, LocationID: idOrNone, Branch: text, Name: text, Source: text, DateReceived: text },
  ...{ WonStatus: text, Comment: text },
});
export type Lead = z.output<typeof Lead>;

export const Task = z.object({
  ...{ TaskID: id, LocationID: idOrNone, TaskType: text, TaskForUser: text, Subject: text, Description: text },
  ...{ Status: text, StartDate: text, DueDate: text },
});
export type Task = z.output<typeof Task>;

const Technician = z.object({ Position: z.int().nullish(), Code: text });
const technicians = z
  .array(Technician)
  .nullish()
  .transform((given) => given ?? []);

export const Order = z.object({
  ...{ OrderID: id, LocationID: idOrNone, SetupID: idOrNone, OrderType: text, WorkDate: text, TimeRange: text },
  Duration: z.int().nullish(),
  ...{ ExternalIdentifier: text, Technicians: technicians },
});
export type Order = z.output<typeof Order>;

export const Setup = z.object({
  ...{ SetupID: id, LocationID: idOrNone, InitialOrderID: idOrNone, CardID: idOrNone, Schedule: text },
  ...{ StartDate: text, ServiceInstructions: text, Technicians: technicians },
});
export type Setup = z.output<typeof Setup>;

/** What may be kept and shown of a card. Its token is dropped here: later calls go by `CardID`. */
export interface Card {
  readonly CardID: number;
  readonly BillToID: number;
  /** As PestPac names it, e.g. `Visa`. */
  readonly brand: string;
  readonly last4: string;
  /** `2028-09`, or blank. */
  readonly expiry: string;
  readonly name: string;
  readonly primary: boolean;
}

const printed = { CreditCardType: text, NameOnCard: text, AccountNumber: text, ExpirationDate: text };

/** Lists have what is printed on a card beside its id, single records have it one level down. */
export const CardOnFile = z
  .object({
    ...{ CardID: id, BillToID: id, ...printed, CreditCard: z.object(printed).nullish() },
    IsPrimary: z.boolean().nullish(),
  })
  .transform(({ CardID, BillToID, IsPrimary, CreditCard, ...flat }): Card => {
    const { CreditCardType, NameOnCard, AccountNumber, ExpirationDate } = CreditCard ?? flat;
    return {
      ...{ CardID, BillToID, brand: CreditCardType, last4: AccountNumber.replace(/\D/g, '').slice(-4) },
      ...{ expiry: ExpirationDate.slice(0, 7), name: NameOnCard, primary: IsPrimary ?? false },
    };
  });
