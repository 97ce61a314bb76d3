import { createKey, listKeys, revokeKey } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import type { StoredKey } from '../endpoints/key.store.ts';
import type { AnyProvider } from '../provider.ts';
import type { Desks } from './desks.ts';
import { handles } from './handler.ts';
import { connectionOf } from './which.ts';

/** Keys by which others call the provider's endpoints. */
export const keyCommands = ({ provider, connections, keys, keyStore }: Desks) => [
  handles(createKey, async ({ org, connection, name, scopes, by }) => {
    await connectionOf(connections, { org, connection });
    const unknown = scopes.filter((scope) => !scopesOf(provider).includes(scope));
    if (unknown.length > 0) throw unknownScope(provider, unknown);
    const { key, text } = await keys.make({ org, connection, name, scopes: [...new Set(scopes)], by });
    return { key: viewOf(key), text };
  }),
  handles(listKeys, async (ask) => {
    await connectionOf(connections, ask);
    return { keys: (await keyStore.ofConnection(ask.connection)).map(viewOf) };
  }),
  handles(revokeKey, async (ask) => {
    await connectionOf(connections, ask);
    return { revoked: await keyStore.remove(ask.connection, ask.key) };
  }),
];

export function scopesOf(provider: AnyProvider): readonly string[] {
  return [...new Set((provider.endpoints ?? []).map(({ scope }) => scope))];
}

function viewOf({ _id, name, scopes, createdAt, createdBy, usedAt }: StoredKey) {
  return {
    ...{ id: _id, name, scopes: [...scopes], created_by: createdBy },
    created_at: new Date(createdAt).toISOString(),
    ...(usedAt === null ? {} : { last_used_at: new Date(usedAt).toISOString() }),
  };
}

function unknownScope(provider: AnyProvider, unknown: readonly string[]): HubError {
  const scopes = scopesOf(provider);
  const message =
    scopes.length === 0
      ? `${provider.title} has nothing that is called with a key.`
      : `${provider.title} has no ${unknown.join(', ')}. Choose of: ${scopes.join(', ')}.`;
  return new HubError({
    ...{ kind: 'rejected', code: 'key.scope-unknown', message },
    fields: [{ pointer: '/scopes', message: 'not offered' }],
  });
}
