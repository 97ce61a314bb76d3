// SingleOps of the benchmark, in a process of its own so that it does not share a core's turn with what is measured.
import { startSingleOpsSimulator } from '@occ-hub/simulator-singleops';
import type { SingleOpsAsk, SingleOpsFacts } from './singleops-vendor.ts';

const simulator = await startSingleOpsSimulator({ logSize: 50 });
const { control, url } = simulator;

process.on('message', ({ what }: SingleOpsAsk) => {
  if (what === 'stop') return void simulator.stop().then(() => process.exit(0));
  if (what === 'forget') control.clearReceived();
  process.send?.(what === 'calls' ? control.received() : {});
});
process.send?.({ url, user: control.apiUser() } satisfies SingleOpsFacts);
// Killed or not, the bench leaves nobody behind.
process.once('disconnect', () => process.exit());
