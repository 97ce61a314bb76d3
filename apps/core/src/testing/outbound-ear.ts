import { subscribe } from '@occ-hub/bus';
import { type HubEvent, topics } from '@occ-hub/contracts';
import { systemClock } from '@occ-hub/service';
import { eventually } from './eventually.ts';
import type { TestCore } from './test-core.ts';

/** Hears the outbound topic from its beginning, as a provider would. */
export function hearOutbound(core: Pick<TestCore, 'kafka' | 'publisher'>) {
  const heard: HubEvent[] = [];
  const subscription = subscribe(core.kafka, {
    group: `spec-${crypto.randomUUID()}`,
    topics: [topics.outbound],
    handle: async (batch) => void heard.push(...batch.map(({ event }) => event)),
    deadLetter: core.publisher.park,
    clock: systemClock,
  });
  return {
    heard,
    of: (org: string) => heard.filter(({ attributes }) => attributes.orgid === org),
    async until(org: string, count: number): Promise<readonly HubEvent[]> {
      const ids = () => new Set(this.of(org).map(({ attributes }) => attributes.id));
      await eventually(
        async () => ids().size,
        (size) => size >= count,
      );
      return this.of(org);
    },
    stop: () => subscription.stop(),
  };
}
