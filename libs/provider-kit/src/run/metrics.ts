import type { SyncRun } from '@occ-hub/contracts';
import type { Metrics } from '@occ-hub/service';

/** What operators ask of a provider: what went out, what was brought in, what went wrong. */
export interface ProviderMetrics {
  settled(outcome: string): void;
  ran(run: SyncRun): void;
}

export function createProviderMetrics(metrics: Metrics): ProviderMetrics {
  const settled = metrics.counter({
    name: 'occ_hub_deliveries_total',
    help: 'Attempts to write to the vendor, by what became of them',
    labels: ['outcome'],
  });
  const runs = metrics.counter({ name: 'occ_hub_runs_total', help: 'Polls, by how they ended', labels: ['state'] });
  const records = metrics.counter({
    name: 'occ_hub_records_total',
    help: 'Records read from the vendor, by what became of them',
    labels: ['outcome'],
  });
  return {
    settled: (outcome) => settled.inc({ outcome }),
    ran(run) {
      if (run.state !== 'done' && run.state !== 'failed') return;
      runs.inc({ state: run.state });
      records.inc({ outcome: 'published' }, run.changed);
      records.inc({ outcome: 'unchanged' }, run.unchanged);
      for (const [outcome, count] of Object.entries(run.skipped)) records.inc({ outcome }, count);
    },
  };
}
