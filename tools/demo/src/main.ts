import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startLeadConduitSimulator } from '@occ-hub/simulator-lead-conduit';
import { startLeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';
import { DEFAULT_APP, startSalesforceSimulator } from '@occ-hub/simulator-salesforce';
import { Listr } from 'listr2';
import { root } from '@occ-hub/processes';
import { raiseHouse } from './raise-house.ts';
import { improveit360Story } from './improveit360/story.ts';
import { startMailbox } from './mailbox.ts';
import { leadConduitStory } from './lead-conduit/story.ts';
import { leadPerfectionStory } from './lead-perfection/story.ts';

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
  const crm = await startLeadPerfectionSimulator();
  const salesforce = await startSalesforceSimulator();
  const platform = await startLeadConduitSimulator();
  const mailbox = await startMailbox();
  const house = await raiseHouse({
    name: values.name,
    fresh: values.fresh,
    envOf: { core: { SMTP_URL: mailbox.url, ALERT_FROM: 'OCC Hub <hub@example.com>' } },
    simulators: { 'lead-perfection': crm.url, improveit360: salesforce.url, 'lead-conduit': platform.url },
  });
  const stop = async () => {
    await house.stop();
    await Promise.all([crm.stop(), salesforce.stop(), platform.stop(), mailbox.stop()]);
  };
  const interrupted = new Promise<void>((resolve) => {
    // Not once: a terminal sends Ctrl-C to every process of the command, and npm's front door hands it on.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  try {
    const story = new Listr(
      [
        {
          title: 'LeadPerfection, there and back',
          task: (_context, task) => task.newListr(leadPerfectionStory(house.core, crm), { exitOnError: true }),
        },
        {
          title: 'improveit360 on Salesforce, there and back',
          task: (_context, task) =>
            task.newListr(improveit360Story(house.core, { crm: salesforce, secret: DEFAULT_APP.secret, mailbox }), {
              exitOnError: true,
            }),
        },
        {
          title: 'LeadConduit: leads in, feedback out',
          task: (_context, task) =>
            task.newListr(leadConduitStory(house.core, { crm, platform, door: house.url('lead-conduit') }), {
              exitOnError: true,
            }),
        },
      ],
      {
        registerSignalListeners: false,
        rendererOptions: { collapseSubtasks: false },
        fallbackRenderer: 'simple',
      },
    );
    const played = await Promise.race([story.run().then(() => 'played' as const), interrupted]);
    if (played === undefined) return 130;
    console.log(`\nEverything held. ${((performance.now() - startedAt) / 1000).toFixed(1)} s from the start.`);
    if (values.once) return 0;
    printAddresses(house.core, { crm: crm.url, salesforce: salesforce.url, platform: platform.url });
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

function printAddresses(core: string, vendors: { crm: string; salesforce: string; platform: string }): void {
  console.log(`
  API reference              ${core}/docs
  OpenAPI                    ${core}/openapi.json
  simulated LeadPerfection   ${vendors.crm}/   (break it there: buttons for every fault)
  simulated Salesforce       ${vendors.salesforce}/
  simulated LeadConduit      ${vendors.platform}/

Ctrl-C stops everything. The data stays for the next time; \`npm run demo -- --fresh\` forgets it.`);
}

process.exitCode = await main();
