import { describe, expect, it } from 'vitest';
import { codes, fixed, needed, row } from '../testing/mapping-rows.ts';
import { type MappingRow, Mappings } from './mappings.ts';
import { mappingsPart } from './mappings.part.ts';

const phone = row('Location.Phone', 'Phone', { search: 'optional' });
const client = { codes: () => Promise.resolve(codes) };

async function faults(rows: readonly MappingRow[], asked: typeof client | null = client) {
  return (await mappingsPart.check?.([...rows], asked ?? undefined)) ?? [];
}

async function pointers(rows: readonly MappingRow[]) {
  return (await faults(rows)).map(({ pointer }) => pointer);
}

describe('mappings that are saved', () => {
  it('can be what an org starts with, with and without a connection', async () => {
    const initial = Mappings.parse(mappingsPart.initial);
    expect(initial).toEqual(mappingsPart.initial);
    expect(await faults(initial)).toEqual([]);
    expect(await faults(initial, null)).toEqual([]);
  });

  it.each(['Division', 'Source', 'Type'])('have Location %s', async (name) => {
    const told = await faults([phone, ...needed.filter((each) => each.pestpac_field !== name)]);
    expect(told).toEqual([{ pointer: '', message: expect.stringContaining(`Location ${name} is not mapped`) }]);
  });

  it('have a phone to search by, or search nothing', async () => {
    const email = row('Location.EMail', 'Email', { search: 'optional' });
    expect(await faults([...needed, email])).toEqual([
      { pointer: '', message: expect.stringContaining('Phone, AlternatePhone, MobilePhone') },
    ]);
    expect(await pointers([...needed, email, row('Location.Phone', 'Phone')])).toEqual(['']);
    expect(await pointers([...needed, email, phone])).toEqual([]);
    expect(await pointers(needed)).toEqual([]);
  });

  it.each<[string, MappingRow, string]>([
    ['a field that PestPac has not', row('Location.Fone', 'Phone'), '/4/pestpac_field'],
    ['a field of another category', row('Task.Phone', 'Phone'), '/4/pestpac_field'],
    ['a field that the run fills', row('Lead.LocationID', 'Location'), '/4/pestpac_field'],
    ['a key of the integration', row('Service.ExternalIdentifier', 'Key'), '/4/pestpac_field'],
    ['a field twice', row('Location.Phone', 'Other Phone'), '/4/pestpac_field'],
    ['a field that looks like a card number', row('Lead.Comment', 'Credit Card Number'), '/4/clickpoint_field'],
    ['a field that looks like a security code', row('Lead.Comment', 'CVV'), '/4/clickpoint_field'],
    ['both a field and a value', { ...row('Lead.Comment', 'Notes'), value: 'x' }, '/4/clickpoint_field'],
    [
      'neither a field nor a value',
      { ...row('Lead.Comment', 'Notes'), clickpoint_field: undefined },
      '/4/clickpoint_field',
    ],
    ['a code that is cut', row('Lead.Source', 'Source', { too_long: 'shorten' }), '/4/too_long'],
    ['a phone that is cut', row('Lead.Phone', 'Phone', { too_long: 'shorten' }), '/4/too_long'],
    ['a search by what is not searched', row('Location.County', 'County', { search: 'optional' }), '/4/search'],
    ['a search by a lead', row('Lead.Phone', 'Phone', { search: 'optional' }), '/4/search'],
    ['a search by a fixed value', fixed('Location.City', 'Marlow', { search: 'optional' }), '/4/search'],
    ['a fixed value that is no number', fixed('Lead.Duration', 'long'), '/4/value'],
    ['a fixed value that is too long', fixed('Task.Subject', 'x'.repeat(51)), '/4/value'],
    ['a fixed value that is none of the enum', fixed('Task.Priority', 'Urgent'), '/4/value'],
    ['a type of BillTos only', fixed('Lead.LocationType', 'B'), '/4/value'],
    ['a code that PestPac has not', fixed('Lead.Source', 'RADIO'), '/4/value'],
    ['somebody who gets no tasks', fixed('Task.TaskForUser', 'TECH1'), '/4/value'],
  ])('do not take %s', async (_, wrong, pointer) => {
    expect(await pointers([...needed, phone, wrong])).toEqual([pointer]);
  });

  it('take a type of BillTos for nothing but the BillTo', async () => {
    const rows = needed.filter((each) => each.pestpac_field !== 'Type');
    expect(await pointers([...rows, fixed('Location.Type', 'B')])).toEqual(['/2/value']);
    expect(await pointers([...needed, fixed('Location.BillToType', 'B')])).toEqual([]);
  });

  it('take a code that is no longer in use for wrong, and any code while the lists are not at hand', async () => {
    const rows = [...needed.filter((each) => each.pestpac_field !== 'Division'), fixed('Location.Division', 'OLD')];
    expect(await pointers(rows)).toEqual(['/2/value']);
    expect(await faults(rows, null)).toEqual([]);
  });

  it('are told every fault at once', async () => {
    expect(await pointers([row('Lead.Nothing', 'A'), row('Task.Nothing', 'B')])).toEqual([
      ...['/0/pestpac_field', '/1/pestpac_field', '', '', ''],
    ]);
  });
});

describe('what may be mapped', () => {
  it('is every field, with the codes that fit it and are in use', async () => {
    const offers = JSON.parse(JSON.stringify(await mappingsPart.offers?.(client))) as Offers;
    const location = offers.categories.find(({ category }) => category === 'Location');
    const field = (name: string) => location?.fields.find((each) => each['name'] === name);
    expect(field('Type')).toMatchObject({ always_required: true, codes: [{ code: 'R', title: 'Residence' }] });
    expect(field('Division')?.['codes']).toEqual([{ code: 'RES', title: 'Residential' }]);
    expect(field('Phone')).toMatchObject({ searchable: true, always_required: false, can_be_shortened: false });
    expect(field('LastName')).toMatchObject({ max: 20, can_be_shortened: true });
    expect(field('BillToID')).toHaveProperty('closed');
    expect(field('TaxCode')).not.toHaveProperty('codes');
  });
});

interface Offers {
  readonly categories: readonly { readonly category: string; readonly fields: readonly Record<string, unknown>[] }[];
}
