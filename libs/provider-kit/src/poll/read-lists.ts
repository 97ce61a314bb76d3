import type { AnyProvider } from '../provider.ts';
import type { Warning } from '../source.ts';
import type { CrmLists } from './poll-once.ts';

/** Reads what a CRM lists, one after the other, with what is odd about it. Throws what the provider throws. */
export async function readLists(provider: AnyProvider, client: never): Promise<CrmLists> {
  const warnings: Warning[] = [];
  const warn = (warning: Warning) => void warnings.push(warning);
  const lookups = await provider.lookups(client, warn);
  return { lookups, users: await provider.users(client, warn), warnings };
}
