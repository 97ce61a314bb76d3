import { mkdir, writeFile } from 'node:fs/promises';
import { root } from '@occ-hub/processes';
import { printedPages } from './pages.ts';

for (const { path, text } of await printedPages()) {
  const file = new URL(path, root);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, text);
  console.log(path);
}
