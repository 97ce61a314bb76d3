import { vaultRecord } from '../connections/clients.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';
import type { Vault } from './vault.ts';

/** Seals with the ring's first key whatever an older key had sealed. Run at every start: rotating a key is adding one in front and restarting. */
export async function resealOld(connections: ConnectionStore, vault: Vault): Promise<number> {
  let resealed = 0;
  for (const { _id, secrets } of await connections.changedSince(0)) {
    if (!secrets || !vault.isOld(secrets)) continue;
    const record = vaultRecord(_id);
    await connections.reseal(_id, { from: secrets, to: await vault.seal(record, await vault.open(record, secrets)) });
    resealed += 1;
  }
  return resealed;
}
