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

/** What UpdateSalesApptDetail overwrites: read first, and sent back. */
const sold = [1, 2, 3, 4, 5] as const;
export const LpResult = anyCase({
  ID: id,
  Disposition: word,
  PresNotes: word,
  CanUpdateIndicator: word,
  ...(Object.fromEntries(
    sold.flatMap((n) => [
      [`ProductID${n}`, word],
      [`GSA${n}`, word],
    ]),
  ) as Record<`ProductID${1 | 2 | 3 | 4 | 5}` | `GSA${1 | 2 | 3 | 4 | 5}`, typeof word>),
});
export type LpResult = z.output<typeof LpResult>;

/** An entry of SalesApi/GetSalesApptDispProd. */
export const LpEntry = anyCase({ key: id, value: z.string().nullish() });
