import { mkdir } from 'node:fs/promises';
import { chooseWay, makePiece } from './choose.ts';
import { instanceFolder } from './folders.ts';
import { contextOf, isRun, removeInstance, stopInstance, sweep } from './instances.ts';
import { pieceNames, type Piece, type PieceName, type StopHow, type Way } from './piece.ts';
import { readState, writeState, type InstanceState } from './state.ts';

export type StackOptions = {
  /** Names the instance: its data folder and, while they are free, its ports. Small letters, digits, hyphens. */
  name: string;
  /** Forget what an earlier start of this name has left. Default: keep it. */
  fresh?: boolean;
  /** An acknowledged write survives a kill of the store; about three times slower for bulk writes. Default true. */
  durable?: boolean;
  /** Partitions of a topic that names no number itself. Default 6. */
  partitions?: number;
  /** The data goes with the stop. Default false. */
  disposable?: boolean;
  /** The servers outlive this process, until `stopInstance`. Default false. */
  background?: boolean;
  /** Takes each line worth keeping, such as where a piece comes from. */
  log?: (line: string) => void;
  /** Takes what an install is doing right now; each line replaces the one before. */
  onProgress?: (line: string) => void;
};

/** The running servers and their addresses. */
export type Stack = {
  readonly kind: Record<PieceName, Way>;
  /** `host:port` of each broker. */
  readonly kafkaBrokers: string[];
  /** `nats://host:port`, with credentials in it where the server asks for them. */
  readonly natsUrl: string;
  /** Without a database: each user adds its own. */
  readonly mongoUrl: string;
  /** Stops everything that was started; outside servers are left alone. Safe to call twice. */
  stop(): Promise<void>;
  /** Ends one piece; its address stays reserved for `startPiece`. Rejects for an outside server, as all below. */
  stopPiece(piece: PieceName, how?: StopHow): Promise<void>;
  /** Brings a stopped piece back at its address; resolves when it answers. */
  startPiece(piece: PieceName): Promise<void>;
  /** `stopPiece` and `startPiece`; what was acknowledged is still there. */
  restart(piece: PieceName, how?: StopHow): Promise<void>;
  /** Freezes one piece: connections stay open, nothing is answered. */
  pause(piece: PieceName): Promise<void>;
  /** Lets a frozen piece go on. */
  resume(piece: PieceName): Promise<void>;
};

type Pieces = Record<PieceName, Piece>;

/**
 * Brings Kafka, NATS and a MongoDB and resolves when all three answer their own protocol. Rejects, with everything
 * stopped again, when one of them does not, or when another living process runs the instance of this name.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { name } = options;
  await sweep();
  const state = await claim(options);
  const pieces = await makePieces(options, state);
  // One after the other: pieces become ready at the same time, and a note half overwritten is no note.
  let saved = Promise.resolve();
  const save = (runBy = state.runBy) => {
    const note = () => ({ ...state, runBy, pieces: mapPieces((piece) => pieces[piece].record()) });
    return (saved = saved.then(() => writeState(instanceFolder(name), note())));
  };
  const stack = stackOf(pieces, {
    save: () => save(),
    ended: () => (state.disposable ? removeInstance(name) : save('nobody')),
  });
  const started = await Promise.allSettled(
    pieceNames.map((piece) => startOne(piece, pieces[piece], options).then(() => save())),
  );
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) {
    await stack.stop();
    throw failed.reason;
  }
  return stack;
}

/** Makes the instance ours: refuses a running one, clears away what a dead one has left. */
async function claim({ name, fresh, ...options }: StackOptions): Promise<InstanceState> {
  const folder = instanceFolder(name);
  const before = await readState(folder);
  if (before && isRun(name, before)) {
    const by = before.runBy === 'background' ? 'in the background' : `by process ${before.runBy}`;
    throw new Error(`The stack "${name}" is already run ${by}. Stop that first, or take another name.`);
  }
  await stopInstance(name);
  if (fresh) await removeInstance(name);
  await mkdir(folder, { recursive: true });
  const state: InstanceState = {
    runBy: options.background ? 'background' : process.pid,
    disposable: options.disposable ?? false,
    durable: options.durable ?? true,
    partitions: options.partitions ?? 6,
    pieces: (await readState(folder))?.pieces ?? {},
  };
  await writeState(folder, state);
  return state;
}

async function makePieces(options: StackOptions, state: InstanceState): Promise<Pieces> {
  const quiet = () => undefined;
  const around = {
    background: options.background ?? false,
    log: options.log ?? quiet,
    progress: options.onProgress ?? quiet,
  };
  const make = async (piece: PieceName) => {
    const way = await chooseWay(piece, process.env);
    return makePiece(piece, way, contextOf(options.name, piece, { state, around }));
  };
  const [kafka, nats, mongo] = await Promise.all([make('kafka'), make('nats'), make('mongo')]);
  return { kafka, nats, mongo };
}

async function startOne(name: PieceName, piece: Piece, options: StackOptions): Promise<void> {
  const start = performance.now();
  await piece.start().catch((error: Error) => {
    // Said at once: another piece may still be installing for minutes.
    options.log?.(`${name.padEnd(5)} failed: ${error.message}`);
    throw error;
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  options.log?.(`${name.padEnd(5)} ${piece.way.padEnd(10)} ${withoutPassword(piece.address)}  ready in ${seconds} s`);
}

/** An address as it may be shown. */
export function withoutPassword(address: string): string {
  return address.replace(/\/\/[^@/]*@/, '//');
}

function mapPieces<T>(value: (piece: PieceName) => T): Record<PieceName, T> {
  return { kafka: value('kafka'), nats: value('nats'), mongo: value('mongo') };
}

type Upkeep = { save: () => Promise<void>; ended: () => Promise<void> };

function stackOf(pieces: Pieces, { save, ended }: Upkeep): Stack {
  const ours = (piece: PieceName): Piece => {
    if (pieces[piece].way === 'outside') throw new Error(`${piece} is run by someone else and stays as it is.`);
    return pieces[piece];
  };
  const stopPiece = async (piece: PieceName, how: StopHow = 'term') => ours(piece).stop(how);
  const startPiece = async (piece: PieceName) => ours(piece).start().then(save);
  let stopping: Promise<void> | undefined;
  const stopAll = async () => {
    await Promise.all(pieceNames.map((piece) => pieces[piece].stop('term')));
    await ended();
  };
  return {
    kind: mapPieces((piece) => pieces[piece].way),
    // Read when asked for: a port is chosen when its piece starts.
    get kafkaBrokers() {
      return pieces.kafka.address.split(',');
    },
    get natsUrl() {
      return pieces.nats.address;
    },
    get mongoUrl() {
      return pieces.mongo.address;
    },
    stop: () => (stopping ??= stopAll()),
    stopPiece,
    startPiece,
    restart: (piece, how) => stopPiece(piece, how).then(() => startPiece(piece)),
    pause: async (piece) => ours(piece).pause(),
    resume: async (piece) => ours(piece).resume(),
  };
}
