import { fileURLToPath } from 'node:url';
import { root } from '@occ-hub/processes';
import { startLeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';
import { raiseHouse } from './raise-house.ts';

// The whole hub for development: every service starts anew when its code changes, against simulated vendors.
const crm = await startLeadPerfectionSimulator();
const house = await raiseHouse({
  name: 'dev',
  fresh: process.argv.includes('--fresh'),
  simulators: { 'lead-perfection': crm.url },
  watch: true,
});
console.log(`
  API reference              ${house.core}/docs
  a token for anybody        curl -s ${house.core}/dev/token -H 'content-type: application/json' -d '{"sub":"me","role":"operator"}'
  simulated LeadPerfection   ${crm.url}/   (client ID demo1, user OneClick, password secret)
  logs                       ${fileURLToPath(new URL('.stack/dev/logs/', root))}

Ctrl-C stops everything.`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    console.log('Stopping ...');
    void house
      .stop()
      .then(() => crm.stop())
      .then(() => process.exit(0));
  });
}
