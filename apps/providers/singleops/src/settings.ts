import { TimeZone } from '@occ-hub/contracts';
import type { FieldFault } from '@occ-hub/errors';
import { secret } from '@occ-hub/provider-kit';
import { z } from 'zod';
import { limits } from './limits.ts';

const id = z.int().positive();
const value = z.string().trim().min(1).max(limits.value);

/** A page that may show the form: the origin alone, as browsers compare it. */
const site = z
  .string()
  .trim()
  .transform((entered) => entered.replace(/\/$/, ''))
  .refine(isHttpsOrigin, 'Enter an https address without a path, for example https://www.example.com.');

/** Hosts of an address may hold signs that mean something in a header, such as `;` and `*`: those are refused. */
function isHttpsOrigin(text: string): boolean {
  return /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** What an org admin enters. */
export const Settings = z.object({
  // Both travel together in URLs and bodies: both are kept as secrets.
  user_email: secret(
    z.email('Enter the e-mail address of the API user.').meta({
      title: 'E-mail of the API user',
      description: 'Made by SingleOps support, one for each account',
    }),
  ),
  user_token: secret(z.string().trim().min(1, 'Enter the token of the API user.').max(500).meta({ title: 'Token' })),
  // Not required: the account's lists can be read only by settings that are saved.
  operation_id: id.optional().meta({
    title: 'Division',
    description: 'ID of the operation that a lead is for where it names none; without it such a lead is refused',
  }),
  lead_source_input_id: id
    .optional()
    .meta({ title: 'Lead source field', description: 'ID of the custom input that tells where a lead came from' }),
  lead_source_value: value.optional().meta({
    title: 'Lead source',
    description: 'Its value where a lead names none; of a dropdown, the key of an option',
  }),
  unknown_source: z
    .enum(['refuse', 'default'])
    .default('refuse')
    .meta({ title: 'Unknown lead source', description: 'Of a lead that names a source which the dropdown has not' }),
  custom_values: z
    .array(z.object({ custom_input_id: id, value }))
    .max(50)
    .default([])
    .meta({ title: 'Other fields', description: 'Custom inputs that have the same value on every lead' }),
  visit_stage_id: id.default(8).meta({ title: 'Visit stage', description: 'The stage of leads: 8 at SingleOps' }),
  time_zone: TimeZone.meta({ title: 'Time zone', description: "The account's wall clock, by which it reads times" }),
  visit_minutes: z
    .int()
    .min(5)
    .max(1440)
    .default(30)
    .meta({ title: 'Minutes of a visit', description: 'Where a wanted time has no end' }),
  layout: z
    .enum(['A', 'B'])
    .default('A')
    .meta({ title: 'Layout', description: "A new client's details stand beside the job (A) or inside it (B)" }),
  several_matches: z
    .enum(['newest', 'ask', 'new-lead'])
    .default('newest')
    .meta({ title: 'Several matching clients', description: 'Take the newest, ask a person, or send as a new client' }),
  choice_expires_minutes: z
    .int()
    .min(1)
    .max(43_200)
    .default(1440)
    .meta({ title: 'Minutes to choose', description: 'How long a person may take to choose among several clients' }),
  failure_email: z
    .email('Enter one e-mail address.')
    .optional()
    .meta({ title: 'Failure notification e-mail', description: 'Who is told of a lead that needs a person' }),
  form_title: z.string().trim().min(1).max(100).default('Request an estimate').meta({ title: 'Title of the form' }),
  form_thanks: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .default('Thank you. We have your request and will be in touch.')
    .meta({ title: 'Thanks of the form' }),
  form_sites: z
    .array(site)
    .max(20)
    .default([])
    .meta({ title: 'Sites of the form', description: 'Web sites that may show it in a frame' }),
  form_operation_id: id
    .optional()
    .meta({ title: 'Division of the form', description: 'ID of the operation, where it is not the usual one' }),
  form_source: value
    .optional()
    .meta({ title: 'Lead source of the form', description: 'Where it is not the usual one' }),
});
export type Settings = z.infer<typeof Settings>;

/** A field has one value on a lead: what would give it two is at fault. */
export function faultsOfValues(settings: Pick<Settings, 'custom_values' | 'lead_source_input_id'>): FieldFault[] {
  const ids = settings.custom_values.map(({ custom_input_id: id }) => id);
  if (settings.lead_source_input_id !== undefined && ids.includes(settings.lead_source_input_id)) {
    const message = 'This is the lead source field: its value is lead_source_value, or what a lead names.';
    return [{ pointer: '/custom_values', message }];
  }
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return twice === undefined ? [] : [{ pointer: '/custom_values', message: `Field ${twice} is named twice.` }];
}
