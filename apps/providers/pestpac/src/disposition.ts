import { z } from 'zod';

// With the prefix that an event gives it, a name has to stay within what events carry.
const name = z
  .string()
  .trim()
  .min(1)
  .max(180)
  .regex(/^\P{Cc}*$/u, 'It holds a control character.');

/** A card as a tokeniser hands it over. There is no place for a card number or a security code. */
export const CardPosted = z.strictObject({
  token: z.string().min(1).max(500).describe("The processor's token of the card"),
  brand: z.string().trim().min(1).max(40),
  last4: z.string().regex(/^\d{4}$/),
  expiry: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
    .describe('YYYY-MM'),
  name: z.string().trim().min(1).max(200).describe('Name on the card'),
});
export type CardPosted = z.infer<typeof CardPosted>;

/** What of a card may be kept. */
export type CardFacts = Omit<CardPosted, 'token'>;

/** What ClickPoint posts when somebody applies an action to a lead. */
export const Disposition = z.strictObject({
  record_type: name,
  action: name,
  lead_id: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{1,100}$/)
    .describe("ClickPoint's id of the lead"),
  fields: z
    .record(name, z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]))
    .describe("The lead's fields by their ClickPoint names"),
  card: CardPosted.optional(),
});
export type Disposition = z.infer<typeof Disposition>;

/** The fields as texts, without those that hold nothing. */
export function textsOf(fields: Disposition['fields']): Record<string, string> {
  const texts = Object.entries(fields).map(([key, value]) => [key, String(value ?? '').trim()] as const);
  return Object.fromEntries(texts.filter(([, value]) => value !== ''));
}
