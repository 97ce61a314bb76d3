import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { installed, type Product } from './install.ts';
import type { Recipe } from './native-piece.ts';
import { findTool, runTool } from './run-tool.ts';

const version = '0.5.3-beta.196';

/**
 * A MongoDB-protocol server over WiredTiger for machines without containers; production runs MongoDB itself.
 * It is built from source once a machine, as no package registry carries mongod.
 */
export const secantus: Product = {
  name: 'secantus-mdb',
  version,
  missing(folder) {
    if (folder) return [];
    const compiler = ['cc', 'gcc', 'clang'].some((name) => findTool(name)) ? [] : ['a C compiler'];
    const tools = ['cargo', 'cmake'].filter((name) => !findTool(name));
    return [...tools, ...compiler].map((name) => `${name} (to build the store)`);
  },
  async build(folder, progress) {
    const target = join(dirname(folder), 'build-secantus');
    const say = (done: string) => progress(`compiling the store once, about 4-6 minutes: ${done}`);
    say('fetching sources');
    // Without link-time optimisation it runs as fast and builds a fifth sooner. The lock pins every crate by checksum.
    const env = {
      CARGO_PROFILE_RELEASE_LTO: 'off',
      CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
      CARGO_TARGET_DIR: target,
      CARGO_TERM_PROGRESS_WHEN: 'always',
      CARGO_TERM_PROGRESS_WIDTH: '100',
      CARGO_TERM_COLOR: 'never',
    };
    const how = ['--version', version, '--locked', '--ignore-rust-version', '--root', folder];
    const onText = (text: string) => {
      const counts = /\] (\d+\/\d+)/g;
      for (const [, count] of text.matchAll(counts)) say(`${count} crates`);
    };
    await runTool('cargo', { args: ['install', 'secantus-mdb', ...how], env, onText });
    await rm(target, { recursive: true, force: true });
  },
  async verify(folder) {
    const said = await runTool(join(folder, 'bin/secantusd-rs'), { args: ['--version'] });
    if (said.split(/\s/)[1] !== version)
      throw new Error(`secantusd-rs ${version} was asked for, this is ${said.trim()}`);
  },
};

/** The store as a process of this machine. */
export const mongo: Recipe = {
  name: 'mongo',
  portCount: 1,
  address: ([port]) => `mongodb://127.0.0.1:${port}/?directConnection=true`,
  async prepare({ folder, durable, progress }, [port]) {
    const product = await installed(secantus, progress);
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true });
    const sizes = ['--cache-size', '256M', '--log-file-max', '16MB', '--log-level', 'WARNING'];
    // Without the flag an acknowledged write can be lost by a kill, whatever write concern was asked for.
    const flags = durable ? ['--sync-on-commit'] : [];
    return {
      command: join(product, 'bin/secantusd-rs'),
      args: ['--host', '127.0.0.1', '--port', String(port), '--storage-path', data, ...sizes, ...flags],
    };
  },
};
