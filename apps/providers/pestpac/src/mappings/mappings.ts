import { z } from 'zod';
import { categories } from '../catalogue/category.ts';

/** One row: what fills a PestPac field. */
export const MappingRow = z.strictObject({
  category: z.enum(categories),
  pestpac_field: z.string().trim().min(1).max(150),
  clickpoint_field: z
    .string()
    .trim()
    .min(1)
    .max(180)
    .optional()
    .describe("A field of the record type, by ClickPoint's name"),
  value: z
    .string()
    .trim()
    .min(1)
    .max(8000)
    .optional()
    .describe('The same for every lead, instead of a ClickPoint field'),
  required: z.boolean().default(false).describe('The transfer does not start while it is empty'),
  search: z
    .enum(['off', 'optional', 'required'])
    .default('off')
    .describe(
      'Whether it takes part in finding a location. Required: it must be filled, and, unless it is a phone, what is found must agree',
    ),
  too_long: z
    .enum(['refuse', 'shorten'])
    .default('refuse')
    .describe('A text that is longer than PestPac takes: name it to the user, or cut it and say so'),
});
export type MappingRow = z.infer<typeof MappingRow>;

export const Mappings = z.array(MappingRow).max(500);
export type Mappings = z.infer<typeof Mappings>;

/** The fields of a location without which nothing is transferred, whatever their rows say. */
export const alwaysRequired: readonly string[] = ['Division', 'Source', 'Type'];

/** The fields that a location is looked for by. At least one is mapped, or nothing is searched. */
export const phoneFields: readonly string[] = ['Phone', 'AlternatePhone', 'MobilePhone'];

/** The fields that narrow what the phones found. */
export const narrowingFields: readonly string[] = ['EMail', 'LastName', 'Company', 'Address', 'City', 'State', 'Zip'];
