// The vendor of the benchmark, in a process of its own so that it does not share a core's turn with what is measured.
import { startLeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';

const simulator = await startLeadPerfectionSimulator({
  appointments: Number(process.argv[2]),
  logSize: 100_000,
  booleans: 'yn',
});

/** When each write of a numbered note was received, epoch ms. */
function receipts(): [note: string, at: number][] {
  return simulator.control.received({ action: 'UpdateSalesApptDetail' }).flatMap((call) => {
    const number = /bench note (\d+)/.exec(String(call.params['presnotes'] ?? ''))?.[1];
    return number === undefined ? [] : [[number, new Date(call.at).getTime()] as [string, number]];
  });
}

process.on('message', (ask: 'receipts' | 'stop') => {
  if (ask === 'receipts') process.send?.({ receipts: receipts() });
  else void simulator.stop().then(() => process.exit(0));
});
const closed = simulator.control
  .appointments()
  .filter(({ row }) => !/^(y|yes|true|1)$/i.test(String(row.CanUpdateIndicator ?? '')))
  .map(({ row }) => String(row.ID));

process.send?.({ closed, url: simulator.url, reps: simulator.control.lookups().reps.map((rep) => String(rep.slrId)) });
// Killed or not, the bench leaves nobody behind.
process.once('disconnect', () => process.exit());
