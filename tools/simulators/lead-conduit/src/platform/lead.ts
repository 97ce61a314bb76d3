import type { Vars } from '../module/contract.ts';
import { fieldType, readAs } from '../typed/types.ts';

/** A lead as it was submitted. */
export interface Lead {
  id: string;
  flowId: string;
  source: { id: string; name: string };
  receivedAt: string;
  receivedMs: number;
  /** What the source sent about the lead, as text. */
  fields: Record<string, string>;
  /** What earlier steps would have appended, such as `trustedform`. */
  appended: Vars;
}

/** Splits what was submitted into the lead's own fields and what comes nested beside them. */
export function submitted(sent: Readonly<Record<string, unknown>>): Pick<Lead, 'fields' | 'appended'> {
  const tree = unflattened(sent);
  const fields: Record<string, string> = {};
  const appended: Vars = {};
  for (const [name, value] of Object.entries(tree)) {
    if (name === 'lead' && isTree(value)) Object.assign(fields, texts(value));
    else if (isTree(value)) appended[name] = value;
    else Object.assign(fields, texts({ [name]: value }));
  }
  return { fields, appended };
}

/** The lead's fields as typed values. */
export function typedFields(fields: Readonly<Record<string, string>>): Vars {
  return Object.fromEntries(Object.entries(fields).map(([name, raw]) => [name, readAs(fieldType(name), raw)]));
}

function texts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const known = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [certificateName(name), String(value)]));
}

/** Web forms call the certificate whatever TrustedForm's script called it. */
function certificateName(name: string): string {
  return name.toLowerCase() === 'xxtrustedformcerturl' ? 'trustedform_cert_url' : name;
}

/** `a.b = 1` as `{ a: { b: 1 } }`. */
function unflattened(flat: Readonly<Record<string, unknown>>): Vars {
  const tree: Vars = Object.create(null) as Vars;
  for (const [name, value] of Object.entries(flat)) {
    const path = name.split('.');
    const last = path.pop() ?? name;
    let at = tree;
    for (const part of path) {
      if (!isTree(at[part])) at[part] = Object.create(null) as Vars;
      at = at[part] as Vars;
    }
    at[last] = value;
  }
  return tree;
}

function isTree(value: unknown): value is Vars {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
