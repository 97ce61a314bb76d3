import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '@occ-hub/processes';
import { Listr } from 'listr2';
import { acts } from './acts.ts';
import { raiseHouse } from './raise-house.ts';
import { type Outside, startOutside } from './simulators.ts';

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    /** Demos of different names can run beside each other. */
    name: { type: 'string', default: 'demo' },
  },
});

/** Brings everything up, plays the story, and stays until Ctrl-C; with --once it ends, 0 only if every check held. */
async function main(): Promise<number> {
  const startedAt = performance.now();
  const outside = await startOutside();
  const house = await raiseHouse({
    name: values.name,
    fresh: values.fresh,
    envOf: { core: { SMTP_URL: outside.mailbox.url, ALERT_FROM: 'OCC Hub <hub@example.com>' } },
    simulators: outside.urls,
  });
  const stop = async () => {
    await house.stop();
    await outside.stop();
  };
  const interrupted = new Promise<void>((resolve) => {
    // Not once: a terminal sends Ctrl-C to every process of the command, and npm's front door hands it on.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  try {
    const story = new Listr(acts(house, outside), {
      registerSignalListeners: false,
      rendererOptions: { collapseSubtasks: false },
      fallbackRenderer: 'simple',
    });
    const played = await Promise.race([story.run().then(() => 'played' as const), interrupted]);
    if (played === undefined) return 130;
    console.log(`\nEverything held. ${((performance.now() - startedAt) / 1000).toFixed(1)} s from the start.`);
    if (values.once) return 0;
    printAddresses(house.core, outside.urls);
    await interrupted;
    return 0;
  } catch (error) {
    console.error(`\nThe story broke: ${error instanceof Error ? error.message : String(error)}`);
    console.error(`The logs of the services are in ${fileURLToPath(new URL(`.stack/${values.name}/logs/`, root))}`);
    return 1;
  } finally {
    console.log('Stopping ...');
    await stop();
  }
}

function printAddresses(core: string, vendors: Outside['urls']): void {
  const simulated = Object.entries(vendors).map(([name, url]) => `  ${`simulated ${name}`.padEnd(26)} ${url}/`);
  console.log(`
  API reference              ${core}/docs
  OpenAPI                    ${core}/openapi.json
${simulated.join('\n')}   (break them there: buttons for every fault)

Ctrl-C stops everything. The data stays for the next time; \`npm run demo -- --fresh\` forgets it.`);
}

process.exitCode = await main();
