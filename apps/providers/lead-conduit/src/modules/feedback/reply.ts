import Negotiator from 'negotiator';
import type { InboundRequest, InboundResponse } from '../../platform/contract.ts';
import { unflatten, valueAt } from '../../platform/paths.ts';
import { type Plain, plainOf } from '../../platform/typed-value.ts';
import { writeResult } from './xml.ts';

const formats = ['application/json', 'text/xml', 'application/xml'] as const;

/** A header's value in whatever case its name is written; empty when it is not there. */
export function headerOf({ headers }: Pick<InboundRequest, 'headers'>, name: string): string {
  const found = Object.entries(headers ?? {}).find(([header]) => header.toLowerCase() === name);
  return found?.[1]?.trim() ?? '';
}

/** The format that the request asks for, JSON when it asks for none; nothing when we have none of those it takes. */
export function formatFor(req: Pick<InboundRequest, 'headers'>): (typeof formats)[number] | undefined {
  const accept = headerOf(req, 'accept') || '*/*';
  return new Negotiator({ headers: { accept } }).mediaType([...formats]) as (typeof formats)[number] | undefined;
}

const usualFields = ['outcome', 'reason', 'lead.id', 'price'];

/** The answer to feedback: 201 with the appended fields, or with those of `fieldIds`. A reason is told of what is no success. */
export function replyTo(req: InboundRequest, vars: unknown, fieldIds: readonly string[] = []): InboundResponse {
  const outcome = plainOf(valueAt(vars, 'outcome')) ?? 'success';
  const told: Readonly<Record<string, Plain | null>> = {
    outcome,
    reason: outcome === 'success' ? null : (plainOf(valueAt(vars, 'reason')) ?? null),
    price: plainOf(valueAt(vars, 'price')) ?? 0,
  };
  const names = fieldIds.length > 0 ? fieldIds : usualFields;
  const values = names.map((name) => [name, name in told ? told[name] : plainOf(valueAt(vars, name))] as const);
  return written(formatFor(req) ?? 'application/json', unflatten(values.filter(([, value]) => value !== undefined)));
}

// The length is one of bytes: a name with an accent is longer than its characters.
function written(format: (typeof formats)[number], parts: Readonly<Record<string, unknown>>): InboundResponse {
  const body = format === 'application/json' ? JSON.stringify(parts) : writeResult(parts);
  const headers = { 'Content-Type': `${format}; charset=utf-8`, 'Content-Length': String(Buffer.byteLength(body)) };
  return { status: 201, headers, body };
}
