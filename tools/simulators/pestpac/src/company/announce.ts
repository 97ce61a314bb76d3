import type { Fields } from '../records/value.ts';
import type { Company } from './company.ts';

/** Something that subscribers may want to hear of. */
export interface News {
  entity: string;
  action: 'Create' | 'Update' | 'Delete';
  row: Fields;
  idName: string;
}

const PATHS: Readonly<Record<string, string>> = {
  'Bill-To': 'BillTos',
  Location: 'Locations',
  Lead: 'Leads',
  'Card On File': 'PaymentAccounts',
  'Service Order': 'ServiceOrders',
  'Service Setup': 'ServiceSetups',
};

/** The names by which webhooks are asked for; with spaces. */
export const ENTITY_NAMES: readonly string[] = [...Object.keys(PATHS), 'Invoice', 'Credit Memo', 'Payment'];

/** Posts the news once to everyone who subscribed to it. Whatever comes of it, nothing is said again. */
export function announce(company: Company, { entity, action, row, idName }: News): void {
  const EntityId = row[idName] ?? 0;
  const Url = `${company.url}/pestpac/v1/${PATHS[entity] ?? entity}/${String(EntityId)}`;
  for (const hook of company.books.webhooks.all()) {
    if (hook['EntityType'] !== entity || hook['Action'] !== action) continue;
    const body = { EntityType: entity, EntityId, Url, ...(hook['IncludeEntityBody'] === true ? { Entity: row } : {}) };
    void fetch(String(hook['PostToUrl']), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined);
  }
}
