import { HubError } from '@occ-hub/errors';
import type { StepRunner, VendorIds } from '@occ-hub/provider-kit';
import type { Improveit360Client } from '../client.ts';
import { type Result, type ResultFields, isSold, opportunityResult, whyUnlisted } from '../results.ts';

export interface ResultWrite extends Result {
  readonly client: Improveit360Client;
  readonly step: StepRunner;
  readonly fields: ResultFields;
  /** The record's id. */
  readonly id: string;
  /** What the vendor's ids of the write say beside the record. */
  readonly ids: VendorIds;
}

/**
 * Writes result and detail of one record, checked against the company's lists before anything is sent. What stands there
 * already is not written again. What somebody else wrote is replaced and named in the ids as `replaced`; only Sold is not.
 */
export async function writeResult(write: ResultWrite): Promise<VendorIds> {
  const { client, step, fields, id, ids } = write;
  const unlisted = await whyUnlisted(client, fields, write);
  if (unlisted !== undefined)
    throw rejected('result-unlisted', `${unlisted} Choose another one in One Click Contractor.`);
  return step('save-result', {
    find: async () => {
      if (same(await recorded(client, fields, id), write)) return ids;
      // A Sold that may be on its way must not set off a second Sale: a person looks.
      if (makesSale(write)) throw rejected('sold-in-doubt', 'Nobody can tell whether Sold arrived.');
      return undefined;
    },
    do: async () => {
      const before = await recorded(client, fields, id);
      if (same(before, write)) return ids;
      if (fields.object === opportunityResult.object && isSold(before.result)) throw soldAlready();
      await client.update(fields.object, id, { [fields.result]: write.result, [fields.detail]: write.detail || null });
      return {
        ...ids,
        ...(before.result ? { replaced: [before.result, before.detail].filter(Boolean).join(' / ') } : {}),
      };
    },
  });
}

function makesSale({ fields, result }: ResultWrite): boolean {
  return fields.object === opportunityResult.object && isSold(result);
}

async function recorded(
  client: Improveit360Client,
  { object, result, detail }: ResultFields,
  id: string,
): Promise<Result> {
  const row = await client.read(object, id, [result, detail]);
  return { result: String(row[result] ?? ''), detail: String(row[detail] ?? '') };
}

function same(one: Result, other: Result): boolean {
  return one.result === other.result && one.detail === other.detail;
}

function soldAlready(): HubError {
  return rejected(
    'sold-already',
    'improveit360 has this opportunity as Sold, with a Sale behind it. Changing it from here could delete that: do it in improveit360.',
  );
}

function rejected(what: string, message: string): HubError {
  return new HubError({ kind: 'rejected', code: `improveit360.${what}`, message });
}
