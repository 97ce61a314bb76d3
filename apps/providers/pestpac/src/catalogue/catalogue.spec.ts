import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue, fieldPath } from './catalogue.ts';
import { categories, type Category } from './category.ts';
import type { CatalogueField, FieldType } from './field.ts';

interface SeedRow {
  readonly category: Category;
  readonly name: string;
  readonly type: string;
  readonly limit: string;
}

const seed = readFileSync(new URL('../../seed/fields.md', import.meta.url), 'utf8');
const seedRows: readonly SeedRow[] = seed.split(/^## /m).flatMap((section) => {
  const category = categories.find((each) => section.startsWith(`${each}:`));
  return category
    ? [...section.matchAll(/^\| `(\w+)`\s*\|([^|]*)\|[^|]*\|(.*)\|$/gm)].map((cells) => rowOf(category, cells))
    : [];
});

function rowOf(category: Category, [, name = '', type = '', limit = '']: RegExpMatchArray): SeedRow {
  return { category, name, type: type.trim(), limit: limit.replaceAll('*', '').trim() };
}

const fieldsOf = ({ category, name }: SeedRow): readonly CatalogueField[] =>
  catalogue.filter((field) => field.category === category && field.name.split(/[.[]/)[0] === name);

const typesOf: Readonly<Record<string, readonly FieldType[]>> = {
  string: ['text', 'lines', 'phone', 'state', 'zip', 'email', 'color', 'enum'],
  int: ['integer'],
  long: ['integer'],
  number: ['number'],
  boolean: ['boolean'],
  datetime: ['date'],
  'string[]': ['texts'],
  'int[]': ['integers'],
};

describe('the catalogue', () => {
  it('has every field of the description, and of every category', () => {
    expect(new Set(seedRows.map(({ category }) => category)).size).toBe(6);
    expect(seedRows.length).toBeGreaterThan(200);
    expect(seedRows.filter((row) => fieldsOf(row).length === 0)).toEqual([]);
  });

  it('has no field that the description has not, but for the end of automatic billing, which the link takes', () => {
    const known = new Set(seedRows.map(({ category, name }) => `${category}/${name}`));
    const more = catalogue.filter((field) => !known.has(`${field.category}/${field.name.split(/[.[]/)[0]}`));
    expect(more.map(({ category, name }) => `${category}/${name}`)).toEqual(['Card/AutoBillEndDate']);
  });

  it('names no field twice', () => {
    const names = catalogue.map(({ category, name }) => `${category}/${name}`.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(seedRows.filter(({ type }) => typesOf[type]))('agrees on $category $name: $type $limit', (row) => {
    const [field] = fieldsOf(row);
    expect(typesOf[row.type]).toContain(field?.type);
    const max = /max (\d+)/.exec(row.limit)?.[1];
    if (!field?.closed) expect(field?.max).toBe(max === undefined ? undefined : Number(max));
    if (row.limit.includes(' / ') && !field?.closed) expect(field?.values?.join(' / ')).toBe(enumOf(row.limit));
    if (row.limit.includes('required') && !field?.closed && row.name !== 'NameOnCard')
      expect(field?.required).toBe(true);
  });
});

function enumOf(limit: string): string {
  return limit.replace(/^required; ?/, '');
}

describe('a field by its name', () => {
  it.each([
    ['Location', 'Phone', { leaf: 'Phone' }],
    ['RecurringService', 'InitialServiceOrder.WorkDate', { parent: 'InitialServiceOrder', leaf: 'WorkDate' }],
    ['Service', 'LineItems[2].UnitPrice', { parent: 'LineItems', at: 2, leaf: 'UnitPrice' }],
    ['Service', 'Technicians[5].Code', { parent: 'Technicians', at: 5, leaf: 'Code' }],
    ['Lead', 'UserDefinedFields[Gate code]', { parent: 'UserDefinedFields', at: 'Gate code', leaf: 'Value' }],
  ] as const)('%s %s is found', (category, name, parts) => {
    expect(fieldPath(category, name)).toMatchObject(parts);
  });

  it.each([
    ['Location', 'phone'],
    ['Location', 'LineItems[1].ServiceCode'],
    ['Service', 'LineItems[n].ServiceCode'],
    ['Service', 'LineItems[0].ServiceCode'],
    ['Service', 'LineItems[10].ServiceCode'],
    ['Service', 'Technicians[6].Code'],
    ['Lead', 'UserDefinedFields[caption'],
    ['Lead', 'UserDefinedFields[ ]'],
    ['Lead', '__proto__'],
    ['Lead', 'InitialServiceOrder.WorkDate'],
  ] as const)('%s %s is none', (category, name) => {
    expect(fieldPath(category, name)).toBeUndefined();
  });
});
