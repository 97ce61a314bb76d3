import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type HubSecrets, newSecrets, root, startHub } from '@occ-hub/processes';
import { progressPrinter, startStack } from '@occ-hub/stack';

export interface HouseOptions {
  readonly name: string;
  readonly fresh: boolean;
  readonly simulators: Readonly<Record<string, string>>;
  readonly watch?: boolean;
  /** More environment for a service, by its name. */
  readonly envOf?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface House {
  /** Base of core's API. */
  readonly core: string;
  /** Base of a service, by its name. */
  url(service: string): string;
  stop(): Promise<void>;
}

/** The servers and, beside them, every service of the hub. */
export async function raiseHouse({ name, fresh, simulators, watch = false, envOf = {} }: HouseOptions): Promise<House> {
  const printer = progressPrinter(process.stdout);
  printer.keep('Starting Kafka, NATS and MongoDB. The very first time the store is compiled once: 4 to 6 minutes.');
  const stack = await startStack({ name, fresh, durable: true, log: printer.keep, onProgress: printer.replace });
  try {
    const folder = fileURLToPath(new URL(`.stack/${name}/`, root));
    const secrets = await keptSecrets(folder, fresh);
    // A simulator does not go on in secret, and somebody is watching.
    const env = { IN_DOUBT_WAIT_MS: '1000' };
    printer.keep('Starting the services of the hub.');
    const hub = await startHub({ stack, logs: `${folder}logs`, simulators, secrets, watch, env, envOf });
    return {
      core: hub.service('core').url,
      url: (service) => hub.service(service).url,
      async stop() {
        await hub.stop();
        await stack.stop();
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** The vault's key must live as long as the data that it seals. */
async function keptSecrets(folder: string, fresh: boolean): Promise<HubSecrets> {
  const file = `${folder}secrets.json`;
  if (!fresh) {
    const kept = await readFile(file, 'utf8').catch(() => undefined);
    if (kept) return JSON.parse(kept) as HubSecrets;
  }
  const secrets = newSecrets();
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
