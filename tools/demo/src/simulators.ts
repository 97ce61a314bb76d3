import { startLeadConduitSimulator } from '@occ-hub/simulator-lead-conduit';
import { startLeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';
import { startPestPacSimulator } from '@occ-hub/simulator-pestpac';
import { startSalesforceSimulator } from '@occ-hub/simulator-salesforce';
import { startSingleOpsSimulator } from '@occ-hub/simulator-singleops';
import { startMailbox } from './mailbox.ts';

/** Everything outside the hub that the acts play with: the simulated vendors, and the office's mail server. */
export type Outside = Awaited<ReturnType<typeof startOutside>>;

export async function startOutside() {
  const [crm, salesforce, platform, pestpac, singleops, mailbox] = await Promise.all([
    startLeadPerfectionSimulator(),
    startSalesforceSimulator(),
    startLeadConduitSimulator(),
    startPestPacSimulator(),
    startSingleOpsSimulator(),
    startMailbox(),
  ]);
  const all = [crm, salesforce, platform, pestpac, singleops, mailbox];
  return {
    ...{ crm, salesforce, platform, pestpac, singleops, mailbox },
    /** By the service that they are the other side of. */
    urls: {
      'lead-perfection': crm.url,
      improveit360: salesforce.url,
      'lead-conduit': platform.url,
      pestpac: pestpac.url,
      singleops: singleops.url,
    },
    stop: async () => void (await Promise.all(all.map((each) => each.stop()))),
  };
}
