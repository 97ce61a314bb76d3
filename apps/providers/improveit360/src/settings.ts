import { DocumentType, TimeZone } from '@occ-hub/contracts';
import { secret } from '@occ-hub/provider-kit';
import { z } from 'zod';

/** Salesforce's own hosts and no others: the secret and the tokens are sent there. */
const loginHost =
  /^(login|test|[a-z0-9-]+(--[a-z0-9-]+)?(\.sandbox|\.develop|\.scratch|\.demo)?\.my)\.salesforce\.com$/;

/** What an org admin enters. */
export const Settings = z.object({
  platform: z
    .enum(['Lightning', 'Classic'])
    .refine((platform) => platform === 'Lightning', {
      error:
        'The hub works with improveit360 Lightning only. Choose Lightning; for Classic, ask improveit360 about moving to Lightning.',
    })
    .default('Lightning')
    .meta({ title: 'Platform', description: 'Lightning' }),
  consumer_key: z
    .string()
    .trim()
    .min(1, 'Enter the consumer key of the app "OCC" in Salesforce (Manage Consumer Details).')
    .meta({ title: 'Consumer Key' }),
  consumer_secret: secret(
    z
      .string()
      .trim()
      .min(1, 'Enter the consumer secret of the app "OCC" in Salesforce (Manage Consumer Details).')
      .meta({ title: 'Consumer Secret' }),
  ),
  login_host: z
    .string()
    .trim()
    .toLowerCase()
    .regex(loginHost, 'Enter login.salesforce.com, test.salesforce.com for a sandbox, or your My Domain host.')
    .default('login.salesforce.com')
    .meta({
      title: 'Login host',
      description: 'login.salesforce.com; a sandbox: test.salesforce.com; or your My Domain, yours.my.salesforce.com',
    }),
  pkce: z.boolean().default(true).meta({
    title: 'PKCE',
    description: 'Proof Key for Code Exchange. Turn it off only for an app that cannot take it',
  }),
  time_zone: TimeZone.meta({ title: 'Time zone', description: "The company's time zone: the clock that people read" }),
  attach_documents: z
    .array(DocumentType)
    .default(['signed_agreement', 'proposal', 'signable_document'])
    .meta({ title: 'Document attachment preferences', description: 'The documents that go back to improveit360' }),
});
export type Settings = z.infer<typeof Settings>;
