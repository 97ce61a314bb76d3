import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Stack } from '@occ-hub/stack';
import { type ServiceLine, readServiceList } from './service-list.ts';
import { type ServiceProcess, createServiceProcess } from './service-process.ts';

export interface HubOptions {
  readonly stack: Stack;
  /** Folder for the log of each service; made if missing. */
  readonly logs: string;
  /** Addresses of simulators by service name, for `{simulator}` and `{simulator:<name>}` in deploy/services.yaml. */
  readonly simulators: Readonly<Record<string, string>>;
  /** More environment for every service, or for one by its name. */
  readonly env?: Readonly<Record<string, string>>;
  readonly envOf?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Secrets that must stay the same while the data does; made anew when absent. */
  readonly secrets?: HubSecrets;
  /** For development: a service starts anew when its code changes. */
  readonly watch?: boolean;
}

export interface HubSecrets {
  readonly documentTokens: string;
  readonly vaultKeys: string;
}

/** The whole hub beside a stack, one process per service. */
export interface Hub {
  readonly services: readonly ServiceProcess[];
  service(name: string): ServiceProcess;
  stop(): Promise<void>;
}

export function newSecrets(): HubSecrets {
  return { documentTokens: randomBytes(32).toString('hex'), vaultKeys: `demo:${randomBytes(32).toString('base64')}` };
}

/** Starts every service of deploy/services.yaml and resolves when all are ready. */
export async function startHub(options: HubOptions): Promise<Hub> {
  await mkdir(options.logs, { recursive: true });
  const services = await Promise.all(
    (await readServiceList()).map((line) =>
      createServiceProcess({
        name: line.name,
        path: line.path,
        watch: options.watch ?? false,
        logFile: `${options.logs}/${line.name}.log`,
        env: {
          ...common(options),
          ...options.env,
          ...filled(line, options.simulators),
          ...options.envOf?.[line.name],
        },
      }),
    ),
  );
  const stop = async () => void (await Promise.all(services.map((service) => service.end('SIGTERM'))));
  try {
    for (const service of services) service.start();
    await Promise.all(services.map((service) => service.ready()));
  } catch (error) {
    await stop();
    throw error;
  }
  const service = (name: string) => {
    const found = services.find((each) => each.name === name);
    if (!found) throw new Error(`deploy/services.yaml names no service ${name}`);
    return found;
  };
  return { services, service, stop };
}

function common({ stack, secrets = newSecrets() }: HubOptions): Record<string, string> {
  return {
    NODE_ENV: 'development',
    KAFKA_BROKERS: stack.kafkaBrokers.join(','),
    KAFKA_PARTITIONS: '6',
    NATS_URL: stack.natsUrl,
    MONGO_URL: stack.mongoUrl,
    DOCUMENT_TOKEN_SECRET: secrets.documentTokens,
    VAULT_KEYS: secrets.vaultKeys,
  };
}

/** `{simulator}` is the service's own, `{simulator:<name>}` that of another. */
function filled(
  { name, demo }: Pick<ServiceLine, 'name' | 'demo'>,
  simulators: HubOptions['simulators'],
): Record<string, string> {
  const fill = (value: string) =>
    value.replaceAll(/\{simulator(?::([a-z0-9-]+))?\}/g, (_whole, other?: string) => simulators[other ?? name] ?? '');
  return Object.fromEntries(Object.entries(demo).map(([key, value]) => [key, fill(value)]));
}
