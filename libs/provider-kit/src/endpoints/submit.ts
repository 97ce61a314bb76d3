import { createHash } from 'node:crypto';
import { type EventDefinition, type HubEvent, eventOf } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { currentTraceparent, newTraceparent } from '@occ-hub/service';
import type { Submission, Submitted } from '../endpoint.ts';
import type { Delivery } from '../ledger/delivery.ts';
import type { DeliveryStore } from '../ledger/delivery.store.ts';
import type { Announcer } from '../ledger/announcer.ts';
import type { AliasStore } from './alias.store.ts';
import { type StandingParts, standing, standingBy } from './standing.ts';

export interface SubmitParts extends StandingParts {
  readonly provider: string;
  readonly deliveries: Pick<DeliveryStore, 'add' | 'get'>;
  readonly aliases: AliasStore;
  readonly deliveryOf: (event: HubEvent) => Delivery;
  readonly announcer: Announcer;
  readonly wake: () => void;
}

/** Of what Kafka takes as one message, with room for what is around it. */
const mostBytes = 800 * 1024;

/**
 * Puts what came in into the ledger, once per key, and waits for its end. Fails as `unreadable` where it is more than an event
 * can carry: it would be delivered, and nobody could be told.
 */
export async function submit<Definition extends EventDefinition>(
  parts: SubmitParts,
  owner: { readonly org: string; readonly connection: string },
  submission: Submission<Definition>,
): Promise<Submitted> {
  const until = parts.clock() + submission.withinMs;
  checkFits(submission);
  const keys = aliasesOf(owner, submission);
  const id = await parts.aliases.tie(keys, `evt-${keys[0] ?? ''}`);
  const event = eventFrom(parts, { ...owner, id }, submission);
  const isNew = (await parts.deliveries.add([{ ...parts.deliveryOf(event), unannounced: true }])) === 1;
  if (isNew) {
    parts.wake();
    parts.announcer.announce(event);
  }
  return standingBy(parts, id, { until, repeated: !isNew });
}

/** What became of what was submitted with one of these keys; undefined where nothing was. */
export async function known(
  { aliases, deliveries }: Pick<SubmitParts, 'aliases' | 'deliveries'>,
  owner: { readonly org: string; readonly connection: string },
  submitted: Pick<Submission<EventDefinition>, 'event' | 'keys'>,
): Promise<Submitted | undefined> {
  const id = await aliases.find(aliasesOf(owner, submitted));
  const delivery = id === undefined ? undefined : await deliveries.get(id);
  return delivery && standing(delivery, true);
}

function aliasesOf(
  { org, connection }: { readonly org: string; readonly connection: string },
  { event, keys }: Pick<Submission<EventDefinition>, 'event' | 'keys'>,
): readonly string[] {
  return keys.map((key) => digestOf([org, connection, event.type, key]));
}

function checkFits({ event, data }: Pick<Submission<EventDefinition>, 'event' | 'data'>): void {
  const read = event.data.safeParse(data);
  const faults = read.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  const bytes = Buffer.byteLength(JSON.stringify(data));
  if (bytes > mostBytes) faults.push(`it has ${bytes} bytes of at most ${mostBytes}`);
  if (faults.length === 0) return;
  const message = `This is more than the hub takes: ${faults.join('; ')}`;
  throw new HubError({ kind: 'unreadable', code: 'endpoint.too-much', message });
}

function eventFrom<Definition extends EventDefinition>(
  { provider, clock }: SubmitParts,
  { org, connection, id }: { readonly org: string; readonly connection: string; readonly id: string },
  { event, subject, origin, data }: Submission<Definition>,
): HubEvent {
  return eventOf(
    event,
    {
      id,
      source: `/providers/${provider}`,
      subject,
      time: new Date(clock()).toISOString(),
      orgid: org,
      connectionid: connection,
      provider,
      origin,
      traceparent: currentTraceparent() ?? newTraceparent(),
    },
    data,
  );
}

function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
