import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readServiceList, root } from '@occ-hub/processes';
import type { Page } from './page.ts';

const counted = /<!-- lines -->.*<!-- \/lines -->/s;

/** The README of each provider, with its count of hand-written lines brought up to date. */
export async function lineCountPages(): Promise<readonly Page[]> {
  const providers = (await readServiceList()).filter((line) => line.path.startsWith('apps/providers/'));
  return providers.map(({ path }) => {
    const readme = readFileSync(new URL(`${path}/README.md`, root), 'utf8');
    const count = `<!-- lines -->${handWritten(path)} lines<!-- /lines -->`;
    return { path: `${path}/README.md`, text: readme.replace(counted, count) };
  });
}

/** Lines of code and comment that are not blank; tests and fixtures apart. */
function handWritten(path: string): number {
  const files = globSync(`${path}/src/**/*.ts`, { cwd: fileURLToPath(root) }).filter(
    (file) => !/\.spec\.ts$|\/testing\//.test(file),
  );
  return files
    .flatMap((file) => readFileSync(new URL(file, root), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '').length;
}
