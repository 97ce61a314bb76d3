import type { Facts, Typed } from './typed-value.ts';
import { phone } from './phone.ts';
import { postalCode } from './postal-code.ts';
import { typed } from './typed-value.ts';

type Reader = (raw: string) => Typed;

const YES = new Set(['y', 'yes', 'true', 't', '1']);
const NO = new Set(['n', 'no', 'false', 'f', '0']);

const string: Reader = (raw) => typed(raw, { raw, valid: true });

const boolean: Reader = (raw) => {
  const word = raw.trim().toLowerCase();
  return typed(YES.has(word), { raw, valid: YES.has(word) || NO.has(word) });
};

const number: Reader = (raw) => {
  const digits = raw.replace(/[$,\s]/g, '');
  const valid = /^-?\d+(\.\d+)?$/.test(digits);
  return typed(valid ? Number(digits) : Number.NaN, { raw, valid });
};

const email: Reader = (raw) => {
  const parts = /^([^@\s]+)@(([^@\s.]+)(?:\.[^@\s.]+)*\.([a-z]{2,}))$/i.exec(raw.trim());
  if (!parts) return typed(raw, { raw, valid: false });
  const [, user, domain, host, tld] = parts;
  return typed(raw.trim().toLowerCase(), { raw, valid: true, user, domain, host, tld });
};

const url: Reader = (raw) => {
  const read = URL.canParse(raw) ? new URL(raw) : null;
  const facts: Facts = read ? { raw, valid: true, host: read.hostname, path: read.pathname } : { raw, valid: false };
  return typed(raw, facts);
};

/** Certificates have ids of 40 or 80 characters; the ones that begin `0.` come from Facebook. */
const trustedFormUrl: Reader = (raw) => {
  const first =
    raw
      .split(',')
      .map((one) => one.trim())
      .find((one) => one !== '') ?? raw;
  const secure = first.replace(/^http:/i, 'https:').replace(/\/+$/, '');
  const valid = /^https:\/\/cert\.trustedform\.com\/(?:[A-Za-z0-9_-]{40}|[A-Za-z0-9_-]{80}|0\.[^/\s]+)$/.test(secure);
  return typed(valid ? secure : raw, { raw, valid });
};

const state: Reader = (raw) => {
  const valid = /^[a-z]{2}$/i.test(raw.trim());
  return typed(valid ? raw.trim().toUpperCase() : raw, { raw, valid });
};

const date: Reader = (raw) => typed(raw, { raw, valid: !Number.isNaN(Date.parse(raw)) });

const READERS: Readonly<Record<string, Reader>> = {
  boolean,
  number,
  email,
  url,
  state,
  date,
  phone,
  postal_code: postalCode,
  trustedform_url: trustedFormUrl,
};

/** LeadConduit's own fields that are more than text. Everything else of a lead is a string. */
const FIELD_TYPES: Readonly<Record<string, string>> = {
  phone_1: 'phone',
  phone_2: 'phone',
  phone_3: 'phone',
  postal_code: 'postal_code',
  email: 'email',
  state: 'state',
  trustedform_cert_url: 'trustedform_url',
};

export function fieldType(field: string): string {
  return FIELD_TYPES[field] ?? 'string';
}

/** Reads what was typed in as a type of LeadConduit's; an unknown type is a string. */
export function readAs(type: string, raw: string): Typed {
  return (READERS[type] ?? string)(raw);
}
