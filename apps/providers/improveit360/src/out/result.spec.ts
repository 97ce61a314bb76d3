import { HubError, isHubError } from '@occ-hub/errors';
import type { StepRunner, VendorIds } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import type { Improveit360Client } from '../client.ts';
import { objects } from '../records.ts';
import { type ResultFields, appointmentResult, opportunityResult } from '../results.ts';
import { writeResult } from './result.ts';

type Recorded = readonly [result: string | null, detail: string | null];
interface Company {
  readonly recorded: Recorded;
  /** How an update ends; it applies unless it says otherwise. */
  readonly update?: { readonly fails: HubError; readonly applied: boolean };
}

const list = (name: string, ...values: string[]) => ({ name, picklistValues: values.map((value) => ({ value })) });
const fieldsOf = ({ result, detail }: ResultFields) => [
  list(result, 'Open', 'Ran', 'Not Ran', 'Sold', 'Not Sold'),
  list(detail, 'Price', 'Demoed, Not Sold'),
];
const lost = new HubError({ kind: 'transient', code: 'x.lost', message: 'lost', mayHaveApplied: true });

/** Salesforce with one record of each kind; what it was told. */
function world({ recorded, update }: Company) {
  let [result, detail] = recorded;
  const sent: string[] = [];
  const client = {
    describe: async (object: string) => ({
      fields: fieldsOf(object === objects.appointment ? appointmentResult : opportunityResult),
      childRelationships: [],
    }),
    read: async (object: string, id: string, names: readonly string[]) => {
      sent.push(`read ${object} ${id}`);
      return { [names[0]!]: result, [names[1]!]: detail };
    },
    update: async (object: string, id: string, fields: Record<string, string | null>) => {
      sent.push(`update ${object} ${id} ${JSON.stringify(Object.values(fields))}`);
      if (update?.applied !== false) [result = null, detail = null] = Object.values(fields);
      if (update) throw update.fails;
    },
  };
  return { client: client as unknown as Improveit360Client, sent, recorded: () => [result, detail] };
}
/** The kit's runner of steps: a first attempt does, one after an unknown end finds before it does. */
const attempt =
  (afterUnknownEnd: boolean): StepRunner =>
  async (_name, { find, do: work }) =>
    (afterUnknownEnd ? await find?.() : undefined) ?? work();

interface Said {
  readonly result: string;
  readonly detail?: string;
  readonly fields?: ResultFields;
  readonly afterUnknownEnd?: boolean;
}
function write(client: Improveit360Client, said: Said): Promise<VendorIds> {
  const { result, detail = '', fields = opportunityResult, afterUnknownEnd = false } = said;
  const ids = { record: 'r1' };
  return writeResult({ client, step: attempt(afterUnknownEnd), fields, id: 'r1', result, detail, ids });
}
const ending = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isHubError(error) ? `${error.kind} ${error.code}` : error;
};
const updates = (sent: readonly string[]) => sent.filter((one) => one.startsWith('update'));

