import { isHubError } from '@occ-hub/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeadPerfectionClient } from '../client.ts';
import type { LpResult } from '../records.ts';
import { changeRecorded, hasLine, isRecorded } from './recorded.ts';

const lines = fc
  .string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\r\n', '\t', 'é', '🏠'), minLength: 1, maxLength: 12 })
  .map((line) => line.trim())
  .filter(Boolean);
const notes = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\r\n', '\t'), maxLength: 20 });

describe('hasLine', () => {
  it('knows whole lines only', () => {
    expect(hasLine('one\ntwo', 'two')).toBe(true);
    expect(hasLine('one two', 'two')).toBe(false);
    expect(hasLine('', 'one')).toBe(false);
  });

  it('finds a line that was put under others, whatever line breaks either side writes', () => {
    fc.assert(
      fc.property(notes, lines, (before, line) => {
        const stored = [before.trimEnd(), line].filter(Boolean).join('\n').replaceAll('\r\n', '\n');
        expect(hasLine(stored, line)).toBe(true);
        expect(hasLine(stored.replaceAll('\n', '\r\n'), line)).toBe(true);
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
function vendor(row: Partial<LpResult> | undefined, elsewhere: readonly unknown[] = [], movedTo?: string) {
  const asked: string[] = [];
  const saved: Record<string, string>[] = [];
  const client = {
    async result(id: string, day: string) {
      asked.push(`${id} on ${day}`);
      return (movedTo === undefined || day === movedTo ? row : undefined) as LpResult | undefined;
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

  it.each(['ID', 'id'])('finds one that was moved to another day, by its %s, and asks for it there', async (name) => {
    const rows = [{ [name]: 1 }, null, 'x', { [name]: 90121, apptdate: '2026-04-01T14:00:00' }];
    const { client, asked, saved } = vendor(recorded, rows, '2026-04-01');
    await changeRecorded(client, target, { line: 'new' });
    expect(asked).toEqual(['90121 on 2026-03-09', '2026-02-07 to 2026-05-08', '90121 on 2026-04-01']);
    expect(saved[0]).toMatchObject({ disposition: 'Sale', presnotes: 'Sold the house.\nnew' });
  });

  it('writes the same line a second time when it is asked to: a rep may note the same again', async () => {
    const { client, saved } = vendor({ ...recorded, PresNotes: 'No answer' });
    await changeRecorded(client, target, { line: 'No answer' });
    expect(saved[0]).toMatchObject({ presnotes: 'No answer\nNo answer' });
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

describe('isRecorded', () => {
  it.each([
    [{ line: 'Sold the house.' }, true],
    [{ line: 'Sold the' }, false],
    [{ disposition: 'Sale' }, true],
    [{ disposition: 'NS' }, false],
    [{ disposition: 'Sale', line: 'Result reason: price' }, false],
  ])('knows whether %j went through', async (change, expected) => {
    expect(await isRecorded(vendor(recorded).client, target, change)).toBe(expected);
  });
});
