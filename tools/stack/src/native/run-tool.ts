import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

// Installers put these beside the home folder and leave PATH to the login shell, which a CI job may not have.
const usualFolders = [join(homedir(), '.cargo/bin'), '/usr/local/go/bin', join(homedir(), 'go/bin')];

/** The full path of a program on PATH or in its usual folder; undefined when it is not there. */
export function findTool(name: string): string | undefined {
  const javaHome = process.env['JAVA_HOME'];
  const own = name === 'java' && javaHome ? [join(javaHome, 'bin')] : [];
  const folders = [...own, ...(process.env['PATH'] ?? '').split(delimiter), ...usualFolders];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export type ToolRun = { args: string[]; cwd?: string; env?: NodeJS.ProcessEnv; onText?: (text: string) => void };

/** Runs an installer to its end and gives what it printed. Rejects with the end of its output when it fails. */
export function runTool(name: string, { args, cwd, env, onText }: ToolRun): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(findTool(name) ?? name, args, {
      ...(cwd ? { cwd } : {}),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      onText?.(chunk.toString('utf8'));
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', failed);
    child.once('close', (code) => {
      if (code === 0) done(output);
      else failed(new Error(`${name} ${args.slice(0, 3).join(' ')} failed (${code}):\n${output.slice(-2000)}`));
    });
  });
}
