import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

// The whole hub as a newcomer starts it: own servers, every service a process, the story with its checks.
it('plays the story of every CRM there and back, every check holding, and leaves nothing running', async () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const flags = ['--conditions=@occ-hub/source', '--disable-warning=TimeoutNegativeWarning'];
  // Servers of its own even where the test run has some: the demo must be able to bring them.
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], OCC_HUB_CACHE: process.env['OCC_HUB_CACHE'] };
  const play = promisify(execFile)(process.execPath, [...flags, main, '--once', '--fresh', '--name', 'story-test'], {
    env,
  });
  const { stdout } = await play;
  expect(stdout).toContain('Everything held');
  const { stdout: left } = await promisify(execFile)('ps', ['-eo', 'args']);
  expect(left.split('\n').filter((line) => line.includes('.stack/story-test'))).toEqual([]);
}, 180_000);
