import { HubError } from '@occ-hub/errors';
import type { Warning } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import type { Improveit360Client, ObjectDescription } from './client.ts';
import { objects } from './records.ts';
import { appointmentResult, isSold, opportunityResult, resultLists, whyUnlisted } from './results.ts';

const status = (...names: string[]) => ({
  name: 'i360core__Status__c',
  picklistValues: names.map((value) => ({ value, label: `${value} (label)`, validFor: null })),
});
const detail = (entries: Readonly<Record<string, string>>, more: object = {}) => ({
  ...{ name: 'i360core__Status_Detail__c', dependentPicklist: true, controllerName: 'i360core__Status__c' },
  picklistValues: Object.entries(entries).map(([value, validFor]) => ({ value, label: `${value} (label)`, validFor })),
  ...more,
});
const renamed = (field: { readonly name: string }, names: Readonly<Record<string, string>>) =>
  JSON.parse(
    Object.entries(names).reduce((text, [from, to]) => text.replaceAll(`"${from}"`, `"${to}"`), JSON.stringify(field)),
  ) as never;
const ofOpportunity = {
  i360core__Status__c: 'i360core__Result__c',
  i360core__Status_Detail__c: 'i360core__Result_Detail__c',
};

const appointmentFields = [
  status('Scheduled', 'Ran', 'Not Ran'),
  // QAAA: of the second; IAAA: of the third; YAAA: of both.
  detail({ Sold: 'QAAA', 'Demoed, Not Sold': 'QAAA', 'No Show': 'YAAA', Canceled: 'IAAA' }),
];
const opportunityFields = [
  renamed(status('Open', 'Sold', 'Not Sold'), ofOpportunity),
  renamed(detail({ Price: 'IAAA' }), ofOpportunity),
];

/** A company's descriptions, each as old as it may be; what was asked. */
function world(given: Partial<Record<string, object[]>> = {}) {
  const fields: Record<string, unknown> = {
    ...{ [objects.appointment]: appointmentFields, [objects.opportunity]: opportunityFields },
    ...given,
  };
  const asked: string[] = [];
  const client = {
    describe: async (object: string, oldestMs?: number) => {
      asked.push(`${object}${oldestMs === 0 ? ' anew' : ''}`);
      return { fields: fields[object], childRelationships: [] } as ObjectDescription;
    },
  };
  return { client: client as unknown as Improveit360Client, asked, fields };
}

async function listsAndWarnings(given: Partial<Record<string, object[]>>) {
  const warned: Warning[] = [];
  const lists = await resultLists(world(given).client, (warning) => warned.push(warning));
  return { lists, warned };
}

