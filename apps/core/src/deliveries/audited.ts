import { isHubError } from '@occ-hub/errors';
import type { Clock, NewId } from '@occ-hub/service';
import type { AuditRecord, AuditStore } from './audit.store.ts';

export interface AuditParts {
  readonly audit: AuditStore;
  readonly clock: Clock;
  readonly newId: NewId;
}

type What = Pick<
  AuditRecord,
  'org' | 'provider' | 'action' | 'deliveries' | 'filter' | 'send_again' | 'reason' | 'choice' | 'option'
>;

/** Who asks for an action. */
export interface Actor {
  readonly member: string;
  readonly role: string;
}

/**
 * Does an action between two entries of the audit: that it was asked, which must be written or nothing is done, and what
 * came of it. An asking without an end was cut by a crash.
 */
export async function audited<Result>(
  { audit, clock, newId }: AuditParts,
  { caller, what }: { caller: Actor; what: What },
  act: () => Promise<{ result: Result; affected: readonly string[] }>,
): Promise<Result> {
  const who = { by: caller.member, role: caller.role };
  const asked = newId('aud');
  await audit.append({ _id: asked, at: new Date(clock()), ...who, ...what, step: 'asked' });
  const end = { ...who, org: what.org, provider: what.provider, action: what.action, asked };
  try {
    const { result, affected } = await act();
    const done = { step: 'done', affected } as const;
    await audit.append({ _id: newId('aud'), at: new Date(clock()), ...end, ...done });
    return result;
  } catch (error) {
    const failed = { step: 'failed', code: isHubError(error) ? error.code : 'hub.bug' } as const;
    await audit.append({ _id: newId('aud'), at: new Date(clock()), ...end, ...failed }).catch(() => undefined);
    throw error;
  }
}
