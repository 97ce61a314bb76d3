import { z } from 'zod';

/** What the service is given beside the kit's own variables. */
export const Env = z.object({
  LEAD_CONDUIT_POSTING_URL: z
    .url()
    .optional()
    .describe('Server in the place of LeadPerfection’s posting hosts: the simulator, in demo and tests'),
  LEAD_CONDUIT_FEEDBACK_URL: z
    .url()
    .optional()
    .describe('Address in the place of every connection’s feedback address: the simulator, in demo and tests'),
});
export type Env = z.output<typeof Env>;
