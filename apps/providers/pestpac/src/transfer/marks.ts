/** What a run writes into its records, so that they can be found again after an answer got lost. */
export interface Marks {
  /** ClickPoint's id of the lead. */
  readonly lead: string;
  /** Stays the same for one run, e.g. the delivery's id. */
  readonly run: string;
}

const longestKey = 50;

/** Stands at the end of a text that people may write in. */
export function mark(run: string): string {
  return `[cp:${run}]`;
}

/** `InternalIdentifier` of a location that was created for a lead. An id that is too long keeps its end, which tells ids apart. */
export function locationKey(lead: string): string {
  return `cp:${lead.slice(-(longestKey - 3))}`;
}

/** `ExternalIdentifier` of a one-time service. */
export function orderKey(run: string): string {
  return `cp:${run.slice(-(longestKey - 3))}`;
}

/** A text with the run's mark behind it, within the field's length. */
export function marked(text: string | undefined, run: string, max = Infinity): string {
  const end = mark(run);
  if (!text) return end;
  const room = max - end.length - 1;
  return `${text.length > room ? text.slice(0, room).replace(/[\uD800-\uDBFF]$/, '') : text}\n${end}`;
}
