type Holder = Record<string, unknown>;

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** Where a dotted path ends in `vars`: exact names first, then in any case of letters. Nothing when it is not there. */
export function placeOf(vars: unknown, path: string): { holder: Holder; key: string } | undefined {
  const parts = path.split('.');
  let holder: unknown = vars;
  for (const [index, part] of parts.entries()) {
    if (!isHolder(holder)) return undefined;
    const key = keyOf(holder, part);
    if (key === undefined) return undefined;
    if (index === parts.length - 1) return { holder, key };
    holder = holder[key];
  }
  return undefined;
}

/** The value at a dotted path of `vars`, or nothing. Never throws. */
export function valueAt(vars: unknown, path: string): unknown {
  const place = placeOf(vars, path);
  return place && place.holder[place.key];
}

function keyOf(holder: Holder, name: string): string | undefined {
  if (Object.hasOwn(holder, name)) return name;
  return Object.keys(holder).find((key) => key.toLowerCase() === name);
}

/** No variable of LeadConduit's lies deeper; what does was made to exhaust us. */
const deepest = 20;

/** Names that would reach an object's ancestors instead of the object. */
const unsafe = new Set(['__proto__', 'constructor', 'prototype']);

/** `{ 'lead.city': … }` → `{ lead: { city: … } }`, as LeadConduit reads the keys of a form. Unsafe and bottomless names are dropped. */
export function unflatten(flat: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const made: Holder = {};
  for (const [path, value] of flat) {
    const parts = path.split('.');
    if (parts.length > deepest || parts.some((part) => unsafe.has(part))) continue;
    const last = parts.pop()!;
    let holder = made;
    for (const part of parts) {
      if (!isHolder(holder[part])) holder[part] = {};
      holder = holder[part] as Holder;
    }
    if (!isHolder(holder[last])) holder[last] = value;
  }
  return made;
}

/** `{ lead: { city: … } }` → `['lead.city', …]`, the values as they are; lists are values. Unsafe and bottomless names are dropped. */
export function flatten(nested: unknown, prefix = '', depth = 0): [string, unknown][] {
  if (!isPlainHolder(nested) || depth > deepest) return [];
  return Object.entries(nested).flatMap(([key, value]) => {
    if (unsafe.has(key)) return [];
    return isPlainHolder(value)
      ? flatten(value, `${prefix}${key}.`, depth + 1)
      : [[`${prefix}${key}`, value] as [string, unknown]];
  });
}

function isPlainHolder(value: unknown): value is Holder {
  return isHolder(value) && Object.prototype.toString.call(value) === '[object Object]';
}
