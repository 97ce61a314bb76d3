import type { Vars } from '../module/contract.ts';

/** What lies at a dotted path; undefined when nothing does. */
export function valueAt(vars: Vars, path: string): unknown {
  let found: unknown = vars;
  for (const part of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Vars)[part];
  }
  return found;
}

/** Puts a value at a dotted path, making room on the way. */
export function putAt(vars: Vars, path: string, value: unknown): void {
  const parts = path.split('.');
  const last = parts.pop() ?? path;
  let place = vars;
  for (const part of parts) {
    const next = Object.hasOwn(place, part) ? place[part] : undefined;
    if (typeof next !== 'object' || next === null) {
      Object.defineProperty(place, part, { value: {}, enumerable: true, writable: true, configurable: true });
    }
    place = place[part] as Vars;
  }
  Object.defineProperty(place, last, { value, enumerable: true, writable: true, configurable: true });
}
