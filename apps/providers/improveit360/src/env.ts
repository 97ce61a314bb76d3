import { z } from 'zod';

/** What the service is given beside the kit's own variables. */
export const Env = z.object({
  IMPROVEIT360_LOGIN_URL: z
    .url()
    .optional()
    .describe('Login server in the place of every connection’s login host: the simulator, in demo and tests'),
});
export type Env = z.output<typeof Env>;
