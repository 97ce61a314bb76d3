import type { Body } from './request-body.ts';

const SECRET = new Set(['password', 'appkey']);
const TEXT_KEPT = 2000;

/** Parameters fit for the log: secrets masked, file bytes only counted, long texts cut. Names are in lower case. */
export function loggedParams(body: Body): Record<string, unknown> {
  if (!('params' in body)) return { body: body.kind };
  const logged: Record<string, unknown> = {};
  for (const [name, value] of body.params) logged[name] = loggedValue(name, value);
  return logged;
}

function loggedValue(name: string, value: unknown): unknown {
  if (SECRET.has(name)) return '•••';
  if (Array.isArray(value)) return `<array of ${value.length}>`;
  if (name === 'filebytes') return `<${typeof value}>`;
  return typeof value === 'string' && value.length > TEXT_KEPT ? `${value.slice(0, TEXT_KEPT)}…` : value;
}
