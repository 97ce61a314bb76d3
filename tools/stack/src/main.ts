import { parseArgs } from 'node:util';
import { instanceFolder } from './folders.ts';
import { isRun, piecesOf, removeInstance, stopInstance } from './instances.ts';
import { progressPrinter } from './progress-printer.ts';
import { startStack, withoutPassword } from './stack.ts';
import { readState } from './state.ts';
import { statusOf } from './status.ts';

const usage = `npm run stack -- <command> [options]

  up       start Kafka, NATS and a MongoDB and leave them running
  status   addresses, processes, memory, and whether each answers
  logs     the last lines of each server's log; with a name (kafka, nats, mongo) of that one
  down     stop them; the data stays

  --name <name>    which stack (default: dev)
  --fresh          up: begin without the data of last time
  --no-durable     up: faster, but a kill of the store may lose acknowledged writes
  --forget         down: take the data away as well
  --lines <n>      logs: how many lines (default: 40)`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    name: { type: 'string', default: 'dev' },
    fresh: { type: 'boolean', default: false },
    durable: { type: 'boolean', default: true },
    forget: { type: 'boolean', default: false },
    lines: { type: 'string', default: '40' },
  },
});
const [command, which] = positionals;
const { name } = values;

const commands: Record<string, () => Promise<void>> = { up, status, logs, down };

const run = command === undefined ? undefined : commands[command];
if (run) await run().catch(fail);
else fail(new Error(usage));

function fail(error: Error): void {
  console.error(error.message);
  process.exitCode = 1;
}

async function up(): Promise<void> {
  const state = await readState(instanceFolder(name));
  if (state && isRun(name, state) && (await isReady())) return status();
  if (state?.runBy === 'background') await stopInstance(name);
  const printer = progressPrinter(process.stderr);
  const { fresh, durable } = values;
  const stack = await startStack({
    name,
    fresh,
    durable,
    background: true,
    log: printer.keep,
    onProgress: printer.replace,
  });
  console.log(`\nexport KAFKA_BROKERS=${stack.kafkaBrokers.join(',')}`);
  console.log(`export NATS_URL=${stack.natsUrl}\nexport MONGO_URL='${stack.mongoUrl}'`);
}

async function isReady(): Promise<boolean> {
  return (await statusOf(name)).every(({ health }) => health === 'ready');
}

async function status(): Promise<void> {
  const pieces = await statusOf(name);
  if (pieces.length === 0) console.log(`The stack "${name}" has never been started here: npm run stack -- up`);
  for (const { piece, way, address, pid, memoryMb, health } of pieces) {
    const process = pid === undefined ? '' : `pid ${pid}, ${memoryMb} MB`;
    console.log(
      `${piece.padEnd(6)}${way.padEnd(11)}${withoutPassword(address).padEnd(50)} ${process.padEnd(20)} ${health}`,
    );
  }
  if (pieces.some(({ health }) => health !== 'ready')) process.exitCode = 1;
}

async function logs(): Promise<void> {
  const pieces = (await piecesOf(name)).filter((each) => which === undefined || each.name === which);
  if (pieces.length === 0) throw new Error(`The stack "${name}" has no log${which ? ` of "${which}"` : ''} here.`);
  for (const { name: heading, piece } of pieces) {
    console.log(`--- ${heading}\n${await piece.tail(Number(values.lines))}`);
  }
}

async function down(): Promise<void> {
  await stopInstance(name);
  if (values.forget) await removeInstance(name);
  console.log(`The stack "${name}" is stopped; its data ${values.forget ? 'is gone' : 'stays for the next start'}.`);
}
