import { syncNow } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import type { ConnectionRecord, SyncStarted } from '../connections/connection.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import type { z } from 'zod';

type Reason = z.input<typeof syncNow.ask>['reason'];

/** Starts a run beside another command. Never throws: the command stands, and the next scheduled run comes anyway. */
export async function trySync(
  askProvider: AskProvider,
  { _id, org, provider }: Pick<ConnectionRecord, '_id' | 'org' | 'provider'>,
  reason: Reason,
): Promise<z.infer<typeof SyncStarted>> {
  try {
    const { run } = await askProvider(provider, syncNow, { org, connection: _id, reason });
    return { started: true, run };
  } catch (error) {
    const why = isHubError(error) ? error.message : 'The provider gave no good answer.';
    return { started: false, note: `No sync was started now; the next scheduled one will do it. ${why}` };
  }
}
