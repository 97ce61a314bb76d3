/** The three servers of the stack. */
export const pieceNames = ['kafka', 'nats', 'mongo'] as const;
export type PieceName = (typeof pieceNames)[number];

/** Where a piece comes from. */
export type Way = 'outside' | 'containers' | 'native';

/** How a piece is stopped: `term` lets it finish its work, `kill` is the crash of a fault test. */
export type StopHow = 'term' | 'kill';

/** What is remembered of a running piece, so that another process can find it and stop it. */
export type PieceRecord = { way: Way; address: string; ports: number[]; pid?: number; containerId?: string };

/** What a piece is started with. */
export type PieceContext = {
  instance: string;
  /** Everything the piece writes lies in this folder. */
  folder: string;
  /** Where it listened last time; kept where still free. */
  ports: number[];
  /** The process or container of an earlier start that still runs. */
  running?: { pid?: number; containerId?: string } | undefined;
  durable: boolean;
  partitions: number;
  /** Leaves nothing behind. */
  disposable: boolean;
  /** Survives the process that starts it. */
  background: boolean;
  log: (line: string) => void;
  progress: (line: string) => void;
};

/** One server, wherever it comes from. After `start` it answers its own protocol at `address`. */
export type Piece = {
  readonly way: Way;
  readonly address: string;
  record(): PieceRecord;
  start(): Promise<void>;
  stop(how: StopHow): Promise<void>;
  /** Freezes it: connections stay open and nothing is answered. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** The last lines of the server's own log. */
  tail(lines: number): Promise<string>;
  /** Takes away what `stop` leaves behind so that data survives a restart. */
  remove(): Promise<void>;
};
