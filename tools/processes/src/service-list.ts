import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

/** The tree that this file lies in. */
export const root = new URL('../../../', import.meta.url);

const ServiceLine = z.object({
  name: z.string(),
  path: z.string(),
  simulator: z.string().optional(),
  demo: z.record(z.string(), z.coerce.string()).default({}),
});
export type ServiceLine = z.infer<typeof ServiceLine>;

/** The lines of deploy/services.yaml. */
export async function readServiceList(): Promise<readonly ServiceLine[]> {
  return z.array(ServiceLine).parse(parse(await readFile(new URL('deploy/services.yaml', root), 'utf8')));
}
