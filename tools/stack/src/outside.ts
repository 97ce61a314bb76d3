import type { Piece, PieceName, PieceRecord } from './piece.ts';
import { untilReady } from './ready.ts';

const variables: Record<PieceName, string> = { kafka: 'KAFKA_BROKERS', nats: 'NATS_URL', mongo: 'MONGO_URL' };

/** The address of a server that someone else runs, from the environment; undefined when none is named. */
export function outsideAddress(name: PieceName, env: NodeJS.ProcessEnv): string | undefined {
  return env[variables[name]] || undefined;
}

/** A server that someone else runs: it is asked whether it answers, and never started or stopped. */
export class OutsidePiece implements Piece {
  readonly way = 'outside';
  readonly address: string;
  readonly #name: PieceName;

  constructor(name: PieceName, address: string) {
    this.#name = name;
    this.address = address;
  }

  record(): PieceRecord {
    return { way: this.way, address: this.address, ports: [] };
  }

  async start(): Promise<void> {
    await untilReady(this.#name, this.address, { timeoutMs: 15_000, giveUp: () => undefined }).catch((error: Error) => {
      throw new Error(`${variables[this.#name]} names a server that does not answer. ${error.message}`, {
        cause: error,
      });
    });
  }

  async stop(): Promise<void> {}

  async tail(): Promise<string> {
    return `(run by someone else, who also has its log: ${variables[this.#name]})`;
  }

  async remove(): Promise<void> {}

  pause(): Promise<void> {
    return this.#refuse('paused');
  }

  resume(): Promise<void> {
    return this.#refuse('resumed');
  }

  async #refuse(what: string): Promise<never> {
    throw new Error(`${this.#name} comes from ${variables[this.#name]} and cannot be ${what} from here.`);
  }
}
