import { type LookupEntry, lookupLists, type Lookups } from '@occ-hub/contracts';
import { applyMapping } from '@occ-hub/mapping';
import type { Warn } from '@occ-hub/provider-kit';
import { type Improveit360Client, type ObjectDescription, usualAgeMs } from './client.ts';
import { resultFromPicklist } from './in/result.map.ts';
import { objects } from './records.ts';
import { type PicklistEntry, allEntries, isSchemaFault, validEntries } from './salesforce/picklist.ts';

/** Where an object keeps its result and the detail of it. */
export interface ResultFields {
  readonly object: string;
  readonly result: string;
  readonly detail: string;
}

export const appointmentResult: ResultFields = {
  object: objects.appointment,
  result: 'i360core__Status__c',
  detail: 'i360core__Status_Detail__c',
};
export const opportunityResult: ResultFields = {
  object: objects.opportunity,
  result: 'i360core__Result__c',
  detail: 'i360core__Result_Detail__c',
};

/** The value by which improveit360 makes a Sale record of an opportunity; undoing it there deletes sale and payments. */
export function isSold(result: string): boolean {
  return result.trim().toLowerCase() === 'sold';
}

const confirmSold =
  'Sold makes improveit360 create a Sale with everything that hangs on it. Is it sold? It cannot be changed from here afterwards.';
const noContext = { timeZone: 'UTC', warn: () => undefined };

/** The two kinds of result, and what their lists are called. */
const kinds = [
  { fields: appointmentResult, results: lookupLists.appointmentResults, details: lookupLists.appointmentResultDetails },
  {
    ...{ fields: opportunityResult, confirm: confirmSold },
    ...{ results: lookupLists.opportunityResults, details: lookupLists.opportunityResultDetails },
  },
] as const;

/**
 * The company's lists in the seed's order: one description an object, however many results there are. Results that the
 * hub's user may not see are left out with their details, which keeps both as they were; of details alone there are none.
 */
export async function resultLists(client: Improveit360Client, warn?: Warn): Promise<Lookups> {
  const lists: Lookups = {};
  for (const kind of kinds) {
    const description = await client.describe(kind.fields.object, 0);
    const { result, detail } = kind.fields;
    const confirm = 'confirm' in kind ? kind.confirm : undefined;
    const found = orWarn(() => results(description, kind.fields, confirm), { field: result, warn });
    if (!found) continue;
    lists[kind.results] = found;
    lists[kind.details] = orWarn(() => details(description, kind.fields), { field: detail, warn }) ?? [];
  }
  return lists;
}

/** What the company's schema does not let us read is a warning, and undefined. */
function orWarn<Read>(read: () => Read, { field, warn }: { field: string; warn: Warn | undefined }): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (!isSchemaFault(error)) throw error;
    warn?.({ record: field, reason: error.message });
    return undefined;
  }
}

function results({ fields }: ObjectDescription, { result }: ResultFields, confirm?: string): LookupEntry[] {
  return allEntries(fields, result).map(({ value }, index) =>
    entry({ value, index, ...(confirm !== undefined && isSold(value) ? { confirm } : {}) }),
  );
}

/** Where a company has made them independent, each is there once and stands with any result: lists would grow with both. */
function details(description: ObjectDescription, fields: ResultFields): LookupEntry[] {
  if (!depends(description, fields)) {
    return allEntries(description.fields, fields.detail).map(({ value }, index) => entry({ value, index }));
  }
  return allEntries(description.fields, fields.result).flatMap(({ value: result }) =>
    detailsOf(description, fields, result).map(({ value }, index) => entry({ value, index, detail_of: result })),
  );
}

function entry(placed: { value: string; index: number; detail_of?: string; confirm?: string }): LookupEntry {
  return applyMapping(resultFromPicklist, placed, noContext);
}

/** The details that may stand with a result. Where a company has made them independent, all of them. */
function detailsOf(description: ObjectDescription, of: ResultFields, result: string): readonly PicklistEntry[] {
  const { fields } = description;
  return depends(description, of) ? validEntries(fields, of.detail, result) : allEntries(fields, of.detail);
}

function depends({ fields }: ObjectDescription, { detail }: ResultFields): boolean {
  return fields.find(({ name }) => name === detail)?.dependentPicklist === true;
}

/** A result to be written, empty detail for none. */
export interface Result {
  readonly result: string;
  readonly detail: string;
}

/** Why the company's lists do not have this result with this detail; undefined when they do. */
export async function whyUnlisted(
  client: Improveit360Client,
  fields: ResultFields,
  { result, detail }: Result,
): Promise<string | undefined> {
  const said = { result, detail };
  if (lists(await client.describe(fields.object, usualAgeMs), fields, said)) return undefined;
  // The office may have added it since, and another replica may have read and shown it already.
  return whyNot(await client.describe(fields.object, 0), fields, said);
}

function lists(description: ObjectDescription, fields: ResultFields, said: Result): boolean {
  const there = new Set(description.fields.map(({ name }) => name));
  return there.has(fields.result) && there.has(fields.detail) && whyNot(description, fields, said) === undefined;
}

function whyNot(description: ObjectDescription, fields: ResultFields, { result, detail }: Result): string | undefined {
  const known = allEntries(description.fields, fields.result).some(({ value }) => value === result);
  if (!known) return `improveit360 has no result "${result}" any more.`;
  const listed = detailsOf(description, fields, result).some(({ value }) => value === detail);
  return listed || detail === '' ? undefined : `improveit360 has no detail "${detail}" for the result "${result}".`;
}
