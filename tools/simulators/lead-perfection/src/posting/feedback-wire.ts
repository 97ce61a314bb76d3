import { hashOf } from '@occ-hub/simulator-stage';
import type { FeedbackStyle } from './posting-switches.ts';

/** A feedback message ready to be sent. */
export interface WireMessage {
  method: 'GET' | 'POST';
  url: string;
  contentType: string | null;
  body: string | null;
}

/** Spells and encodes a message. `seed` decides what a wobbling message looks like. */
export function onTheWire(
  fields: Readonly<Record<string, string>>,
  to: { url: string; style: FeedbackStyle; seed: string },
): WireMessage {
  const { style } = to;
  const url = new URL(to.url);
  const sent = Object.entries(fields).filter(([name]) => style.eventId === 'body' || name !== 'EventID');
  if (style.eventId === 'query') url.searchParams.set('event_id', fields['EventID'] ?? '');
  const spelt = sent.map(([name, value]) => [spell(name, style.keys, to.seed), value] as [string, string]);
  switch (style.as) {
    case 'query':
      for (const [name, value] of spelt) url.searchParams.set(name, value);
      return { method: 'GET', url: url.href, contentType: null, body: null };
    case 'form':
      return post(url, 'application/x-www-form-urlencoded', new URLSearchParams(spelt).toString());
    case 'json':
      return post(url, 'application/json', JSON.stringify(Object.fromEntries(spelt)));
    case 'xml':
      return post(url, 'text/xml; charset=utf-8', xmlOf(spelt));
  }
}

function post(url: URL, contentType: string, body: string): WireMessage {
  return { method: 'POST', url: url.href, contentType, body };
}

function xmlOf(fields: readonly [string, string][]): string {
  const inner = fields.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('');
  return `<?xml version="1.0" encoding="utf-8"?><feedback>${inner}</feedback>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function spell(name: string, keys: FeedbackStyle['keys'], seed: string): string {
  const how = keys === 'wobble' ? (['documented', 'lower', 'upper', 'mixed'] as const)[hashOf(seed) % 4] : keys;
  if (how === 'lower') return name.toLowerCase();
  if (how === 'upper') return name.toUpperCase();
  if (how === 'mixed') return hashOf(seed + name) % 2 ? name.toUpperCase() : name.toLowerCase();
  return name;
}
