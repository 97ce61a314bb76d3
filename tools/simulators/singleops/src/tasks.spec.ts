import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SingleOpsSimulator } from './simulator.ts';
import { startSingleOpsSimulator } from './simulator.ts';
import { forMina, forRowan, TASK } from './testing/bodies.ts';
import { callerOf } from './testing/caller.ts';

let simulator: SingleOpsSimulator;
let caller: ReturnType<typeof callerOf>;
beforeEach(async () => {
  simulator = await startSingleOpsSimulator({ now: () => Date.parse('2026-05-01T12:00:00Z') });
  caller = callerOf(simulator);
});
afterEach(() => simulator.stop());

const lead = () => simulator.control.leads().at(-1);
/** What is wrong with a body, after making sure that nothing was made of it. */
const refusal = async (body: object): Promise<unknown> => {
  const { status, body: answer } = await caller.post(body);
  expect([status, answer.success, simulator.control.leads()]).toEqual([422, false, []]);
  return answer.error;
};
const withTask = (task: object = {}) => forRowan({}, { job_task_create: true, task: { ...TASK, ...task } });

describe('a task', () => {
  test('is made when both the wish and the task are given, and schedules the lead', async () => {
    await caller.post(withTask());
    expect(lead()).toMatchObject({ task: TASK, state: 'Estimate Scheduled' });
    await caller.post(forRowan({}, { task: TASK }));
    expect(lead()?.task).toBeNull();
  });

  test('wished for and not given is refused', async () => {
    expect(await refusal(forRowan({}, { job_task_create: true }))).toBe('Task must exist');
  });

  test('of a new client schedules the lead once client and place are confirmed', async () => {
    await caller.post(forMina({}, { job_task_create: true, task: TASK }));
    const id = lead()?.id ?? 0;
    expect(lead()?.state).toBe('Unconfirmed Client');
    expect(simulator.control.confirmLead(id, { place: false }).state).toBe('Estimate Unscheduled');
    expect(simulator.control.confirmLead(id).state).toBe('Estimate Scheduled');
  });

  test('without times leaves the lead unscheduled', async () => {
    await caller.post(withTask({ start: null, stop: null }));
    expect(lead()?.state).toBe('Estimate Unscheduled');
  });

  test.each([
    ["Task name can't be blank", { name: '' }],
    ['Task name is too long (maximum is 41 characters)', { name: 'x'.repeat(42) }],
    ['Task notes is too long (maximum is 4000 characters)', { notes: 'x'.repeat(4001) }],
    ['Task start is not a time', { start: '2026-05-04T09:00:00' }],
    ['Task start is not a time', { start: '2026-02-30 09:00:00' }],
    ['Task stop is not a time', { stop: '2026-05-04 24:00:00' }],
    ['Task start and stop go together', { stop: null }],
    ['Task stop must be after start', { start: '2026-05-04 09:30:00' }],
    ['Task on_site is neither true nor false', { on_site: 'yes' }],
    ['Task all_day is neither true nor false', { all_day: 1 }],
  ])('refused: %s', async (error, task) => {
    expect(await refusal(withTask(task))).toBe(error);
  });

  test('of a whole day needs no stop', async () => {
    expect((await caller.post(withTask({ all_day: true, stop: null }))).status).toBe(200);
  });
});

describe('the life of a lead', () => {
  test('it is held by hand and grows stale in time', async () => {
    await caller.post(withTask());
    const id = lead()?.id ?? 0;
    expect(simulator.control.holdLead(id, true).state).toBe('On Hold');
    expect(simulator.control.holdLead(id, false).state).toBe('Estimate Scheduled');
    simulator.control.passDays(29);
    expect(lead()?.state).toBe('Estimate Scheduled');
    simulator.control.passDays(1);
    expect(lead()?.state).toBe('Stale');
  });
});
