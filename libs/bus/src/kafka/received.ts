import { isUtf8 } from 'node:buffer';
import { decodeEvent, type HubEvent } from '@occ-hub/contracts';
import type { RawHeaders, RawRecord } from './dead-letter.ts';

/** An event as a handler gets it, with where it lay. */
export interface Received {
  readonly event: HubEvent;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

export type Reading =
  | { readonly ok: true; readonly received: Received }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Reads a record's event. Never throws: what cannot be read has a code, and words that hold none of its data. */
export function readRecord(record: RawRecord): Reading {
  const { topic, partition, offset, value } = record;
  if (value !== null && !isUtf8(value)) {
    // Decoding would put replacement characters into somebody's name and go on.
    return { ok: false, code: 'bus.bytes-unreadable', message: `${value.length} bytes that are not UTF-8` };
  }
  const decoded = decodeEvent({
    headers: textOf(record.headers),
    value: value === null ? null : value.toString('utf8'),
  });
  if (!decoded.ok) return { ok: false, code: `bus.${decoded.code}`, message: decoded.reason };
  return { ok: true, received: { event: decoded.event, topic, partition, offset } };
}

function textOf(headers: RawHeaders): Record<string, string | undefined> {
  const text: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    text[name] = first?.toString();
  }
  return text;
}
