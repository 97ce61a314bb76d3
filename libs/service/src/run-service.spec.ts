import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const index = new URL('./index.ts', import.meta.url).href;
const here = fileURLToPath(new URL('.', import.meta.url));

/** Runs a service in a process of its own, sends the signal once it says "up", and tells how it ended. */
async function run(start: string, signal?: NodeJS.Signals): Promise<{ code: number | null; out: string; err: string }> {
  const program = `
    import { runService, readEnv } from ${JSON.stringify(index)};
    import { HubError } from '@occ-hub/errors';
    const keepAlive = setInterval(() => {}, 1000);
    await runService({ name: 'spec', stopWithinMs: 300, start: async (life) => { ${start} ; console.log('up'); } });`;
  const flags = ['--conditions=@occ-hub/source', '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, flags, { cwd: here, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stderr.on('data', (bytes: Buffer) => void (err += bytes.toString()));
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString();
    if (signal !== undefined && bytes.toString().includes('up')) child.kill(signal);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

describe('runService', { timeout: 20_000 }, () => {
  it('stops its parts in reverse order on SIGTERM and exits 0', async () => {
    const parts = `life.add('a', () => console.log('stop a')); life.add('b', () => console.log('stop b'))`;
    const { code, out } = await run(parts, 'SIGTERM');
    expect(code).toBe(0);
    expect(out.indexOf('stop b')).toBeGreaterThan(0);
    expect(out.indexOf('stop a')).toBeGreaterThan(out.indexOf('stop b'));
  });

  it('exits 1 and names the part that hangs', async () => {
    const { code, out } = await run(`life.add('poller', () => new Promise(() => {}))`, 'SIGINT');
    expect(code).toBe(1);
    expect(out).toContain('The part \\"poller\\" did not stop');
  });

  it('prints a config error plainly, stops what was started and exits 1', async () => {
    const start = `life.add('http', () => console.log('stop http'));
      throw new HubError({ kind: 'config', code: 'x', message: 'STORE_URL: is not set' })`;
    const { code, out, err } = await run(start);
    expect(code).toBe(1);
    expect(err).toBe('spec cannot start. STORE_URL: is not set\n');
    expect(out).toContain('stop http');
  });

  it('logs an unhandled rejection, stops the parts and exits 1', async () => {
    const start = `life.add('http', () => console.log('stop http')); setTimeout(() => Promise.reject(new Error('lost')), 5)`;
    const { code, out } = await run(start);
    expect(code).toBe(1);
    expect(out).toContain('unhandled rejection');
    expect(out).toContain('stop http');
  });
});
