import { TimeZone } from '@occ-hub/contracts';
import { secret } from '@occ-hub/provider-kit';
import { z } from 'zod';

const entered = (what: string) => z.string().trim().min(1, `Enter ${what}.`).max(200);

/** A header's value: letters that no header takes would fail on every call. */
const headerText = (what: string) => entered(what).regex(/^[\x21-\x7e]*$/, `Enter ${what} without blanks.`);

/** What an org admin enters. They are saved together, by a button. */
export const Settings = z.object({
  api_key: secret(headerText('the API key from WorkWave').meta({ title: 'API key' })),
  tenant_id: headerText('the company key').meta({ title: 'Tenant ID', description: 'The PestPac company key' }),
  client_id: headerText('the client ID').meta({ title: 'Client ID' }),
  client_secret: secret(entered('the client secret').meta({ title: 'Client secret' })),
  username: entered('the WorkWave user name').meta({ title: 'Username' }),
  password: secret(z.string().min(1, 'Enter the password of the WorkWave user.').meta({ title: 'Password' })),
  host_url: z
    .url('Enter the address with https:// in front.')
    .default('https://api.workwave.com/pestpac/v1')
    .meta({ title: 'PestPac host URL' }),
  time_zone: TimeZone.meta({
    title: 'Time zone',
    description: "The company's time zone, in which PestPac writes its dates",
  }),
  retry_attempts: z
    .int()
    .min(0)
    .max(10)
    .default(2)
    .meta({ title: 'Retry attempts', description: 'How often a call that failed is tried again' }),
  retry_interval_seconds: z
    .int()
    .min(1)
    .max(3600)
    .default(10)
    .meta({ title: 'Retry interval', description: 'Seconds between the attempts' }),
  failure_email: z
    .email('Enter one e-mail address.')
    .meta({ title: 'Failure notification e-mail', description: 'Who is told after the last attempt failed' }),
  choice_wait_minutes: z
    .int()
    .min(1)
    .max(43_200)
    .default(1440)
    .meta({ title: 'Wait for a choice', description: 'Minutes that a run waits for a location to be chosen' }),
});
export type Settings = z.infer<typeof Settings>;

/** What of them nobody may see, wherever a vendor quotes it. */
export function secretsOf({ api_key: key, client_secret: secret, password }: Settings): readonly string[] {
  return [key, secret, password];
}
