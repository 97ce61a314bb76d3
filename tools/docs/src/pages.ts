import { fileURLToPath } from 'node:url';
import { root } from '@occ-hub/processes';
import { format, resolveConfig } from 'prettier';
import { environmentPage } from './environment.ts';
import { eventPages } from './events.ts';
import { lineCountPages } from './line-count.ts';
import { mappingPages } from './mappings.ts';
import type { Page } from './page.ts';

/** Everything that is printed from code. A test compares it with what is checked in. */
export async function printedPages(): Promise<readonly Page[]> {
  const pages = [...eventPages(), await environmentPage(), ...(await lineCountPages())];
  return [...(await Promise.all(pages.map(formatted))), ...(await mappingPages())];
}

async function formatted(page: Page): Promise<Page> {
  const filepath = fileURLToPath(new URL(page.path, root));
  return { ...page, text: await format(page.text, { ...(await resolveConfig(filepath)), filepath }) };
}
