import { z } from 'zod';

/** What the service is given beside the kit's own variables. */
export const Env = z.object({
  SINGLEOPS_URL: z
    .url()
    .default('https://app.singleops.com')
    .transform((url) => url.replace(/\/+$/, ''))
    .describe('Server of SingleOps, without /api/v1: the simulator in its place, in demo and tests'),
});
export type Env = z.output<typeof Env>;