describe('writeResult', () => {
  it.each([
    ['an appointment', appointmentResult, 'Ran', objects.appointment],
    ['an opportunity', opportunityResult, 'Not Sold', objects.opportunity],
  ])('writes result and detail of %s in one call', async (_what, fields, result, object) => {
    const { client, sent } = world({ recorded: [null, null] });
    expect(await write(client, { result, detail: 'Demoed, Not Sold', fields })).toEqual({ record: 'r1' });
    expect(sent).toEqual([`read ${object} r1`, `update ${object} r1 ["${result}","Demoed, Not Sold"]`]);
  });

  it('clears the detail where there is none', async () => {
    const { client, recorded } = world({ recorded: ['Not Sold', 'Price'] });
    await write(client, { result: 'Open' });
    expect(recorded()).toEqual(['Open', null]);
  });

  it.each([
    ['a result', { result: 'Gone' }],
    ['a detail', { result: 'Not Sold', detail: 'Gone' }],
  ])('refuses %s that the company does not list, before anything is sent', async (_what, said) => {
    const { client, sent } = world({ recorded: [null, null] });
    expect(await ending(write(client, said))).toBe('rejected improveit360.result-unlisted');
    expect(sent).toEqual([]);
  });

  it('does not write what stands there already', async () => {
    for (const [recorded, said] of [
      [['Not Sold', 'Price'], { result: 'Not Sold', detail: 'Price' }],
      [['Open', null], { result: 'Open' }],
      [['Sold', null], { result: 'Sold' }],
    ] as const) {
      const { client, sent } = world({ recorded });
      expect(await write(client, said)).toEqual({ record: 'r1' });
      expect(updates(sent)).toEqual([]);
    }
  });

  it('names what it replaces, so that nothing of the office vanishes in silence', async () => {
    const { client } = world({ recorded: ['Ran', 'Demoed, Not Sold'] });
    expect(await write(client, { result: 'Not Sold' })).toEqual({ record: 'r1', replaced: 'Ran / Demoed, Not Sold' });
    const bare = world({ recorded: ['Open', null] });
    expect(await write(bare.client, { result: 'Not Sold' })).toEqual({ record: 'r1', replaced: 'Open' });
  });

  it('hands on a failure of the write', async () => {
    const { client } = world({ recorded: [null, null], update: { fails: lost, applied: false } });
    expect(await ending(write(client, { result: 'Open' }))).toBe('transient x.lost');
  });
});

describe('an opportunity that is Sold', () => {
  it.each([{ result: 'Not Sold' }, { result: 'Open' }, { result: 'Sold', detail: 'Price' }])(
    'is not changed to %j: that could delete the Sale behind it',
    async (said) => {
      for (const sold of ['Sold', 'sold ']) {
        const { client, sent } = world({ recorded: [sold, null] });
        expect(await ending(write(client, said))).toBe('rejected improveit360.sold-already');
        expect(updates(sent)).toEqual([]);
      }
    },
  );

  it('is not made so a second time', async () => {
    const { client, sent } = world({ recorded: ['Open', null] });
    await write(client, { result: 'Sold' });
    await write(client, { result: 'Sold' });
    expect(updates(sent)).toHaveLength(1);
  });

  it('is nothing that an appointment can be: its Status may be changed', async () => {
    const { client, sent } = world({ recorded: ['Sold', null] });
    await write(client, { result: 'Ran', fields: appointmentResult });
    expect(updates(sent)).toHaveLength(1);
  });
});

describe('a result whose write had an end that nobody knows', () => {
  const again = { afterUnknownEnd: true };

  it('is found where it arrived, and not written again', async () => {
    const { client, sent } = world({ recorded: ['Open', null], update: { fails: lost, applied: true } });
    expect(await ending(write(client, { result: 'Not Sold' }))).toBe('transient x.lost');
    expect(await write(client, { result: 'Not Sold', ...again })).toEqual({ record: 'r1' });
    expect(updates(sent)).toHaveLength(1);
  });

  it('is written where it did not arrive', async () => {
    const { client, recorded } = world({ recorded: ['Open', null] });
    await write(client, { result: 'Not Sold', ...again });
    expect(recorded()).toEqual(['Not Sold', null]);
  });

  it('is left to a person where it is Sold and is not there: a second one could make a second Sale', async () => {
    const { client, sent } = world({ recorded: ['Open', null] });
    const end = await ending(write(client, { result: 'Sold', ...again }));
    expect(end).toBe('rejected improveit360.sold-in-doubt');
    expect(updates(sent)).toEqual([]);
  });

  it('is found where Sold arrived', async () => {
    const { client, sent } = world({ recorded: ['Open', null], update: { fails: lost, applied: true } });
    await ending(write(client, { result: 'Sold' }));
    expect(await write(client, { result: 'Sold', ...again })).toEqual({ record: 'r1' });
    expect(updates(sent)).toHaveLength(1);
  });
});
