import { execFileSync } from 'node:child_process';
import { instanceFolder } from './folders.ts';
import { contextOf } from './instances.ts';
import { pieceNames, type PieceName, type Way } from './piece.ts';
import { probe } from './ready.ts';
import { readState, type InstanceState } from './state.ts';

export type PieceStatus = {
  piece: PieceName;
  way: Way;
  address: string;
  pid?: number;
  memoryMb?: number;
  /** `ready`, or why it is not. */
  health: string;
};

/** Asks every piece of a named instance, each in its own protocol; empty when it was never started. */
export async function statusOf(name: string): Promise<PieceStatus[]> {
  const state = await readState(instanceFolder(name));
  if (!state) return [];
  return Promise.all(pieceNames.flatMap((piece) => (state.pieces[piece] ? [pieceStatus(name, piece, state)] : [])));
}

async function pieceStatus(name: string, piece: PieceName, state: InstanceState): Promise<PieceStatus> {
  const { way = 'native', address = '' } = state.pieces[piece] ?? {};
  const pid = contextOf(name, piece, { state }).running?.pid;
  const health = await healthOf(piece, address);
  return { piece, way, address, health, ...(pid === undefined ? {} : { pid, memoryMb: memoryMb(pid) }) };
}

async function healthOf(piece: PieceName, address: string): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((done) => {
    timer = setTimeout(done, 3000, 'no answer in 3 s');
  });
  const asked = probe(piece, address).then(
    () => 'ready',
    (error: Error) => `not ready: ${error.message}`,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

function memoryMb(pid: number): number {
  return Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024);
}
