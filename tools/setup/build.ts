// `npm run build`: each service as one file that needs nothing but Node 24: apps/<name>/dist/main.mjs. An app that is a
// package for another program as well becomes apps/<name>/dist/package.
import { build } from 'esbuild';
import { parse } from 'yaml';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appsWithPackage, buildPackage } from './build-package.ts';
import { root } from './child.ts';

const services = parse(readFileSync(join(root, 'deploy/services.yaml'), 'utf8')) as { name: string; path: string }[];

// Optional parts of the MongoDB driver that the hub does not use.
const unused = ['kerberos', 'snappy', 'mongodb-client-encryption', '@mongodb-js/zstd', '@aws-sdk/credential-providers'];

for (const { name, path } of services) {
  const outfile = join(root, path, 'dist/main.mjs');
  const { metafile } = await build({
    entryPoints: [join(root, path, 'src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    sourcemap: true,
    metafile: true,
    minifySyntax: true,
    keepNames: true,
    legalComments: 'linked',
    conditions: ['@occ-hub/source'],
    external: [...unused, 'gcp-metadata', 'socks', 'aws4'],
    // Packages in the older module style ask for Node's own modules by `require`.
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    logLevel: 'warning',
  });
  // The assets of core's /docs are files, not code.
  const assets = join(root, 'node_modules/swagger-ui-dist');
  if (dependsOn(path, 'swagger-ui-dist') && existsSync(assets)) {
    const isAsset = (file: string) => !/\.map$|es-bundle|package\.json$|README/.test(file);
    cpSync(assets, join(root, path, 'dist/swagger-ui'), { recursive: true, filter: isAsset });
  }
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => Math.max(sum, output.bytes), 0);
  console.log(`${name.padEnd(20)} ${path}/dist/main.mjs  ${(bytes / 1_048_576).toFixed(1)} MiB with its map`);
}

for (const app of appsWithPackage()) {
  const bytes = await buildPackage(app, join(root, app, 'dist/package'));
  console.log(`${'package'.padEnd(20)} ${app}/dist/package  ${(bytes / 1_048_576).toFixed(1)} MiB`);
}

function dependsOn(path: string, dependency: string): boolean {
  const { dependencies } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as {
    dependencies: object;
  };
  return dependency in dependencies;
}
