import type mongoose from 'mongoose';
import type { Attempt, Delivery } from './delivery.ts';
import { createJoinedWrites } from '@occ-hub/store';
import type { Results } from './steps.ts';

/** A change of one delivery, applied only while `owner` has it in hand. */
export interface Mark {
  readonly id: string;
  readonly owner: string;
  /** Fields that take a new value. */
  readonly set?: Readonly<Partial<Delivery>> & { readonly expiresAt?: Date };
  /** Finished steps, beside those that are there. */
  readonly steps?: Results;
  /** One more line of the history, which keeps the last thirty. */
  readonly attempt?: Attempt;
}

interface Numbered extends Mark {
  readonly number: string;
  found: boolean;
}

type Deliveries = mongoose.mongo.Collection<Delivery & { _id: string }>;

const historyKept = 30;

/**
 * Writes marks; those that come together are one command, so that a burst of answers costs the store one flush and not
 * one each. Each mark carries a number of its own, by which those that found their delivery in their owner's hands are
 * known where not all did.
 */
export function createMarks(deliveries: Deliveries): { write(mark: Mark): Promise<string | undefined> } {
  let count = 0;
  const joined = createJoinedWrites<Numbered>(async (marks) => {
    for (const group of ofOneOwnerEach(marks)) await writeGroup(deliveries, group);
  });
  return {
    async write(mark) {
      const numbered = { ...mark, number: `${mark.owner}/${(count += 1)}`, found: true };
      await joined.add(numbered);
      return numbered.found ? numbered.number : undefined;
    },
  };
}

/** One command has one owner in its filter, and one mark a delivery; two marks of one delivery go one after the other. */
function ofOneOwnerEach(marks: readonly Numbered[]): readonly (readonly Numbered[])[] {
  const groups: { owner: string; marks: Map<string, Numbered> }[] = [];
  for (const mark of marks) {
    const fitting = groups.find(({ owner, marks: taken }) => owner === mark.owner && !taken.has(mark.id));
    if (fitting) fitting.marks.set(mark.id, mark);
    else groups.push({ owner: mark.owner, marks: new Map([[mark.id, mark]]) });
  }
  return groups.map((group) => [...group.marks.values()]);
}

async function writeGroup(deliveries: Deliveries, group: readonly Numbered[]): Promise<void> {
  const ids = group.map((each) => each.id);
  const { matchedCount } = await deliveries.updateMany({ _id: { $in: ids }, owner: group[0]!.owner }, [change(group)]);
  if (matchedCount === group.length) return;
  const numbers = group.map((each) => each.number);
  const held = await deliveries
    .find({ _id: { $in: ids }, mark: { $in: numbers } }, { projection: { mark: 1 } })
    .toArray();
  const found = new Set(held.map((each) => each.mark));
  for (const each of group) each.found = found.has(each.number);
}

/** Each delivery looks up its own change by its id. */
function change(group: readonly Numbered[]): object {
  const ofEach = (what: (mark: Numbered) => unknown) => {
    const byId = Object.fromEntries(group.map((mark) => [mark.id, what(mark)]));
    return { $getField: { field: '$_id', input: { $literal: byId } } };
  };
  const history = { $concatArrays: ['$history', ofEach(({ attempt }) => (attempt ? [attempt] : []))] };
  return {
    $replaceWith: {
      $mergeObjects: [
        '$$ROOT',
        {
          steps: { $mergeObjects: ['$steps', ofEach(({ steps }) => steps ?? {})] },
          history: { $slice: [history, -historyKept] },
        },
        ofEach(({ set, number }) => ({ ...set, mark: number })),
      ],
    },
  };
}
