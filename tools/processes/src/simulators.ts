import { readServiceList } from './service-list.ts';
import { type ServiceProcess, createServiceProcess } from './service-process.ts';

export interface Simulators {
  /** Addresses by the name of the service that is to call them. */
  readonly urls: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts the simulated vendor of every service that names one, each as a process of its own. */
export async function startSimulators(logs: string): Promise<Simulators> {
  const lines = (await readServiceList()).filter((line) => line.simulator !== undefined);
  const started: [string, ServiceProcess][] = [];
  for (const { name, simulator } of lines) {
    const facts = {
      name: `${name} simulator`,
      path: simulator ?? '',
      env: {},
      logFile: `${logs}/${name}-simulator.log`,
    };
    started.push([name, await createServiceProcess(facts)]);
  }
  for (const [, simulator] of started) simulator.start();
  return {
    urls: Object.fromEntries(started.map(([name, simulator]) => [name, simulator.url])),
    stop: async () => void (await Promise.all(started.map(([, simulator]) => simulator.end('SIGTERM')))),
  };
}
