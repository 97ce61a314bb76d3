import { describe, expect, it } from 'vitest';
import { aDelivery } from '../testing/a-delivery.ts';
import type { Chosen, Delivery } from './delivery.ts';
import { keptByReplay } from './kept-by-replay.ts';

const chosen = (name: string, finished: number): Chosen => ({ name, option: 'o', by: 'adm', at: 1, finished });
const refused = { kind: 'rejected', failedStep: 'create-lead' };
const look = { how: 'choose' };
const place = { location: 'L1' };
/** What is left of some steps, of which `look` and `check` may be repeated, and of the answers. */
function left(changes: Partial<Delivery>) {
  const { steps, choices } = keptByReplay(aDelivery({ repeatable: ['look', 'check'], ...changes }));
  return [Object.keys(steps), choices.flatMap(({ name, forgotten }) => (forgotten ? [] : [name]))];
}

describe('keptByReplay', () => {
  it('forgets what was chosen and looked up, where the vendor refused what was to be done with it', () => {
    const steps = { look, check: place };
    const choices = [chosen('location', 1)];
    expect(left({ ...refused, steps, choices })).toEqual([[], []]);
    expect(left({ ...refused, failedStep: 'check', steps: { look }, choices })).toEqual([[], []]);
  });

  it('keeps who chose what also where it is to be asked anew', () => {
    const { choices } = keptByReplay(aDelivery({ ...refused, choices: [chosen('location', 0)] }));
    expect(choices).toEqual([{ ...chosen('location', 0), forgotten: true }]);
  });

  it('keeps what was chosen before something was written by it, and all that was finished before that', () => {
    const steps = { look, place, check: place };
    const choices = [chosen('customer', 0), chosen('location', 1), chosen('crew', 2)];
    expect(left({ ...refused, steps, choices })).toEqual([
      ['look', 'place'],
      ['customer', 'location'],
    ]);
  });

  it('asks nobody anew where it was not the vendor that refused, or nothing was tried with the answer', () => {
    const some = { steps: { look }, choices: [chosen('location', 1)] };
    expect(left({ kind: 'transient', failedStep: 'create-lead', ...some })).toEqual([[], ['location']]);
    expect(left({ kind: 'rejected', failedStep: null, ...some })).toEqual([[], ['location']]);
  });

  it('takes an answer for used once something is written after it, also after what was looked up was forgotten', () => {
    const choices = [chosen('location', 1)];
    const first = keptByReplay(aDelivery({ kind: 'transient', repeatable: ['look'], steps: { look }, choices }));
    expect(left({ ...refused, choices: first.choices, steps: { place } })).toEqual([['place'], ['location']]);
  });

  it('forgets nothing of a delivery that was ever in doubt: it may look for what it cannot know of', () => {
    const choices = [chosen('location', 1)];
    expect(left({ ...refused, doubted: true, steps: { look }, choices })).toEqual([['look'], ['location']]);
  });
});
