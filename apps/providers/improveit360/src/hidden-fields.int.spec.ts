import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { objects } from './records.ts';
import { appointmentResult, opportunityResult } from './results.ts';
import { type I360Hub, openI360Hub } from './testing/i360-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

const junction = 'i360core__Sales_Appointment_Opportunity__c';
const children = 'i360core__Sales_Appointment_Opportunities__r';

let hub: I360Hub;
let connection: string;
const hidden: (readonly [object: string, field: string])[] = [];
beforeAll(async () => {
  hub = await openI360Hub(serversOfThisRun(), { simulator: { appointments: 40 } });
  connection = hub.connection;
  await hub.start();
  await hub.consent(connection, hub.reps());
});
afterEach(() => {
  for (const [object, field] of hidden.splice(0)) hub.control.showField(object, field);
});
afterAll(() => hub.close());

function hide(object: string, field: string): void {
  hidden.push([object, field]);
  hub.control.hideField(object, field);
}
/** The second run: where a description was still held, the first one finds out that it is old. */
async function runAfterwards() {
  await hub.sync(connection, 'person');
  return hub.sync(connection, 'person');
}
const lists = () => hub.core.lists.get(connection);

describe('a field that is hidden from the hub later', () => {
  it.each([
    ['the e-mail address of staff', objects.staff, 'i360core__Email__c', 'i360core__Email__c'],
    ['the detail of a result', appointmentResult.object, appointmentResult.detail, appointmentResult.detail],
    ['a result', opportunityResult.object, opportunityResult.result, opportunityResult.result],
    ['the way from the junction to the opportunity', junction, 'i360core__Sales_Opportunity__c', children],
  ])('stops no run: %s', async (_what, object, field, warned) => {
    hide(object, field);
    const run = await runAfterwards();
    expect([run.state, run.error]).toEqual(['done', undefined]);
    expect(run.warnings.map(({ record }) => record)).toContain(warned);
    expect(lists()?.users.length).toBe(hub.reps().length);
  });

  it('leaves its list out of what core is given, which keeps the one that it has', async () => {
    hide(opportunityResult.object, opportunityResult.result);
    await runAfterwards();
    expect(Object.keys(lists()?.lookups ?? {})).toEqual(['appointment_results', 'appointment_result_details']);
  });
});
