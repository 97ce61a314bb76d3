const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs far more than using it, and a page of leads needs one for every row. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
  formats.set(zone, format);
  return format;
}

/** `2020-12-13T15:09:22.000-05:00`: an instant on the wall clock of a zone, with its offset. */
export function isoInZone(epochMs: number, zone: string): string {
  const found = new Map(
    formatOf(zone)
      .formatToParts(epochMs)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => found.get(type) ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  const ms = String(((epochMs % 1000) + 1000) % 1000).padStart(3, '0');
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  return `${day}T${part('hour')}:${part('minute')}:${part('second')}.${ms}${offset}`;
}
