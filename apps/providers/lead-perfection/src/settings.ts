import { DocumentType, TimeZone } from '@occ-hub/contracts';
import { secret } from '@occ-hub/provider-kit';
import { z } from 'zod';

const typeId = z.int().positive();

/** What an org admin enters. The app key is not here: it is OCC's own (environment). */
export const Settings = z.object({
  client_id: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]+$/, 'Enter just the client ID, for example demo1, not the full URL.')
    .meta({ title: 'Client ID', description: 'Just the ID, not the full URL' }),
  user_name: z
    .string()
    .trim()
    .min(1, 'Enter the LeadPerfection user name.')
    .default('OneClick')
    .meta({ title: 'User name' }),
  password: secret(z.string().min(1, 'Enter the password of the LeadPerfection user.').meta({ title: 'Password' })),
  time_zone: TimeZone.meta({
    title: 'Time zone',
    description: "The company's time zone, in which LeadPerfection writes its dates",
  }),
  document_type_ids: z
    .object({ signed_agreement: typeId, proposal: typeId.optional(), signable_document: typeId.optional() })
    .meta({ title: 'Document type IDs', description: 'A blank one uses the ID of the signed agreement' }),
  attach_documents: z
    .array(DocumentType)
    .default(['signed_agreement', 'proposal', 'signable_document'])
    .meta({ title: 'Document attachment preferences', description: 'The documents that go back to LeadPerfection' }),
});
export type Settings = z.infer<typeof Settings>;

/** The vendor's document type of one of OCC's: a blank one falls back to the signed agreement's (seed 000). */
export function documentTypeId({ document_type_ids: ids }: Settings, type: DocumentType): number {
  return ids[type] ?? ids.signed_agreement;
}
