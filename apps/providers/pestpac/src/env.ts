import { z } from 'zod';

/** What the service is given beside the kit's own variables. */
export const Env = z.object({
  PESTPAC_HOSTS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()))
    .transform((hosts) => hosts.filter((host) => host !== ''))
    .describe('Hosts that connections may name beside PestPac’s own, parted by commas'),
  PESTPAC_URL: z
    .url()
    .optional()
    .describe('API in the place of every connection’s host URL: the simulator, in demo and tests'),
  PESTPAC_TOKEN_URL: z.url().default('https://is.workwave.com/oauth2/token').describe('Where WorkWave gives tokens'),
});
export type Env = z.output<typeof Env>;
