import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root, startHub } from '@occ-hub/processes';
import { startStack } from '@occ-hub/stack';
import { benchIngest } from './ingest.ts';
import { benchLeads } from './leads.ts';
import { memoryOf } from './memory.ts';
import { openOffice } from './office.ts';
import { heading, line } from './print.ts';
import { benchPestPac } from './pestpac.ts';
import { benchKills } from './pestpac-kills.ts';
import { startPestPacVendor } from './pestpac-vendor.ts';
import { benchPollChanges } from './poll-changes.ts';
import { startSalesforce } from './salesforce.ts';
import { benchSingleOps } from './singleops.ts';
import { startSingleOpsVendor } from './singleops-vendor.ts';
import { startVendor } from './vendor.ts';
import { benchWriteBack } from './write-back.ts';

const { values } = parseArgs({
  options: {
    changes: { type: 'string', default: '5000' },
    leads: { type: 'string', default: '3000' },
    appointments: { type: 'string', default: '10000' },
    writes: { type: 'string', default: '4000' },
    pestpac: { type: 'string', default: '500' },
    singleops: { type: 'string', default: '1000' },
  },
});

console.log(
  'Figures of this machine, now: read the shares, not the absolutes. The store is durable, as in production.',
);
const vendor = await startVendor(Number(values.appointments));
const salesforce = await startSalesforce({ appointments: Number(values.changes), reps: 50 });
const [pestpac, barePestPac] = await Promise.all([startPestPacVendor(), startPestPacVendor()]);
const [singleops, bareSingleOps] = await Promise.all([startSingleOpsVendor(), startSingleOpsVendor()]);
const stack = await startStack({ name: 'bench', fresh: true, durable: true, disposable: true });
const unpaced = { CALLS_PER_SECOND: '0', DELIVERIES_PER_CONNECTION: '64' };
const wideDoor = { ...unpaced, ENDPOINT_CALLS_PER_MINUTE: '10000000' };
const hub = await startHub({
  stack,
  logs: fileURLToPath(new URL('.stack/bench-logs', root)),
  simulators: {
    ...{ 'lead-perfection': vendor.url, improveit360: salesforce.url, 'lead-conduit': vendor.url },
    ...{ pestpac: pestpac.facts.url, singleops: singleops.facts.url },
  },
  env: { LOG_LEVEL: 'warn', RATE_LIMIT_PER_MINUTE: '10000000' },
  envOf: {
    'lead-perfection': unpaced,
    improveit360: unpaced,
    'lead-conduit': wideDoor,
    // A simulator does not go on in secret.
    pestpac: { ...wideDoor, IN_DOUBT_WAIT_MS: '1000' },
    singleops: wideDoor,
  },
});
try {
  const core = hub.service('core').url;
  const atRest = memoryOf(hub);
  const office = await openOffice(core, vendor);
  const vendorToken = await login(vendor.url);
  heading(`Ingest: ${values.appointments} appointments of about 1 KB`);
  await benchIngest({ office, stack, vendor, vendorToken });
  heading('Write-back: notes');
  await benchWriteBack({ core, office, stack, vendor, vendorToken, writes: Number(values.writes) });
  heading(`improveit360: ${values.changes} appointments of 50 reps`);
  await benchPollChanges(core, salesforce);
  heading(`LeadConduit: ${values.leads} leads`);
  const door = hub.service('lead-conduit').url;
  await benchLeads({ core, door, vendor: vendor.url, leads: Number(values.leads) });
  heading(`PestPac: ${values.pestpac} runs of location, lead and task`);
  const { office: pestPacOffice, people } = await benchPestPac({
    ...{ core, door: hub.service('pestpac').url, vendor: pestpac, bareVendor: barePestPac },
    ...{ runs: Number(values.pestpac), mongoUrl: stack.mongoUrl },
  });
  heading(`SingleOps: ${values.singleops} leads of new clients`);
  await benchSingleOps({
    ...{ core, door: hub.service('singleops').url, vendor: singleops, bareVendor: bareSingleOps },
    ...{ leads: Number(values.singleops), mongoUrl: stack.mongoUrl },
  });
  heading('Memory');
  line('at rest', atRest);
  line('after the load', memoryOf(hub));
  heading('PestPac: the service is killed in the midst of runs');
  await benchKills({ office: pestPacOffice, people, service: hub.service('pestpac'), stack, vendor: pestpac });
} finally {
  await hub.stop();
  await stack.stop();
  const vendors = [vendor, salesforce, pestpac, barePestPac, singleops, bareSingleOps];
  await Promise.all(vendors.map((each) => each.stop()));
}

async function login(url: string): Promise<string> {
  const form = {
    grant_type: 'password',
    username: 'OneClick',
    password: 'secret',
    clientid: 'demo1',
    appkey: '00000000-0000-0000-0000-000000000000',
  };
  const answer = await fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams(form) });
  return ((await answer.json()) as { access_token: string }).access_token;
}
