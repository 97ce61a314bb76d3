import { vaultRecord } from '../connections/clients.ts';
import type { Connection } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/connection.store.ts';
import type { Vault } from './vault.ts';

/**
 * Seals with the ring's first key whatever an older key had sealed; gives the number. Done at every start and again
 * every minute: during a rolling restart replicas with the ring of before still save. Fails as `config` where a key is
 * missing.
 */
export async function resealOld(
  connections: Iterable<Connection>,
  store: Pick<ConnectionStore, 'reseal'>,
  vault: Vault,
): Promise<number> {
  let resealed = 0;
  for (const { _id, secrets } of connections) {
    if (!secrets || !vault.isOld(secrets)) continue;
    const record = vaultRecord(_id);
    await store.reseal(_id, { from: secrets, to: await vault.seal(record, await vault.open(record, secrets)) });
    resealed += 1;
  }
  return resealed;
}
