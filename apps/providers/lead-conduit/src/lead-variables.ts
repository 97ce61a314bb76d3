import { flatten, unflatten } from './platform/paths.ts';
import { plainOf } from './platform/typed-value.ts';
import type { Settings } from './settings.ts';
import type { OutboundModule } from './platform/contract.ts';

/** Variables by dotted names, as texts: what an event can carry. */
export type Texts = Readonly<Record<string, string>>;

/** Never in an event, a log or an answer. */
const secretNames = new Set(['leadperfection.password']);

/**
 * What was posted, by the module's own names: a lead's field may be sent with or without `lead.`, a step's variable with
 * its dots or nested. Blanks are left out.
 */
export function leadTexts(posted: unknown, module: OutboundModule): { open: Texts; secret: Texts } {
  const declared = new Set(module.request.variables().map(({ name }) => name));
  const open: Record<string, string> = {};
  const secret: Record<string, string> = {};
  for (const [key, value] of flatten(posted)) {
    const lower = key.toLowerCase();
    const name = declared.has(lower) || !declared.has(`lead.${lower}`) ? lower : `lead.${lower}`;
    const text = [plainOf(value)].flat().join(', ').trim();
    if (text !== '') (secretNames.has(name) ? secret : open)[name] = text;
  }
  return { open, secret };
}

/** LeadConduit's `vars` again, with the org's own settings where a lead brings nothing. */
export function varsOf(texts: Texts, settings: Settings): Record<string, unknown> {
  const { client_id: client, subdomain, user_id: user, password } = settings;
  const own = {
    client_id: client,
    'leadperfection.subdomain': subdomain,
    'leadperfection.userid': user,
    'leadperfection.password': password,
  };
  const given = Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return unflatten(Object.entries({ ...Object.fromEntries(given), ...texts }));
}
