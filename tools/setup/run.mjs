// The front door of every npm script. Plain JavaScript, no dependencies: it must run on Node 20 before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import console from 'node:console';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const bin = join(root, 'node_modules/.bin');
const neededMajor = 24;

const [file, ...args] = process.argv.slice(2);
if (!file) fail('usage: node tools/setup/run.mjs <file.ts> [arguments]');
if (!installMatchesLock()) alone(() => installMatchesLock() || install());
run(findNode());

function fail(message) {
  console.error(message);
  process.exit(1);
}

function readPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

/** npm keeps a record of what it put in node_modules; comparing it also honours an install made by hand. */
function installMatchesLock() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules/.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true;
    const found = present[path];
    if (!found) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity && found.resolved === entry.resolved;
  });
}

/** Two commands of a fresh clone must not install into one node_modules at once; the second finds the work done. */
function alone(work) {
  const lock = join(root, '.stack/npm-ci.lock');
  mkdirSync(dirname(lock), { recursive: true });
  for (let waited = false; !take(lock); waited = true) {
    if (!waited) console.error('Waiting for the npm install of another command in this tree ...');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  }
  process.once('exit', () => rmSync(lock, { force: true }));
  work();
  rmSync(lock, { force: true });
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch (error) {
    // ESRCH: the holder died without letting go.
    if (error.code === 'ESRCH') rmSync(lock, { force: true });
  }
  return false;
}

function install() {
  console.error('Installing the npm packages of package-lock.json (npm ci) ...');
  // node_modules/.bin may hold the very Node that npm ci is about to delete, so npm runs on the one outside it.
  const outside = (process.env.PATH ?? '').split(delimiter).filter((folder) => resolve(folder) !== bin);
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH: outside.join(delimiter) },
    shell: process.platform === 'win32',
  });
  if (result.error) fail(`npm could not be started (${result.error.message}). Install npm and try again.`);
  if (result.status !== 0) {
    fail('npm ci failed; its message is above. If package.json was changed by hand, run npm install once.');
  }
}

function majorOf(path) {
  const result = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)\./.exec(result.stdout ?? '')?.[1] ?? 0);
}

function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= neededMajor && existsSync(process.execPath))
    return process.execPath;
  const packaged = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(packaged) && majorOf(packaged) >= neededMajor) return packaged;
  return fail(
    `This project runs on Node ${neededMajor} or newer; this is ${process.version}, and npm has no Node for ` +
      `${process.platform}-${process.arch} here. Install Node ${neededMajor} and run the same command again.`,
  );
}

function run(node) {
  const flags = ['--conditions=@occ-hub/source', '--disable-warning=TimeoutNegativeWarning'];
  const child = spawn(node, [...flags, resolve(root, file), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { NX_DAEMON: 'false', ...process.env, PATH: [bin, process.env.PATH ?? ''].join(delimiter) },
  });
  // A terminal sends Ctrl-C to the child itself; forwarding it as well would look like a second, impatient one.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  child.on('error', (error) => fail(`Node could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 1)));
}
