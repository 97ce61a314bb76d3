import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from '../folders.ts';
import { isAlive } from './process.ts';

/** A pinned server program that is installed once a machine. */
export type Product = {
  name: string;
  version: string;
  /** What the machine lacks to run or install it, in words; empty when nothing. */
  missing(folder: string | undefined): string[];
  build(folder: string, progress: (line: string) => void): Promise<void>;
  /** Rejects unless the folder holds the whole product in exactly this version. */
  verify(folder: string): Promise<void>;
};

const okFile = '.ok';

function folderOf(product: Product): string {
  return join(cacheFolder(process.env), `${product.name}-${product.version}`);
}

function isInstalled(product: Product): boolean {
  return existsSync(join(folderOf(product), okFile));
}

/** What stands in the way of running this product natively, in words; empty when nothing. */
export function missingFor(product: Product): string[] {
  return product.missing(isInstalled(product) ? folderOf(product) : undefined);
}

/**
 * Gives the product's folder, installing it first where it is not there. Two processes never install at once; the second
 * waits and takes what the first has made. Only a verified product is ever marked as good.
 */
export async function installed(product: Product, progress: (line: string) => void): Promise<string> {
  const folder = folderOf(product);
  if (isInstalled(product)) return folder;
  await mkdir(folder, { recursive: true });
  const release = await lock(`${folder}.lock`, () => progress(`waiting for another install of ${product.name}`));
  try {
    if (isInstalled(product)) return folder;
    if (!(await isWhole(product, folder))) {
      await product.build(folder, progress);
      await product.verify(folder);
    }
    await writeFile(join(folder, okFile), `${product.version}\n`);
    return folder;
  } finally {
    await release();
  }
}

/** A product may lie there whole without its mark, when the process that built it died at the wrong moment. */
async function isWhole(product: Product, folder: string): Promise<boolean> {
  return product.verify(folder).then(
    () => true,
    () => false,
  );
}

/** Holds a lock file until the returned function is called. A lock whose holder has died is taken away. */
export async function lock(path: string, onWait: () => void): Promise<() => Promise<void>> {
  for (let waited = false; ; waited = true) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (await holderIsDead(path)) await takeAway(path);
    else if (!waited) onWait();
    await sleep(200);
  }
}

async function holderIsDead(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  return pid > 0 && !isAlive(pid);
}

/** Renaming first lets only one of several waiters remove it, and the next check shows whether it was the dead one's. */
async function takeAway(path: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  await rename(path, aside).catch(() => undefined);
  if (existsSync(aside) && !(await holderIsDead(aside))) await rename(aside, path);
  else await rm(aside, { force: true });
}
