import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePiece } from './choose.ts';
import { instanceFolder } from './folders.ts';
import { isAlive, isOurs } from './native/process.ts';
import { pieceNames, type Piece, type PieceContext, type PieceName, type PieceRecord } from './piece.ts';
import { instanceNames, readState, writeState, type InstanceState } from './state.ts';

export type Surroundings = { background: boolean; log: (line: string) => void; progress: (line: string) => void };

/** What a piece of this instance is made with, given what is written down of it. */
export function contextOf(
  instance: string,
  name: PieceName,
  known: { state: InstanceState; around?: Surroundings },
): PieceContext {
  const quiet = () => undefined;
  const folder = join(instanceFolder(instance), name);
  const { durable, disposable, partitions, pieces } = known.state;
  const before = pieces[name];
  const around = known.around ?? { background: false, log: quiet, progress: quiet };
  return {
    instance,
    folder,
    ports: before?.ports ?? [],
    running: runningOf(before, folder),
    durable,
    disposable,
    partitions,
    ...around,
  };
}

function runningOf(record: PieceRecord | undefined, folder: string): PieceContext['running'] {
  const { pid, containerId } = record ?? {};
  return {
    ...(pid !== undefined && isOurs(pid, folder) ? { pid } : {}),
    ...(containerId === undefined ? {} : { containerId }),
  };
}

/** True while someone may be using the instance. */
export function isRun(name: string, state: InstanceState): boolean {
  if (state.runBy === 'nobody' || (typeof state.runBy === 'number' && !isAlive(state.runBy))) return false;
  const natives = pieceNames.filter((piece) => state.pieces[piece]?.pid !== undefined);
  if (natives.length === 0) return true;
  return natives.some((piece) => runningOf(state.pieces[piece], join(instanceFolder(name), piece))?.pid !== undefined);
}

/** The pieces of an instance as they are written down, outside servers left out; empty when it was never started. */
export async function piecesOf(name: string): Promise<{ name: PieceName; piece: Piece }[]> {
  const state = await readState(instanceFolder(name));
  if (!state) return [];
  const made = pieceNames.map(async (piece) => {
    const way = state.pieces[piece]?.way ?? 'outside';
    if (way === 'outside') return [];
    return [{ name: piece, piece: await makePiece(piece, way, contextOf(name, piece, { state })) }];
  });
  return (await Promise.all(made)).flat();
}

/**
 * Stops what runs of an instance, whoever started it; data stays, except that of a disposable one. Safe when nothing
 * runs.
 */
export async function stopInstance(name: string): Promise<void> {
  const folder = instanceFolder(name);
  const state = await readState(folder);
  if (!state) return;
  const pieces = await piecesOf(name);
  await Promise.all(pieces.map(({ piece }) => piece.stop('term')));
  if (state.disposable) return removeInstance(name);
  await writeState(folder, { ...state, runBy: 'nobody' });
}

/** Takes away all that a stopped instance has left. */
export async function removeInstance(name: string): Promise<void> {
  for (const { piece } of await piecesOf(name)) await piece.remove();
  await rm(instanceFolder(name), { recursive: true, force: true, maxRetries: 3 });
}

/** Stops the instances whose owner has died without stopping them. */
export async function sweep(): Promise<void> {
  for (const name of await instanceNames()) {
    const state = await readState(instanceFolder(name));
    if (typeof state?.runBy === 'number' && !isAlive(state.runBy)) await stopInstance(name);
  }
}
