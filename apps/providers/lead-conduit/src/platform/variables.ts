import { flatten, valueAt } from './paths.ts';
import type { Variable, VariableType } from './contract.ts';
import { type Plain, plainOf, textKept } from './typed-value.ts';

interface Extras {
  readonly required?: true;
  readonly default?: string;
  readonly defaultFrom?: string;
}

type Line<Name extends string> = readonly [
  name: Name,
  label: string,
  type: VariableType,
  description: string,
  extras?: Extras,
];

/** Declares a module's variables, one a line, in the order and the words of LeadConduit's page. */
export function variables<const Name extends string>(lines: readonly Line<Name>[]): readonly Variable<Name>[] {
  return lines.map(([name, label, type, description, extras = {}]) => ({
    ...{ name, label, type, description, required: false },
    ...extras,
  }));
}

/** An org's own keys and their texts. */
export type OwnKeys = Readonly<Record<string, string>>;

/** Variables by name, each as plain as it can be; a wildcard (`custom.*`) is the keys below it. */
export type Read<Name extends string> = { readonly [Key in Name]: Key extends `${string}.*` ? OwnKeys : Plain };

/** Reads declared variables and paths that other steps or the platform fill. Blank is kept; missing is nothing. Never throws. */
export function readVariables<Name extends string, Path extends string>(
  vars: unknown,
  declared: readonly Variable<Name>[],
  paths: readonly Path[],
): Read<Name | Path> {
  const read = declared.map(({ name, type }) => {
    if (type === 'wildcard') return [name, keysBelow(valueAt(vars, name.replace(/\.\*$/, '')))] as const;
    const value = valueAt(vars, name);
    return [name, type === 'string' ? textKept(value) : plainOf(value)] as const;
  });
  const others = paths.map((path) => [path, plainOf(valueAt(vars, path))] as const);
  return Object.fromEntries([...read, ...others]) as Read<Name | Path>;
}

function keysBelow(holder: unknown): OwnKeys {
  const texts = flatten(holder).map(([key, value]) => [key, [plainOf(value)].flat().join(', ').trim()] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

/** The platform waits this long where an org says nothing else. */
const usualTimeoutSeconds = 360;

/** How many seconds the vendor has to answer. What is no number above zero counts as not said. */
export function timeoutSecondsOf(vars: unknown): number {
  const seconds = Number(plainOf(valueAt(vars, 'timeout_seconds')));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : usualTimeoutSeconds;
}
