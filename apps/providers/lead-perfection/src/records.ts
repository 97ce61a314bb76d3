import { z } from 'zod';

const word = z.union([z.string(), z.number(), z.boolean()]).nullish();
const id = z.union([z.string().min(1), z.number()]);

/** Only the fields we read. LeadPerfection's spelling of a field's case is not stable (`ID`, `id`), so any case is read. */
function anyCase<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]));
  return z.preprocess((raw) => {
    if (typeof raw !== 'object' || raw === null) return raw;
    const known = Object.entries(raw).map(([name, value]) => [names.get(name.toLowerCase()), value] as const);
    return Object.fromEntries(known.filter(([name]) => name !== undefined));
  }, z.object(shape));
}

const appointmentFields = {
  ID: id,
  slr_id: word,
  SalesRepName: word,
  CustName: word,
  Address1: word,
  CSZ: word,
  Phone: word,
  AltPhone1: word,
  AltPhone1Type: word,
  AltPhone2: word,
  AltPhone2Type: word,
  email: word,
  email2: word,
  ProductID: word,
  Source: word,
  SubSource: word,
  ApptDate: word,
  Notes: word,
};

/** A row of SalesApi/GetSalesApptDetailDateRange. Any field but the ids may be null. */
export const LpAppointment = anyCase(appointmentFields);
export type LpAppointment = z.output<typeof LpAppointment>;

/** The same, told by the kit which job it belongs to (the id of its first appointment). */
export const PlacedAppointment = z.object({ ...appointmentFields, job_of: z.string() });

/** A column that a write sends back must be there, even if it is null: what is missing would be cleared. */
const column = z.union([z.string(), z.number(), z.boolean()]).nullable();

/** What UpdateSalesApptDetail overwrites: read first, and sent back. */
export const LpResult = anyCase({
  ...{ ID: id, Disposition: column, PresNotes: column, CanUpdateIndicator: word },
  ...{ ProductID1: word, ProductID2: word, ProductID3: word, ProductID4: word, ProductID5: word },
  ...{ GSA1: word, GSA2: word, GSA3: word, GSA4: word, GSA5: word },
});
export type LpResult = z.output<typeof LpResult>;

const LpDay = anyCase({ ID: id, ApptDate: word });

/** Whether a raw row is that of an appointment. */
export function isRowOf(raw: unknown, appointment: string): boolean {
  const row = LpDay.safeParse(raw);
  return row.success && String(row.data.ID) === appointment;
}

/** The day that a raw row names. */
export function dayOfRow(raw: unknown): string | undefined {
  return /^\d{4}-\d{2}-\d{2}/.exec(String(LpDay.safeParse(raw).data?.ApptDate ?? ''))?.[0];
}
/** An entry of SalesApi/GetSalesApptDispProd. */
const entryFields = { key: id, value: z.string().nullish() };
export const LpEntry = anyCase(entryFields);
/** The same with its place in the list. */
export const PlacedEntry = z.object({ ...entryFields, position: z.int() });
