// `npm run check`: what must hold before a commit, without servers: format, lint and boundaries, types, unit tests.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, root, runChild } from './child.ts';

type Step = { name: string; command: string[] };

const format: Step = {
  name: 'format',
  command: [...program('prettier'), '--check', '--log-level=warn', '--cache', '.'],
};
// The boundaries between rooms are linted against Nx's graph, which nothing else brings up to date.
const graph: Step = { name: 'graph', command: [...program('nx'), 'show', 'projects'] };
const lint: Step = { name: 'lint', command: [...program('eslint'), '--cache', '--max-warnings=0', '.'] };
const types: Step = { name: 'types', command: [...program('typescript'), '-b', ...typedPackages()] };
const unit: Step = { name: 'unit tests', command: [...program('vitest'), 'run', '--project=unit', '--reporter=dot'] };

// Two rows for two cores, of about the same length when nothing is cached.
const outcomes = await Promise.all([inOrder([graph, lint, format]), inOrder([types, unit])]);
const failed = outcomes.flat().filter(({ ok }) => !ok);
if (failed.length > 0) {
  console.log(`\nfailed: ${failed.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}

function typedPackages(): string[] {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { workspaces: string[] };
  const folders = workspaces.flatMap((pattern) => globSync(pattern, { cwd: root }));
  return folders.filter((folder) => existsSync(join(root, folder, 'tsconfig.json')));
}

async function inOrder(steps: Step[]): Promise<{ name: string; ok: boolean }[]> {
  const done = [];
  for (const step of steps) done.push(await runStep(step));
  return done;
}

async function runStep({ name, command }: Step): Promise<{ name: string; ok: boolean }> {
  const start = performance.now();
  const { code, output } = await runChild(command, false);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${seconds.padStart(5)} s`);
  if (code !== 0) console.log(output.trimEnd());
  return { name, ok: code === 0 };
}
