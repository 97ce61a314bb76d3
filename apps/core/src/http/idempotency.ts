import { type Clock, HttpProblem } from '@occ-hub/service';
import { hashOf } from '../store/id-of.ts';
import type { IdempotencyStore, KeyRecord } from './idempotency.store.ts';
import { type Answer, streamed } from './route.ts';
import { otherRequest } from '../store/other-request.ts';

/** A running request is given this long; after that its key counts as left behind by a crash. */
const runningMs = 60_000;

export type KeyVerdict = 'replay' | 'take-over' | 'other-request' | 'in-flight';

/** What a second request with a known key means. */
export function verdictOnKey(held: KeyRecord, fingerprint: string, now: number): KeyVerdict {
  if (held.fingerprint !== fingerprint) return 'other-request';
  if (held.state === 'done') return 'replay';
  return now - held.created_at.getTime() > runningMs ? 'take-over' : 'in-flight';
}

/** The same org, route and key give the same id and, inside it, the same ids of what is created. */
export function keyId(scope: { org: string; route: string; key: string }): string {
  return hashOf([scope.org, scope.route, scope.key]);
}

interface OnceParts {
  readonly store: IdempotencyStore;
  readonly clock: Clock;
}

/**
 * Runs the work once per key and stores its reply for a day. A failure frees the key. A crash in between leaves the key
 * running: a repeat after a minute takes it over and makes the same ids, so that the store knows what is there already.
 */
export async function runOnce(
  { store, clock }: OnceParts,
  key: { id: string; fingerprint: string },
  work: () => Promise<Answer>,
): Promise<Answer> {
  const now = new Date(clock());
  const record = { _id: key.id, fingerprint: key.fingerprint, state: 'running', created_at: now } as const;
  if (!(await store.take({ ...record, body: null }))) {
    const stored = await meet(store, key, now);
    if (stored !== undefined) return stored;
  }
  try {
    const answer = await work();
    if (answer !== streamed) await store.finish(key.id, { status: answer.status, body: answer.body });
    return answer;
  } catch (error) {
    await store.release(key.id).catch(() => undefined);
    throw error;
  }
}

/** The stored reply, or nothing when the key is ours now. */
async function meet(
  store: IdempotencyStore,
  key: { id: string; fingerprint: string },
  now: Date,
): Promise<Answer | undefined> {
  const held = await store.find(key.id);
  if (held === null) throw inFlight();
  switch (verdictOnKey(held, key.fingerprint, now.getTime())) {
    case 'replay':
      return { status: held.status ?? 200, body: held.body };
    case 'take-over':
      if (await store.takeOver(held, now)) return undefined;
      throw inFlight();
    case 'in-flight':
      throw inFlight();
    case 'other-request':
      throw otherRequest();
  }
}

function inFlight(): HttpProblem {
  return new HttpProblem({
    status: 409,
    code: 'core.idempotency.in-flight',
    message: 'A request with this Idempotency-Key is still running. Ask again in a moment.',
    headers: { 'retry-after': '1' },
  });
}
