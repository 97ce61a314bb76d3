import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface MetricFacts<Label extends string> {
  /** `occ_hub_events_published_total`: unit last, counters end in `_total`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly Label[];
}

export interface Metrics {
  counter<Label extends string = never>(facts: MetricFacts<Label>): Counter<Label>;
  gauge<Label extends string = never>(facts: MetricFacts<Label>): Gauge<Label>;
  /** Buckets are upper bounds in the unit of the name (seconds when absent: 5 ms to 30 s). */
  histogram<Label extends string = never>(
    facts: MetricFacts<Label> & { readonly buckets?: readonly number[] },
  ): Histogram<Label>;
  /** Everything in Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** A registry of its own with the process's default metrics; asking twice for a name gives the same metric. */
export function createMetrics({ service }: { service: string }): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const once = <Metric>(name: string, make: () => Metric) =>
    (registry.getSingleMetric(name) as Metric | undefined) ?? make();
  const options = <Label extends string>({ name, help, labels }: MetricFacts<Label>) => ({
    name,
    help,
    labelNames: labels ?? [],
    registers: [registry],
  });
  return {
    counter: (facts) => once(facts.name, () => new Counter(options(facts))),
    gauge: (facts) => once(facts.name, () => new Gauge(options(facts))),
    histogram: (facts) =>
      once(facts.name, () => new Histogram({ ...options(facts), buckets: [...(facts.buckets ?? seconds)] })),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
