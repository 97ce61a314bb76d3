// `npm test`: every test of the tree. The integration and end-to-end projects bring the servers they need and stop them
// (tools/stack/src/vitest-setup.ts), so a run of unit tests alone starts none. Arguments go to Vitest.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, runChild } from './child.ts';
import { closingLine, countRun, type Report } from './counts.ts';

const folder = await mkdtemp(join(tmpdir(), 'occ-hub-test-'));
const reportFile = join(folder, 'report.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
const { code } = await runChild([...program('vitest'), 'run', ...reporters, ...process.argv.slice(2)], true);
const report = await readFile(reportFile, 'utf8').then(
  (text) => JSON.parse(text) as Report,
  () => undefined,
);
await rm(folder, { recursive: true });

const counts = countRun(report, code);
const ran = counts.passed + counts.failed;
if (!report) console.log('The test run ended before it could report; its message is above.');
else if (ran === 0) console.log('No test ran.');
console.log(closingLine(counts));
process.exitCode = code !== 0 || counts.failed > 0 || ran === 0 ? code || 1 : 0;
