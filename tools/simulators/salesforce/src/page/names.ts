/** The name of an object or a field as a person reads it: without the package's prefix and suffix. */
export function shortName(name: string): string {
  return name
    .replace(/^i360core__/, '')
    .replace(/__[cr]$/, '')
    .replaceAll('_', ' ');
}

/** A date-time of the API as a person reads it, to the minute and in UTC. */
export function shortTime(text: unknown): string {
  return typeof text === 'string' ? text.slice(0, 16).replace('T', ' ') : '—';
}
