import { setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '@occ-hub/errors';
import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import type { BusLog } from '../bus-log.ts';

export interface NatsOptions {
  /** `nats://user:password@host:port` or `tls://token@host:port`; several joined by commas (credentials from the first). */
  readonly url: string;
  /** Shown in the server's connection list: the service's name. */
  readonly name: string;
  readonly log: BusLog;
}

/** A NATS server as the bus knows it. It is dialled at once and for ever, in the background. */
export interface Nats {
  readonly log: BusLog;
  /**
   * The connection, once there is one: waits for the first connect and for reconnects, at most so long (for ever when
   * absent). Throws HubError(transient) when it is not there by then, or was closed.
   */
  connection(withinMs?: number): Promise<NatsConnection>;
  /** Lets messages under way finish (2 s at most) and disconnects. */
  close(): Promise<void>;
}

const retryMs = 500;
const farewellMs = 2_000;

/** Connects in the background; never fails. What is asked meanwhile waits a little, then throws HubError(transient). */
export function connectNats({ url, name, log }: NatsOptions): Nats {
  const closing = new AbortController();
  const door = createDoor();
  const options: NodeConnectionOptions = {
    ...addressOf(url),
    name,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: retryMs,
    // A server that no longer answers is noticed within half a minute.
    pingInterval: 10_000,
    maxPingOut: 2,
  };
  const first = firstConnection(options, { log, stop: closing.signal });
  void first.then((nats) => {
    if (nats === undefined) return;
    door.open(nats);
    void follow(nats, { door, log, stop: closing.signal });
  });
  return {
    log,
    connection: (withinMs) => door.pass(withinMs),
    async close() {
      closing.abort();
      door.close();
      const nats = await first;
      if (nats === undefined) return;
      await Promise.race([nats.drain(), sleep(farewellMs, undefined, { ref: false })]).catch(() => undefined);
      await nats.close();
    },
  };
}

/** For readiness: resolves when the server answers, else throws HubError(transient) at once or within a second. */
export async function pingNats(nats: Nats): Promise<void> {
  const connection = await nats.connection(0);
  const late = new AbortController();
  const timeout = sleep(1_000, undefined, { signal: late.signal }).then(() => {
    throw natsAway();
  });
  try {
    await Promise.race([connection.flush(), timeout]);
  } catch (error) {
    throw natsAway(error);
  } finally {
    late.abort();
    timeout.catch(() => undefined);
  }
}

/** The error of everything that needs NATS while it is not there. */
export function natsAway(cause?: unknown): HubError {
  const message = 'NATS is away or does not answer. Try again; look at the NATS server if this lasts.';
  return new HubError({ kind: 'transient', code: 'bus.nats-away', message, cause });
}

/** The client reads no credentials from a URL. */
function addressOf(url: string): NodeConnectionOptions {
  const all = url.split(',').map((one) => new URL(one.includes('://') ? one : `nats://${one}`));
  const [first] = all;
  const options: NodeConnectionOptions = { servers: all.map(({ host }) => host) };
  if (first?.protocol === 'tls:') options.tls = {};
  if (first?.username && first.password) {
    return { ...options, user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) };
  }
  return first?.username ? { ...options, token: decodeURIComponent(first.username) } : options;
}

/** The client's own way of waiting for the first connect cannot be ended by a stop. */
async function firstConnection(options: NodeConnectionOptions, context: { log: BusLog; stop: AbortSignal }) {
  for (let attempt = 1; !context.stop.aborted; attempt += 1) {
    try {
      const nats = await connect(options);
      context.log.info({ part: 'nats', outcome: 'connected' }, 'connected to nats');
      return nats;
    } catch (error) {
      if (attempt === 1) context.log.warn({ part: 'nats', error }, 'nats is away, trying on');
      await sleep(retryMs, undefined, { signal: context.stop }).catch(() => undefined);
    }
  }
  return undefined;
}

/** Shuts the door while the connection is down, so that nothing is asked that would be sent after its asker gave up. */
async function follow(nats: NatsConnection, context: { door: Door; log: BusLog; stop: AbortSignal }): Promise<void> {
  for await (const { type } of nats.status()) {
    if (type === 'disconnect' && !context.stop.aborted) {
      context.door.shut();
      context.log.warn({ part: 'nats', outcome: 'disconnected' }, 'lost nats, connecting again');
    }
    if (type === 'reconnect') {
      context.door.open(nats);
      context.log.info({ part: 'nats', outcome: 'connected' }, 'connected to nats again');
    }
  }
  context.door.shut();
  if (!context.stop.aborted)
    context.log.error({ part: 'nats', error: await nats.closed() }, 'nats connection is closed');
}

type Door = ReturnType<typeof createDoor>;

/** Where askers wait for the connection. */
function createDoor() {
  let inside: NatsConnection | undefined;
  let closed = false;
  const waiting = new Set<{ enter: (nats: NatsConnection) => void; turnAway: () => void }>();
  return {
    open(nats: NatsConnection) {
      if (closed) return;
      inside = nats;
      for (const one of waiting) one.enter(nats);
    },
    shut() {
      inside = undefined;
    },
    close() {
      inside = undefined;
      closed = true;
      for (const one of waiting) one.turnAway();
    },
    pass(withinMs = Infinity): Promise<NatsConnection> {
      if (inside !== undefined) return Promise.resolve(inside);
      if (closed || withinMs <= 0) return Promise.reject(natsAway());
      return new Promise((resolve, reject) => {
        const leave = (then: () => void) => {
          clearTimeout(timer);
          waiting.delete(one);
          then();
        };
        const one = {
          enter: (nats: NatsConnection) => leave(() => resolve(nats)),
          turnAway: () => leave(() => reject(natsAway())),
        };
        const timer = withinMs === Infinity ? undefined : setTimeout(one.turnAway, withinMs);
        waiting.add(one);
      });
    },
  };
}
