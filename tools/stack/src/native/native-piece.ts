import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Piece, PieceContext, PieceName, PieceRecord, StopHow } from '../piece.ts';
import { freePorts } from '../ports.ts';
import { untilReady } from '../ready.ts';
import { endProcess, freeze, isAlive, launch, thaw } from './process.ts';

/** What is particular to one server that runs as a process of this machine. */
export type Recipe = {
  name: PieceName;
  portCount: number;
  address(ports: number[]): string;
  /** Installs the product, writes the settings, and tells how to start it. The command line must name the folder. */
  prepare(context: PieceContext, ports: number[]): Promise<{ command: string; args: string[] }>;
  /** Called after an end without force, when the server has written all it wanted. */
  afterEnd?(context: PieceContext): Promise<void>;
};

const readyTimeoutMs = 60_000;
const portTries = 3;

/** A server as a process of this machine. */
export class NativePiece implements Piece {
  readonly way = 'native';
  readonly #recipe: Recipe;
  readonly #context: PieceContext;
  #ports: number[];
  #pid: number | undefined;

  constructor(recipe: Recipe, context: PieceContext) {
    this.#recipe = recipe;
    this.#context = context;
    this.#ports = context.ports;
    this.#pid = context.running?.pid;
  }

  get address(): string {
    return this.#recipe.address(this.#ports);
  }

  record(): PieceRecord {
    const { way, address } = this;
    return { way, address, ports: this.#ports, ...(this.#pid === undefined ? {} : { pid: this.#pid }) };
  }

  /** Rejects with the end of the server's own log when it ends instead of becoming ready. */
  async start(): Promise<void> {
    if (this.#pid !== undefined && isAlive(this.#pid)) return;
    const wasRunning = this.#pid !== undefined;
    for (let tried = 1; ; tried += 1) {
      // A server that comes back must come back where its clients look for it.
      if (!wasRunning) this.#ports = await freePorts(this.#recipe.portCount, this.#ports);
      try {
        return await this.#startOnce();
      } catch (error) {
        const portTaken = /in use|EADDRINUSE|BindException/i.test(String(error));
        if (!portTaken || tried === portTries) throw error;
      }
    }
  }

  async #startOnce(): Promise<void> {
    const { folder, background } = this.#context;
    const logFile = this.#logFile;
    mkdirSync(folder, { recursive: true });
    const { command, args } = await this.#recipe.prepare(this.#context, this.#ports);
    const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    const pid = await launch({ command, args, logFile, background });
    this.#pid = pid;
    const giveUp = () => {
      if (!isAlive(pid))
        throw new Error(
          `${this.#recipe.name} ended instead of starting:\n${tail(logFile, { from: logStart, lines: 12 })}`,
        );
    };
    try {
      await untilReady(this.#recipe.name, this.address, { timeoutMs: readyTimeoutMs, giveUp });
      // Another server on the same port would have answered for ours.
      giveUp();
    } catch (error) {
      await endProcess(pid, 'kill');
      throw error;
    }
  }

  async stop(how: StopHow): Promise<void> {
    if (this.#pid === undefined || !isAlive(this.#pid)) return;
    const wentByItself = await endProcess(this.#pid, how);
    if (wentByItself) await this.#recipe.afterEnd?.(this.#context);
  }

  async pause(): Promise<void> {
    if (this.#pid !== undefined) await freeze(this.#pid);
  }

  async resume(): Promise<void> {
    if (this.#pid !== undefined) thaw(this.#pid);
  }

  async tail(lines: number): Promise<string> {
    return tail(this.#logFile, { from: 0, lines });
  }

  get #logFile(): string {
    return join(this.#context.folder, 'server.log');
  }

  /** Nothing: data lies in the instance's folder, which goes as a whole. */
  async remove(): Promise<void> {}
}

function tail(file: string, { from, lines }: { from: number; lines: number }): string {
  try {
    return readFileSync(file).subarray(from).toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(it wrote no log)';
  }
}