describe('resultLists', () => {
  it('are the lists of the seed: the value, in its place, details under their result', async () => {
    const lists = await resultLists(world().client);
    expect(lists['appointment_results']).toEqual([
      { id: 'Scheduled', description: 'Scheduled', position: 0 },
      { id: 'Ran', description: 'Ran', position: 1 },
      { id: 'Not Ran', description: 'Not Ran', position: 2 },
    ]);
    expect(lists['appointment_result_details']).toEqual([
      { id: 'Sold', description: 'Sold', position: 0, result_id: 'Ran' },
      { id: 'Demoed, Not Sold', description: 'Demoed, Not Sold', position: 1, result_id: 'Ran' },
      { id: 'No Show', description: 'No Show', position: 2, result_id: 'Ran' },
      { id: 'No Show', description: 'No Show', position: 0, result_id: 'Not Ran' },
      { id: 'Canceled', description: 'Canceled', position: 1, result_id: 'Not Ran' },
    ]);
    expect(lists['opportunity_result_details']).toEqual([
      { id: 'Price', description: 'Price', position: 0, result_id: 'Not Sold' },
    ]);
    expect(Object.keys(lists)).toHaveLength(4);
  });

  it('come from one description an object, read anew, however many results there are', async () => {
    const { client, asked } = world();
    await resultLists(client);
    expect(asked.sort()).toEqual([`${objects.appointment} anew`, `${objects.opportunity} anew`]);
  });

  it('ask a person before Sold of an opportunity, and before nothing else', async () => {
    const lists = await resultLists(world().client);
    const confirmed = Object.entries(lists).flatMap(([list, entries]) =>
      entries.filter(({ confirm }) => confirm !== undefined).map(({ id, confirm }) => `${list} ${id}: ${confirm}`),
    );
    expect(confirmed).toEqual([expect.stringMatching(/^opportunity_results Sold: .*create a Sale.*cannot be changed/)]);
  });

  it('have every detail once, for any result, where a company made them independent', async () => {
    const free = detail({ Sold: 'QAAA', Canceled: 'IAAA' }, { dependentPicklist: false, controllerName: null });
    const lists = await resultLists(world({ [objects.appointment]: [status('Ran', 'Not Ran'), free] }).client);
    expect(lists['appointment_result_details']).toEqual([
      { id: 'Sold', description: 'Sold', position: 0 },
      { id: 'Canceled', description: 'Canceled', position: 1 },
    ]);
  });

  it('may be empty, and may have results without details', async () => {
    const none = world({ [objects.appointment]: [status(), detail({})] });
    expect((await resultLists(none.client))['appointment_results']).toEqual([]);
    const bare = world({ [objects.appointment]: [status('Ran'), detail({})] });
    expect((await resultLists(bare.client))['appointment_result_details']).toEqual([]);
  });

  it('are left out where the results are hidden: a list that cannot be read is not an empty one', async () => {
    const { lists, warned } = await listsAndWarnings({ [objects.opportunity]: opportunityFields.slice(1) });
    expect(Object.keys(lists)).toEqual(['appointment_results', 'appointment_result_details']);
    expect(warned.map(({ record }) => record)).toEqual([opportunityResult.result]);
    expect(warned[0]?.reason).toMatch(/hidden.*Give that user access/);
  });

  it('have no details where these are hidden, or depend on what is hidden, with a warning', async () => {
    const elsewhere = detail({ Sold: 'QAAA' }, { controllerName: 'i360core__Hidden__c' });
    for (const fields of [[status('Ran')], [status('Ran'), elsewhere]]) {
      const { lists, warned } = await listsAndWarnings({ [objects.appointment]: fields });
      expect([lists['appointment_results']?.length, lists['appointment_result_details']]).toEqual([1, []]);
      expect(warned.map(({ record }) => record)).toEqual([appointmentResult.detail]);
    }
  });

  it('fail where Salesforce does not describe the object at all', async () => {
    const { client } = world();
    const down = new HubError({ kind: 'transient', code: 'improveit360.status-503', message: 'x' });
    Object.assign(client, { describe: () => Promise.reject(down) });
    await expect(resultLists(client, () => expect.fail('no warning'))).rejects.toBe(down);
  });
});

describe('whyUnlisted', () => {
  const why = (result: string, given = '', fields = appointmentResult) =>
    whyUnlisted(world().client, fields, { result, detail: given });

  it('finds nothing wrong with a result, and a detail of it', async () => {
    expect(await why('Ran')).toBeUndefined();
    expect(await why('Ran', 'Demoed, Not Sold')).toBeUndefined();
    expect(await why('Not Sold', 'Price', opportunityResult)).toBeUndefined();
  });

  it.each([
    ['Gone', '', /no result "Gone"/],
    ['ran', '', /no result "ran"/],
    ['Ran (label)', '', /no result/],
    ['Ran', 'Gone', /no detail "Gone" for the result "Ran"/],
    ['Ran', 'Canceled', /no detail "Canceled" for the result "Ran"/],
    ['Scheduled', 'Sold', /no detail "Sold" for the result "Scheduled"/],
  ])('says why %s / %s is not to be written', async (result, given, words) => {
    expect(await why(result, given)).toMatch(words);
  });

  it('looks again before it says no: the office may have added it since', async () => {
    const { client, asked, fields } = world({ [objects.appointment]: [status('Ran'), detail({})] });
    const describe = client.describe.bind(client);
    Object.assign(client, {
      describe: async (object: string, oldestMs?: number) => {
        if (oldestMs === 0) fields[object] = appointmentFields;
        return describe(object, oldestMs);
      },
    });
    expect(await whyUnlisted(client, appointmentResult, { result: 'Not Ran', detail: 'Canceled' })).toBeUndefined();
    expect(asked).toEqual([objects.appointment, `${objects.appointment} anew`]);
  });

  it('asks nothing anew where what is known will do', async () => {
    const { client, asked } = world();
    await whyUnlisted(client, appointmentResult, { result: 'Ran', detail: '' });
    expect(asked).toEqual([objects.appointment]);
  });
});

it('knows Sold whatever its case and blanks, and nothing that only sounds like it', () => {
  expect(['Sold', ' sold', 'SOLD '].map(isSold)).toEqual([true, true, true]);
  expect(['Not Sold', 'Sold Out', 'Unsold', ''].map(isSold)).toEqual([false, false, false, false]);
});
