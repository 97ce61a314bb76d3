import type { HubEvent, SyncRun } from '@occ-hub/contracts';
import type { OpenConnection } from '../connections/clients.ts';
import { gatherExchanges } from '../http/exchanges.ts';
import { type Digest, type SliceChange, digestOf } from '../poll/digest.ts';
import { newRun } from '../poll/new-run.ts';
import { type CrmLists, type PollParts, pollOnce } from '../poll/poll-once.ts';
import { type Tally, startTally } from '../poll/tally.ts';
import type { Watermark } from '../poll/watermark.store.ts';
import type { Source } from '../source.ts';

/** When the runs of a poll in a test are made, by our own clock. */
export const pollTime = Date.parse('2026-03-09T03:30:00Z');

/** A Kafka, a memory and a core around the runs of one source; any of them can be made to fail. */
export function aPoll<Client>(source: Source<Client, unknown>, client: Client) {
  const digests = new Map<string, Map<string, Digest>>();
  const state = {
    published: [] as HubEvent[],
    saved: [] as SliceChange[][],
    watermark: undefined as Watermark | undefined,
    /** Until when all that was remembered is kept, where a run said so. */
    keptUntil: undefined as number | undefined,
    linked: ['r1'],
    lists: { users: [], lookups: {}, warnings: [] } as CrmLists,
    handedOver: [] as CrmLists[],
  };
  const broken: { publish?: Error; save?: Error; lists?: Error } = {};
  /** What happened, in order; clients of a test may add to it. */
  const order: string[] = [];
  /** What else happens while Kafka takes events. */
  const meanwhile: { publishing?: () => void } = {};
  let stop = new AbortController();
  let made = 0;
  const parts: PollParts = {
    provider: 'some-crm',
    digests: {
      load: async () => new Map([...digests.values()].flatMap((slice) => [...slice])),
      async save(_owner, changes) {
        order.push('save');
        if (broken.save) throw broken.save;
        state.saved.push([...changes]);
        for (const { slice, entries } of changes)
          digests.set(slice, new Map(entries.map((entry) => [entry[0], digestOf(slice, entry)])));
      },
      async keep(_connection, _source, until) {
        order.push('keep');
        state.keptUntil = until;
      },
      forget: async () => digests.clear(),
    },
    watermarks: {
      load: async () => state.watermark,
      async save(_owner, watermark) {
        order.push('watermark');
        state.watermark = watermark;
      },
      forget: async () => void (state.watermark = undefined),
    },
    async publish(events) {
      order.push('publish');
      if (broken.publish) throw broken.publish;
      state.published.push(...events);
      meanwhile.publishing?.();
    },
    linkedReps: async () => new Set(state.linked),
    async readLists() {
      order.push('lists');
      if (broken.lists) throw broken.lists;
      return state.lists;
    },
    async keepLists(_org, _connection, lists) {
      order.push('hand over');
      state.handedOver.push(lists);
      return new Set(state.linked);
    },
    clock: () => pollTime,
    newId: () => `id-${(made += 1)}`,
  };
  const open = {
    ...{ connection: { _id: 'con-1', org: 'org-1' }, client, settings: {}, timeZone: 'America/New_York' },
  } as unknown as OpenConnection;

  function startOf(reason: SyncRun['reason']): Tally {
    const asked = newRun({ id: 'run-1', connection: 'con-1', source: source.name, reason, now: pollTime });
    return startTally({ ...asked, state: 'running' });
  }

  async function run(reason: SyncRun['reason'] = 'schedule', tally = startOf(reason)): Promise<SyncRun> {
    stop = new AbortController();
    const ask = {
      ...{ source: source as unknown as Source<never, never>, open, tally, signal: stop.signal },
      lease: { fence: 1, takenAt: pollTime },
      progress: () => undefined,
    };
    await gatherExchanges(() => pollOnce(parts, ask), []);
    return tally.run();
  }
  return {
    state,
    broken,
    order,
    meanwhile,
    run,
    /** Ends the run under way from outside. */
    end: (why: Error) => stop.abort(why),
    /** What was published since the last look. */
    told: () => state.published.splice(0).map(({ attributes, data }) => `${attributes.type} ${idOf(data)}`),
  };
}

function idOf(data: unknown): string {
  const { job, appointment, external_id: removed } = data as Record<string, unknown>;
  return String((job as { external_id: string } | undefined)?.external_id ?? appointmentId(appointment) ?? removed);
}

function appointmentId(appointment: unknown): string | undefined {
  return (appointment as { external_id: string } | undefined)?.external_id;
}

/** The events of a record that is a job of its own, as `told` spells them. */
export const upserts = (id: number) => [`occ.job.upserted.v1 ${id}`, `occ.appointment.upserted.v1 ${id}`];
