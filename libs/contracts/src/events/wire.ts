import { z } from 'zod';
import { EventAttributes } from './attributes.ts';
import { eventCatalogue } from './catalogue.ts';
import type { EventDefinition, HubEvent } from './define.ts';

/** A Kafka record as any client hands it over. */
export interface WireRecord {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

export type Decoded =
  | { readonly ok: true; readonly event: HubEvent }
  | { readonly ok: false; readonly code: DecodeFault; readonly reason: string };
export type DecodeFault = 'headers-unreadable' | 'type-unknown' | 'json-unreadable' | 'data-unreadable';

const byType = new Map<string, EventDefinition>(eventCatalogue.map((definition) => [definition.type, definition]));
const plainHeaders = new Set(['traceparent']);

/** CloudEvents binary mode: attributes as headers, the data alone as value, the job's identity as key. */
export function encodeEvent(event: HubEvent): WireRecord {
  const headers: Record<string, string> = { ce_specversion: '1.0', 'content-type': 'application/json' };
  for (const [name, value] of Object.entries(event.attributes)) {
    if (value !== undefined) headers[plainHeaders.has(name) ? name : `ce_${name}`] = value;
  }
  return { key: event.attributes.subject, headers, value: JSON.stringify(event.data) };
}

/** Reads a record of any of the hub's topics. Never throws: what cannot be read comes back with a coded reason. */
export function decodeEvent(record: {
  headers: Readonly<Record<string, string | undefined>>;
  value: string | null;
}): Decoded {
  const attributes = readAttributes(record.headers);
  if (!attributes.success) return { ok: false, code: 'headers-unreadable', reason: faultsOf(attributes.error) };
  const definition = byType.get(attributes.data.type);
  if (!definition) return { ok: false, code: 'type-unknown', reason: `no event type ${attributes.data.type}` };
  let json: unknown;
  try {
    json = JSON.parse(record.value ?? '');
  } catch {
    return { ok: false, code: 'json-unreadable', reason: `${record.value?.length ?? 0} characters that are not JSON` };
  }
  const data = definition.data.safeParse(json);
  if (!data.success) return { ok: false, code: 'data-unreadable', reason: faultsOf(data.error) };
  return { ok: true, event: { attributes: attributes.data, data: data.data } };
}

function readAttributes(headers: Readonly<Record<string, string | undefined>>) {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    if (name.startsWith('ce_')) attributes[name.slice(3)] = value;
    else if (plainHeaders.has(name)) attributes[name] = value;
  }
  return EventAttributes.safeParse(attributes);
}

/** Paths and rules, never values: a reason is logged and people's data must not be. */
function faultsOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.code}`).join('; ');
}
