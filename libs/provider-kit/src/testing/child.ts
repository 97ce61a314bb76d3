import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The provider as a process of its own, as it runs in production. */
export interface Child {
  /** As a crash or the loss of a machine: nothing is finished, nothing handed back. */
  kill(): Promise<void>;
  /** As a deployment does; gives the exit code. */
  terminate(): Promise<number | null>;
  readonly lines: readonly string[];
}

/** Starts a provider's own `main.ts` and resolves when it says that it has started. */
export async function startChild(main: URL, env: Readonly<Record<string, string>>): Promise<Child> {
  const child: ChildProcess = spawn(process.execPath, ['--conditions=@occ-hub/source', fileURLToPath(main)], {
    env: { ...env, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const lines: string[] = [];
  const started = Promise.withResolvers<void>();
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter(Boolean));
    if (text.includes('provider started')) started.resolve();
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  void ended.then(() => started.reject(new Error(`ended before it started:\n${lines.join('\n')}`)));
  await started.promise;
  return {
    lines,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async terminate() {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
  };
}
