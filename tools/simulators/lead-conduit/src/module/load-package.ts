import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { InboundModule, IntegrationPackage, OutboundModule } from './contract.ts';

const require = createRequire(import.meta.url);

/** Loads an unpacked integration package, as the platform does: CommonJS, by its path. Throws when it is none. */
export function loadPackage(path: string): IntegrationPackage {
  const loaded: unknown = require(resolve(path));
  if (typeof loaded !== 'object' || loaded === null || !('outbound' in loaded || 'inbound' in loaded)) {
    throw new Error(`${path} exports neither "inbound" nor "outbound": it is no LeadConduit package.`);
  }
  return loaded as IntegrationPackage;
}

export function outboundOf({ path, name }: { path: string; name: string }): OutboundModule {
  const found = loadPackage(path).outbound?.[name];
  if (!found) throw new Error(`${path} has no outbound module "${name}".`);
  return found;
}

export function inboundOf({ path, name }: { path: string; name: string }): InboundModule {
  const found = loadPackage(path).inbound?.[name];
  if (!found) throw new Error(`${path} has no inbound module "${name}".`);
  return found;
}
