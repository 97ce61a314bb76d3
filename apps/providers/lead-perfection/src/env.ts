import { secretText } from '@occ-hub/provider-kit';
import { z } from 'zod';

/** What the service is given beside the kit's own variables. */
export const Env = z.object({
  LEAD_PERFECTION_URL: z
    .url()
    .default('https://api.leadperfection.com')
    .describe('The LeadPerfection server, e.g. https://api2.leadperfection.com'),
  LEAD_PERFECTION_APP_KEY: secretText().describe("OCC's own app key, issued by LeadPerfection"),
});
export type Env = z.output<typeof Env>;
