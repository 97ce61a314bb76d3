import { Wait } from 'testcontainers';
import type { Piece, PieceContext, PieceName, PieceRecord, StopHow } from '../piece.ts';
import { freePorts } from '../ports.ts';
import { untilReady } from '../ready.ts';
import { engine } from './engine.ts';
import { LoopbackContainer } from './loopback-container.ts';
import { containerRecipes, type ContainerRecipe } from './recipes.ts';

// An image may have to be pulled before, which start() of the container waits for; this is for the server alone.
const readyTimeoutMs = 90_000;
const stopSeconds = 5;

/** Makes the piece of an instance as a container of its official image. */
export async function containerPiece(name: PieceName, context: PieceContext): Promise<ContainerPiece> {
  const { info } = await engine();
  const host = info.containerRuntime.host === 'localhost' ? '127.0.0.1' : info.containerRuntime.host;
  const [port = 0] = await freePorts(1, context.running?.containerId ? [] : context.ports);
  return new ContainerPiece(name, {
    context,
    host,
    port: context.running?.containerId ? (context.ports[0] ?? port) : port,
  });
}

type Place = { context: PieceContext; host: string; port: number };

/** A server as a container. A stop keeps the container, and with it the data and the port, for the next start. */
export class ContainerPiece implements Piece {
  readonly way = 'containers';
  readonly #name: PieceName;
  readonly #place: Place;
  readonly #recipe: ContainerRecipe;
  #containerId: string | undefined;

  constructor(name: PieceName, place: Place) {
    const { host, port, context } = place;
    this.#name = name;
    this.#place = place;
    this.#recipe = containerRecipes[name]({ host, port, partitions: context.partitions });
    this.#containerId = context.running?.containerId;
  }

  get address(): string {
    return this.#recipe.address;
  }

  record(): PieceRecord {
    const id = this.#containerId;
    return { way: this.way, address: this.address, ports: [this.#place.port], ...(id ? { containerId: id } : {}) };
  }

  async start(): Promise<void> {
    if (!(await this.#startExisting())) this.#containerId = await this.#create();
    await this.#recipe.setUp?.(this.address);
    await untilReady(this.#name, this.address, { timeoutMs: readyTimeoutMs, giveUp: () => undefined });
  }

  /** False when there is no container of an earlier start any more. */
  async #startExisting(): Promise<boolean> {
    const container = await this.#container();
    if (!container) return false;
    if (!(await container.inspect()).State.Running) await container.start();
    return true;
  }

  async #create(): Promise<string> {
    const { context, host, port } = this.#place;
    const { image, innerPort, command, files, environment } = this.#recipe;
    context.progress(`starting ${image}`);
    const container = new LoopbackContainer({
      image,
      innerPort,
      outerPort: port,
      hostIp: host === '127.0.0.1' ? host : '',
    })
      .withLabels({ 'occ-hub.stack': context.instance, 'occ-hub.piece': this.#name })
      .withEnvironment(environment ?? {})
      // What decides is the server's own protocol, asked afterwards: images differ in logs and have no shell at times.
      .withWaitStrategy(Wait.forAll([]))
      // The reaper takes containers away with this process; only an instance that is to leave nothing may have it.
      .withAutoCleanup(context.disposable);
    if (command) container.withCommand(command);
    if (files) container.withCopyContentToContainer(files);
    return (await container.start()).getId();
  }

  async stop(how: StopHow): Promise<void> {
    const container = await this.#container();
    if (!container) return;
    const { Running: running, Paused: paused } = (await container.inspect()).State;
    if (!running) return;
    if (paused) await container.unpause();
    if (how === 'kill') await container.kill();
    else await container.stop({ t: stopSeconds });
  }

  async pause(): Promise<void> {
    await (await this.#container())?.pause();
  }

  async resume(): Promise<void> {
    await (await this.#container())?.unpause();
  }

  async tail(lines: number): Promise<string> {
    const container = await this.#container();
    if (!container) return '(there is no container)';
    return unframed(await container.logs({ stdout: true, stderr: true, tail: lines, follow: false }));
  }

  async remove(): Promise<void> {
    await (await this.#container())?.remove({ force: true, v: true });
    this.#containerId = undefined;
  }

  async #container() {
    if (this.#containerId === undefined) return undefined;
    const container = (await engine()).container.getById(this.#containerId);
    return container.inspect().then(
      () => container,
      () => undefined,
    );
  }
}

/** The engine frames each piece of output with eight bytes: the stream it is from and its length. */
function unframed(frames: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; at + 8 <= frames.length;) {
    const length = frames.readUInt32BE(at + 4);
    parts.push(frames.toString('utf8', at + 8, at + 8 + length));
    at += 8 + length;
  }
  return parts.join('').trimEnd();
}
