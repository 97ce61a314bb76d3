import { readdirSync, readFileSync } from 'node:fs';

/** The fixtures of one folder by the words of their names. */
export function fixturesIn<Shape>(folder: string): { name: string; fixture: Shape }[] {
  const place = new URL(`../../fixtures/${folder}/`, import.meta.url);
  return readdirSync(place).map((file) => ({
    name: file.replace('.json', '').replaceAll('-', ' '),
    fixture: JSON.parse(readFileSync(new URL(file, place), 'utf8')) as Shape,
  }));
}
