import { readdirSync, readFileSync } from 'node:fs';

/** The fixtures of one folder by the words of their names; typed values are as LeadConduit's own. */
export function fixturesIn<Shape>(folder: string): { name: string; fixture: Shape }[] {
  const place = new URL(`../../fixtures/${folder}/`, import.meta.url);
  return readdirSync(place).map((file) => ({
    name: file.replace('.json', '').replaceAll('-', ' '),
    fixture: JSON.parse(readFileSync(new URL(file, place), 'utf8'), revive) as Shape,
  }));
}

interface TypedFixture {
  readonly $typed: 'string' | 'boolean' | 'number' | 'date-time';
  readonly value: unknown;
  readonly raw: unknown;
  readonly valid: boolean;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$typed' in value)) return value;
  const { $typed, value: own, raw, valid } = value as TypedFixture;
  return Object.assign(boxed($typed, own), { raw, valid });
}

// Dates of LeadConduit's are Date objects whose own `valueOf` gives text.
function boxed(type: TypedFixture['$typed'], own: unknown): object {
  if (type !== 'date-time') return Object(own) as object;
  return Object.assign(new Date(String(own)), { valueOf: () => String(own), toString: () => String(own) });
}
