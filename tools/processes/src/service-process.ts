import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { root } from './service-list.ts';

export interface ProcessFacts {
  readonly name: string;
  /** The folder of the service, from the root of the tree. */
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where its log lines go. */
  readonly logFile: string;
  /** Starts anew when a file of it changes. */
  readonly watch?: boolean;
}

/** One service as a process of its own, as it runs in production. Its port stays the same over restarts. */
export interface ServiceProcess {
  readonly name: string;
  readonly url: string;
  pid(): number | undefined;
  /** Starts it if it does not run. */
  start(): void;
  /** Resolves when /readyz is green; rejects when the process ends before, or after half a minute. */
  ready(): Promise<void>;
  /** Ends it and resolves when it is gone; gives its exit code, null after a kill. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

const readyWithinMs = 30_000;

export async function createServiceProcess({
  name,
  path,
  env,
  logFile,
  watch = false,
}: ProcessFacts): Promise<ServiceProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = createWriteStream(logFile, { flags: 'a' });
  let child: ChildProcess | undefined;

  const start = () => {
    if (child && child.exitCode === null && child.signalCode === null) return;
    const flags = [
      '--conditions=@occ-hub/source',
      '--disable-warning=TimeoutNegativeWarning',
      '--enable-source-maps',
      ...(watch ? ['--watch', '--watch-preserve-output'] : []),
    ];
    child = spawn(process.execPath, [...flags, fileURLToPath(new URL(`${path}/src/main.ts`, root))], {
      env: { PATH: process.env['PATH'] ?? '', ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
  };

  return {
    name,
    url,
    pid: () => child?.pid,
    start,
    async ready() {
      const started = child;
      for (const until = Date.now() + readyWithinMs; Date.now() < until; await sleep(40)) {
        if (started?.exitCode !== null)
          throw new Error(`${name} ended with code ${started?.exitCode}; its log: ${logFile}`);
        const answer = await fetch(`${url}/readyz`).catch(() => undefined);
        if (answer?.ok) return;
      }
      throw new Error(`${name} was not ready within ${readyWithinMs / 1000} s; its log: ${logFile}`);
    },
    async end(signal) {
      if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
      const gone = once(child, 'exit');
      child.kill(signal);
      const [code] = (await gone) as [number | null];
      return code;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
