import { readFileSync } from 'node:fs';

/** One row of the page's tables. */
export interface SeedRow {
  readonly label: string;
  readonly required: boolean;
  readonly description: string;
}

/** The rows below one heading of a module's page. */
export function seedRows(page: 'add-lead' | 'create-lead' | 'feedback', heading: string): SeedRow[] {
  const text = readFileSync(new URL(`../../seed/${page}.md`, import.meta.url), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => {
    const [label = '', required = '', description = ''] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { label, required: required === 'yes', description };
  });
}
