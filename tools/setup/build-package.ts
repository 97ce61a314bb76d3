// An app that has a folder `package` is also a package that another program loads: `src/package.ts` as one CommonJS file
// that needs nothing but Node 20, beside the files of that folder.
import { build } from 'esbuild';
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './child.ts';

/** The folders of apps, from the tree's top, that are packages as well. */
export function appsWithPackage(): string[] {
  return globSync('apps/**/package/package.json', { cwd: root, exclude: ['**/node_modules', '**/dist'] })
    .map((file) => dirname(dirname(file)))
    .sort();
}

/** Builds one app's package anew into a folder, and says how many bytes its code has. */
export async function buildPackage(app: string, folder: string): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, app, 'package'), folder, { recursive: true });
  const { metafile } = await build({
    entryPoints: [join(root, app, 'src/package.ts')],
    outfile: join(folder, 'index.js'),
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    metafile: true,
    minifySyntax: true,
    keepNames: true,
    legalComments: 'inline',
    conditions: ['@occ-hub/source'],
    logLevel: 'warning',
  });
  writeFileSync(join(folder, 'licenses.txt'), licencesOf(Object.keys(metafile.inputs)));
  return Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
}

/** Other people's code in the file asks that its licences come along. */
function licencesOf(inputs: readonly string[]): string {
  const packages = inputs.flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
  const texts = [...new Set(packages)].sort().flatMap((name) => {
    const files = globSync('{LICENSE,LICENCE,license}*', { cwd: join(root, name) });
    return files
      .slice(0, 1)
      .map((file) => `${name.slice(13)}\n\n${readFileSync(join(root, name, file), 'utf8').trim()}\n`);
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

// `node tools/setup/build-package.ts <app> <folder>` for one of them.
if (import.meta.main) {
  const [app = '', folder = ''] = process.argv.slice(2);
  await buildPackage(app, folder);
}
