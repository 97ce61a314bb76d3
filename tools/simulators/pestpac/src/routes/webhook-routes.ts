import type { Call, Route } from '../api/route.ts';
import type { Answer } from '../api/answer.ts';
import type { Field } from '../records/field.ts';
import type { Fields } from '../records/value.ts';
import { done, found, said } from '../api/answer.ts';
import { idOf, route } from '../api/route.ts';
import { ENTITY_NAMES } from '../company/announce.ts';
import { choice, flag, maybeInt, text } from '../records/field.ts';
import { filled } from '../records/filled.ts';
import { refusal } from '../records/refusal.ts';
import { bodyOf } from './read.ts';

const WEBHOOK_FIELDS: readonly Field[] = [
  text('EntityType', 60, { required: true }),
  choice('Action', ['Create', 'Update', 'Delete', 'Void', 'Apply', 'Post'], { required: true }),
  text('PostToUrl', 500, { required: true }),
  flag('IncludeEntityBody'),
  maybeInt('BranchID'),
];

export const webhookRoutes: readonly Route[] = [
  route('GET', '/WebHooks', (call) => found(call.company.books.webhooks.all())),
  route('POST', '/WebHooks', (call) => done(call.company.books.webhooks.add(webhookOf(call)))),
  route('PUT', '/WebHooks/{id}', (call) => {
    const { webhooks } = call.company.books;
    return webhooks.get(idOf(call)) ? done(webhooks.put(idOf(call), webhookOf(call))) : NO_SUCH;
  }),
  route('DELETE', '/WebHooks/{id}', (call) => {
    return call.company.books.webhooks.remove(idOf(call)) ? done() : NO_SUCH;
  }),
];

const NO_SUCH: Answer = said(404, 'The webhook subscription was not found.');

function webhookOf(call: Call): Fields {
  const fields = filled(WEBHOOK_FIELDS, bodyOf(call, WEBHOOK_FIELDS));
  if (!ENTITY_NAMES.some((name) => name === fields['EntityType']))
    throw refusal(400, 'The entity type is not valid.', 'EntityType');
  if (!URL.canParse(String(fields['PostToUrl']))) throw refusal(400, 'PostToUrl is not valid.', 'PostToUrl');
  return fields;
}
