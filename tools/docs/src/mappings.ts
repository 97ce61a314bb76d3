import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type AnyMapping, printMapping } from '@occ-hub/mapping';
import { root } from '@occ-hub/processes';
import type { Page } from './page.ts';

/** Every table of every provider, printed beside the file that declares it. */
export async function mappingPages(): Promise<readonly Page[]> {
  const files = globSync('apps/providers/*/src/**/*.map.ts', { cwd: fileURLToPath(root) }).sort();
  return Promise.all(files.map(printFile));
}

async function printFile(file: string): Promise<Page> {
  const declared = (await import(new URL(file, root).href)) as Record<string, unknown>;
  const order = await declarationOrder(file, Object.keys(declared));
  const tables = order.map((name) => declared[name]).filter(isMapping);
  return { path: file.replace(/\.ts$/, '.md'), text: tables.map((table) => printMapping(table as never)).join('\n') };
}

/** A module gives its exports by name; people read them as they were written. */
async function declarationOrder(file: string, names: readonly string[]): Promise<readonly string[]> {
  const text = await readFile(new URL(file, root), 'utf8');
  return [...names].sort((one, other) => text.indexOf(`export const ${one} `) - text.indexOf(`export const ${other} `));
}

function isMapping(value: unknown): value is AnyMapping {
  return typeof value === 'object' && value !== null && 'rows' in value && 'title' in value;
}
