import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** The tree's top folder, where every npm script runs. */
export const root = resolve(import.meta.dirname, '../..');

/** The command line that runs an installed package's program on the Node that runs this. */
export function program(name: string): string[] {
  const manifest = createRequire(join(root, 'package.json')).resolve(`${name}/package.json`);
  const { bin } = createRequire(manifest)(manifest) as { bin: string | Record<string, string> };
  const file = typeof bin === 'string' ? bin : (bin[name] ?? bin['tsc']);
  if (!file) throw new Error(`The package ${name} has no program to run; npm ci may have been interrupted.`);
  return [process.execPath, '--disable-warning=TimeoutNegativeWarning', join(dirname(manifest), file)];
}

export type Outcome = { code: number; output: string };

/**
 * Runs a command line to its end in the tree's top folder. With `show` it writes straight to the terminal, else its
 * output is given back. A Ctrl-C reaches it from the terminal; this process waits for it to finish its own way.
 */
export function runChild([command = '', ...args]: string[], show: boolean): Promise<Outcome> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: show
        ? process.env
        : { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) },
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const onTerm = () => child.kill('SIGTERM');
    const onInterrupt = () => process.stdin.isTTY || child.kill('SIGINT');
    process.on('SIGTERM', onTerm).on('SIGINT', onInterrupt);
    child.once('error', failed);
    child.once('close', (code) => {
      process.off('SIGTERM', onTerm).off('SIGINT', onInterrupt);
      done({ code: code ?? 1, output });
    });
  });
}
