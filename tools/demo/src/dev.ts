import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { root, startSimulators } from '@occ-hub/processes';
import { raiseHouse } from './raise-house.ts';

// The whole hub for development: every service starts anew when its code changes, against simulated vendors.
const logs = fileURLToPath(new URL('.stack/dev/logs/', root));
await mkdir(logs, { recursive: true });
const simulators = await startSimulators(logs);
const fresh = process.argv.includes('--fresh');
const house = await raiseHouse({ name: 'dev', fresh, simulators: simulators.urls, watch: true });
const vendors = Object.entries(simulators.urls).map(([name, url]) => `  ${`simulated ${name}`.padEnd(26)} ${url}/`);
console.log(`
  API reference              ${house.core}/docs
  a token for anybody        curl -s ${house.core}/dev/token -H 'content-type: application/json' -d '{"sub":"me","role":"operator"}'
${vendors.join('\n')}
  logs                       ${logs}

Ctrl-C stops everything.`);
let stopping = false;
// A terminal sends Ctrl-C to every process of the command, and npm's front door hands it on: it comes more than once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    console.log('Stopping ...');
    void house
      .stop()
      .then(simulators.stop)
      .then(() => process.exit(0));
  });
}
