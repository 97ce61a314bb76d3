import { readFileSync } from 'node:fs';
import { root } from '@occ-hub/processes';
import { expect, it } from 'vitest';
import { printedPages } from './pages.ts';

it('what is printed from code is checked in as it is printed now; if not, run npm run docs', async () => {
  for (const { path, text } of await printedPages()) expect(readFileSync(new URL(path, root), 'utf8'), path).toBe(text);
});
