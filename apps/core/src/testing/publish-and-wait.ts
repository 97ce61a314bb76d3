import { appointmentIdOf } from '../jobs/identity.ts';
import { eventually } from './eventually.ts';
import { appointmentEvent, exampleAppointment } from './examples.ts';
import type { SeededOrg } from './seed-org.ts';
import type { TestCore } from './test-core.ts';

type Events = Parameters<TestCore['publisher']['publish']>[0];

/** Publishes, then waits until all of it has been applied. */
export async function publishAndWait(core: TestCore, seeded: SeededOrg, events: Events): Promise<void> {
  await publishAndSee(core, seeded, events);
  // What was seen may be of a batch under way; a second mark is of a later one, which begins when the first has ended.
  await publishAndSee(core, seeded, []);
}

/** Waits until a later event of the same job, so of the same partition, shows. */
async function publishAndSee(core: TestCore, seeded: SeededOrg, events: Events): Promise<void> {
  const mark = `mark-${crypto.randomUUID()}`;
  const marker = exampleAppointment({ external_id: mark, start_time: '2020-01-01T00:00:00Z' });
  await core.publisher.publish([...events, appointmentEvent(seeded.source, marker, 1)]);
  const id = appointmentIdOf({ ...seeded.source, externalId: mark });
  await eventually(
    () => core.call('GET', `/v1/orgs/${seeded.org}/appointments/${id}`, { token: seeded.user }),
    ({ status }) => status === 200,
  );
}
