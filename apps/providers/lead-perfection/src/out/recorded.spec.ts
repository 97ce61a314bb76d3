import { isHubError } from '@occ-hub/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeadPerfectionClient } from '../client.ts';
import type { LpResult } from '../records.ts';
import { changeRecorded, withLine } from './recorded.ts';

const lines = fc
  .string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\r\n', '\t', 'é', '🏠'), minLength: 1, maxLength: 12 })
  .map((line) => line.trim())
  .filter(Boolean);
const notes = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\r\n', '\t'), maxLength: 20 });
const normal = (text: string) => text.replaceAll('\r\n', '\n');

describe('withLine', () => {
  it('puts a line under what is there', () => {
    expect(withLine('', 'one')).toBe('one');
    expect(withLine('one', 'two')).toBe('one\ntwo');
    expect(withLine('one\r\n', 'two')).toBe('one\ntwo');
    expect(withLine('one two', 'two')).toBe('one two\ntwo');
  });

  it('is the same twice as once, whatever line breaks either side writes', () => {
    fc.assert(
      fc.property(notes, lines, (before, line) => {
        const once = withLine(before, line);
        expect(withLine(once, line)).toBe(once);
        const stored = normal(once).replaceAll('\n', '\r\n');
        expect(withLine(stored, line)).toBe(stored);
      }),
    );
  });

  it('holds the line, and loses nothing but blanks at the end of what was there', () => {
    fc.assert(
      fc.property(notes, lines, (before, line) => {
        const after = withLine(before, line);
        expect(`\n${normal(after)}\n`).toContain(`\n${normal(line)}\n`);
        expect(after.startsWith(before.trimEnd())).toBe(true);
      }),
    );
  });

  it('keeps lines in the order they came, each once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}$/), { maxLength: 8 }), (all) => {
        const written = all.reduce(withLine, '');
        expect(all.reduce(withLine, written).split('\n').filter(Boolean)).toEqual(all);
      }),
    );
  });
});

const target = {
  appointment_external_id: '90121',
  appointment_start_time: '2026-03-10T02:00:00.000Z',
  time_zone: 'America/New_York',
};
const sold = { ProductID1: 'WIN', GSA1: 12500, ProductID2: 'ROOF', GSA2: 18999.99 };
const recorded: LpResult = {
  ...{ ID: 90121, Disposition: 'Sale', PresNotes: 'Sold the house.', CanUpdateIndicator: 'Y' },
  ...sold,
} as LpResult;

/** LeadPerfection with one appointment; remembers what it was asked and told. */
function vendor(row: Partial<LpResult> | undefined, elsewhere: readonly unknown[] = []) {
  const asked: string[] = [];
  const saved: Record<string, string>[] = [];
  const client = {
    async result(id: string, day: string) {
      asked.push(`${id} on ${day}`);
      return row as LpResult | undefined;
    },
    async *appointments({ from, to }: { from: string; to: string }) {
      asked.push(`${from} to ${to}`);
      yield elsewhere;
    },
    saveResult: async (fields: Record<string, string>) => void saved.push(fields),
  };
  return { client: client as unknown as LeadPerfectionClient, asked, saved };
}

describe('changeRecorded', () => {
  const pairs = {
    ...{ product_id1: 'WIN', gsa1: '12500', product_id2: 'ROOF', gsa2: '18999.99' },
    ...{ product_id3: '', gsa3: '', product_id4: '', gsa4: '', product_id5: '', gsa5: '' },
  };

  it('sends the result and the products along with a note', async () => {
    const { client, saved } = vendor(recorded);
    await changeRecorded(client, target, { line: 'Gate code first' });
    const presnotes = 'Sold the house.\nGate code first';
    expect(saved).toEqual([{ issuedleadid: '90121', disposition: 'Sale', presnotes, ...pairs }]);
  });

  it('sends the notes and the products along with a result', async () => {
    const { client, saved } = vendor(recorded);
    await changeRecorded(client, target, { disposition: 'NS' });
    expect(saved).toEqual([{ issuedleadid: '90121', disposition: 'NS', presnotes: 'Sold the house.', ...pairs }]);
  });

  it("asks for the appointment's day on the company's wall clock", async () => {
    const { client, asked } = vendor(recorded);
    await changeRecorded(client, target, { disposition: 'NS' });
    expect(asked).toEqual(['90121 on 2026-03-09']);
  });

  it.each(['ID', 'id'])('finds one that was moved to another day, by its %s', async (name) => {
    const rows = [{ [name]: 1 }, null, { [name]: 90121, Disposition: 'Set', presnotes: 'old' }].filter(Boolean);
    const { client, asked, saved } = vendor(undefined, rows);
    await changeRecorded(client, target, { line: 'new' });
    expect(asked.at(-1)).toBe('2026-02-07 to 2026-05-08');
    expect(saved[0]).toMatchObject({ disposition: 'Set', presnotes: 'old\nnew' });
  });

  it('goes on looking past rows that are no rows', async () => {
    const { client, saved } = vendor(undefined, [null, 'x', { ID: 90121 }]);
    await changeRecorded(client, target, { line: 'new' });
    expect(saved).toHaveLength(1);
  });

  it('refuses what is gone, and what the office has closed, and writes nothing', async () => {
    const gone = vendor(undefined, []);
    await expect(changeRecorded(gone.client, target, { line: 'x' })).rejects.toSatisfy(
      (error) => isHubError(error, 'rejected') && error.code === 'lead-perfection.appointment-missing',
    );
    for (const closed of ['N', 'n', 'false', false, 'no', '0', 0]) {
      const shut = vendor({ ...recorded, CanUpdateIndicator: closed });
      await expect(changeRecorded(shut.client, target, { line: 'x' })).rejects.toSatisfy(
        (error) => isHubError(error, 'rejected') && error.code === 'lead-perfection.appointment-closed',
      );
      expect(shut.saved).toEqual([]);
    }
  });

  it.each(['Y', 'true', true, null, undefined, ''])('writes to an appointment whose indicator is %j', async (open) => {
    const { client, saved } = vendor({ ...recorded, CanUpdateIndicator: open });
    await changeRecorded(client, target, { line: 'x' });
    expect(saved).toHaveLength(1);
  });
});
