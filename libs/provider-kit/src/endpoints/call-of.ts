import { readConfigurationOf } from '../configuration/read-configuration.ts';
import type { VersionStore } from '../configuration/version.store.ts';
import type { Connection } from '../connections/connection.ts';
import type { Clients } from '../connections/clients.ts';
import type { EndpointCall, EndpointRequest } from '../endpoint.ts';
import { sealedText } from '../vault/sealed-text.ts';
import type { Vault } from '../vault/vault.ts';
import { type LookParts, choose, look } from './look.ts';
import type { StoredKey } from './key.store.ts';
import { type SubmitParts, known, submit } from './submit.ts';

export interface CallParts extends SubmitParts, Pick<LookParts, 'choices'> {
  readonly clients: Clients;
  readonly vault: Vault;
  readonly versions: VersionStore;
}

/** One request as its endpoint is handed it: with the connection's client, and the ledger's side of that connection alone. */
export async function callOf(
  parts: CallParts,
  { connection, key, request }: { connection: Connection; key: StoredKey; request: EndpointRequest },
): Promise<EndpointCall<never, never>> {
  const { client, settings } = await parts.clients.open(connection);
  const owner = { org: connection.org, connection: connection._id };
  const { seal, open: unseal } = sealedText(parts.vault, connection._id);
  return {
    ...{ request, org: owner.org, client, settings: settings as never, clock: parts.clock, seal, unseal },
    key: { id: key._id, name: key.name },
    config: readConfigurationOf(parts.versions, owner),
    submit: (submission) => submit(parts, owner, submission),
    known: (event, keys) => known(parts, owner, { event, keys }),
    look: (delivery) => look(parts, owner, delivery),
    choose: (delivery, option, wait) =>
      choose(parts, owner, { delivery, option, by: key.name, withinMs: wait?.withinMs ?? 0 }),
  };
}
