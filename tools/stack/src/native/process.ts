import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StopHow } from '../piece.ts';

export type Launch = {
  command: string;
  args: string[];
  logFile: string;
  /** Survives this process. */ background: boolean;
};

const tied = new Set<number>();
let diesWithParent: string[] | undefined;

/**
 * Starts the program itself (no shell, so the pid is its own) in a process group of its own, which keeps a terminal's
 * Ctrl-C from reaching it before its users have finished. Unless in the background it ends when this process ends.
 */
export async function launch({ command, args, logFile, background }: Launch): Promise<number> {
  const [first, ...rest] = background ? [command, ...args] : [...tie(), command, ...args];
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(first ?? command, rest, { detached: true, stdio: ['ignore', log, log] });
    await new Promise<void>((done, failed) => child.once('spawn', done).once('error', failed));
    child.unref();
    const pid = child.pid as number;
    if (!background) tied.add(pid);
    child.once('exit', () => tied.delete(pid));
    return pid;
  } finally {
    closeSync(log);
  }
}

/** On Linux the kernel ends the child with its parent, however that dies; elsewhere an orderly exit does. */
function tie(): string[] {
  if (diesWithParent === undefined) {
    const known = process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0;
    diesWithParent = known ? ['setpriv', '--pdeathsig', 'TERM', '--'] : [];
    process.on('exit', () => tied.forEach((pid) => signal(pid, 'SIGTERM')));
  }
  return diesWithParent;
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** True while a process of this id runs. */
export function isAlive(pid: number): boolean {
  return signal(pid, 0) && !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** True when the process of this id is the one that was started with `mark` on its command line, not a later one. */
export function isOurs(pid: number, mark: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark);
  } catch {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(mark);
  }
}

/** Ends a process and waits until it is gone: SIGTERM, and SIGKILL after 5 s. Tells whether it went by itself. */
export async function endProcess(pid: number, how: StopHow): Promise<boolean> {
  signal(pid, how === 'kill' ? 'SIGKILL' : 'SIGTERM');
  // A frozen process sees no SIGTERM before it runs again.
  signal(pid, 'SIGCONT');
  if (await isGone(pid, 5000)) return how === 'term';
  signal(pid, 'SIGKILL');
  if (!(await isGone(pid, 5000))) throw new Error(`Process ${pid} does not end; end it by hand.`);
  return false;
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  for (const deadline = performance.now() + withinMs; performance.now() < deadline; await sleep(15)) {
    if (!isAlive(pid)) return true;
  }
  return !isAlive(pid);
}

/** Freezes a process where it stands; resolves when none of its threads runs any more. */
export async function freeze(pid: number): Promise<void> {
  signal(pid, 'SIGSTOP');
  // The signal takes a moment to reach threads on other cores, and one of them may still answer meanwhile.
  for (let tries = 0; tries < 100 && !isFrozen(pid); tries += 1) await sleep(10);
}

function isFrozen(pid: number): boolean {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.every((thread) => /\) T /.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')));
  } catch {
    return false;
  }
}

/** Lets a frozen process go on. */
export function thaw(pid: number): void {
  signal(pid, 'SIGCONT');
}
