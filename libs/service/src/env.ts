import { readFileSync } from 'node:fs';
import { type FieldFault, HubError } from '@occ-hub/errors';
import type { z } from 'zod';

/** Environment variables as a process has them. */
export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads a process's settings once, frozen. An empty variable counts as unset; `NAME_FILE` names a mounted file that
 * holds the value. Throws one HubError(config) that lists every fault with the variable's description; never a value.
 */
export function readEnv<Shape extends z.ZodObject>(shape: Shape, env: Env): Readonly<z.output<Shape>> {
  const faults: FieldFault[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(shape.shape)) {
    const found = lookUp(name, env);
    if ('fault' in found) faults.push({ pointer: `/${name}`, message: found.fault });
    else if (found.value !== undefined) values[name] = found.value;
  }
  const parsed = shape.safeParse(values);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0] ?? '');
    if (faults.some((fault) => fault.pointer === `/${name}`)) continue;
    faults.push({ pointer: `/${name}`, message: name in values || name === '' ? issue.message : 'is not set' });
  }
  if (parsed.success && faults.length === 0) return Object.freeze(parsed.data);
  throw new HubError({ kind: 'config', code: 'service.env', message: tell(shape, faults), fields: faults });
}

/** One row per variable for the documentation: name, description, default. */
export function printEnvTable(shape: z.ZodObject): string {
  const rows = Object.entries(shape.shape).map(([name, field]) => {
    const facts = factsOf(field);
    return `| \`${name}\` | ${cell(facts.description)} | ${cell(facts.default)} |`;
  });
  return ['| variable | what it is | default |', '|---|---|---|', ...rows].join('\n') + '\n';
}

type Found = { readonly value: string | undefined } | { readonly fault: string };

function lookUp(name: string, env: Env): Found {
  const plain = env[name] || undefined;
  const file = env[`${name}_FILE`] || undefined;
  if (file === undefined) return { value: plain };
  if (plain !== undefined) return { fault: `is set twice: unset ${name} or ${name}_FILE` };
  try {
    return { value: readFileSync(file, 'utf8').replace(/\r?\n$/, '') || undefined };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return { fault: `${name}_FILE names a file that cannot be read (${code})` };
  }
}

function tell(shape: z.ZodObject, faults: readonly FieldFault[]): string {
  const lines = faults.map(({ pointer, message }) => {
    const name = pointer.slice(1);
    const field = shape.shape[name];
    const description = field === undefined ? '' : factsOf(field).description;
    return `  ${name || 'settings'}: ${message}${description && ` (${description})`}`;
  });
  return `The settings of this process are not right; set these environment variables:\n${lines.join('\n')}`;
}

interface Described {
  readonly description?: string | undefined;
  readonly def?: { readonly innerType?: Described; readonly in?: Described; readonly defaultValue?: unknown };
}

/** Description and default of a field, looked for under its wrappers: `.describe()` may come before `.default()`. */
function factsOf(field: unknown): { description: string; default: string } {
  let description = '';
  let standard: unknown;
  for (let at = field as Described | undefined; at; at = at.def?.innerType ?? at.def?.in) {
    description ||= at.description ?? '';
    standard ??= at.def?.defaultValue;
  }
  return { description, default: standard === undefined ? '' : String(standard) };
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
