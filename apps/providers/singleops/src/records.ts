import { z } from 'zod';

const id = z.int().positive();
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const flag = (otherwise: boolean) =>
  z
    .boolean()
    .nullish()
    .transform((value) => value ?? otherwise);

/** A division of the account. */
export const Operation = z.object({ id, name: z.string(), active: flag(true), display_name: text });
export type Operation = z.infer<typeof Operation>;

/** A field that the account defined; only those of `job` are ones of a lead. The key of an option is sent as it came, its display is read. */
export const CustomInput = z.object({
  id,
  name: z.string(),
  input_type: text,
  resource_type: text,
  required: flag(false),
  operations: z
    .array(z.union([id, z.object({ id }).transform((operation) => operation.id)]))
    .nullish()
    .transform((operations) => operations ?? []),
  dropdown_options: z
    .array(z.object({ key: z.union([z.string(), z.number()]), display: text }))
    .nullish()
    .transform((options) => options ?? []),
});
export type CustomInput = z.infer<typeof CustomInput>;

/**
 * A client as far as the hub reads it. The list is a whitelist: the client's secret `token`, balances, payment and
 * accounting fields end here, before anything is kept or shown.
 */
export const Client = z.object({
  id,
  name: text,
  first_name: text,
  last_name: text,
  company_name: text,
  email: text,
  phone: text,
  mobile: text,
  bill_addr_1: text,
  bill_addr_2: text,
  bill_addr_city: text,
  bill_addr_state: text,
  bill_addr_postal_code: text,
  active: flag(true),
  is_archived: flag(false),
  on_hold: flag(false),
  merged_to_client_id: id.nullish().transform((merged) => merged ?? undefined),
  default_operation_id: id.nullish().transform((operation) => operation ?? undefined),
  created_at: text,
});
export type Client = z.infer<typeof Client>;
