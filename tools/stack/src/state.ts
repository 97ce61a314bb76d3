import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { instancesFolder } from './folders.ts';
import type { PieceName, PieceRecord } from './piece.ts';

/** What is written down of a named instance, for the next start and for other processes. */
export type InstanceState = {
  /** The process whose end is the instance's end, or that it runs without one, or does not run. */
  runBy: number | 'background' | 'nobody';
  disposable: boolean;
  durable: boolean;
  partitions: number;
  pieces: Partial<Record<PieceName, PieceRecord>>;
};

const stateFile = 'stack.json';

/** Reads what is known of an instance; undefined when it was never started or its note is not readable. */
export async function readState(folder: string): Promise<InstanceState | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, stateFile), 'utf8')) as InstanceState;
  } catch {
    return undefined;
  }
}

/** Writes the note whole or not at all. */
export async function writeState(folder: string, state: InstanceState): Promise<void> {
  const next = join(folder, `${stateFile}.next`);
  await writeFile(next, JSON.stringify(state, null, 2));
  await rename(next, join(folder, stateFile));
}

/** The names of all instances that this tree has a folder for. */
export async function instanceNames(): Promise<string[]> {
  const entries = await readdir(instancesFolder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
