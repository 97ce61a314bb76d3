/** What a lead is known by at its source. */
export interface LeadKeys {
  readonly log_number?: string;
  readonly event_id?: string;
}

/**
 * The log number and the event's id among the variables of a lead, whatever the spelling of their names (`lognumber`,
 * `log_number`, `event.id`). Blanks are none.
 */
export function leadKeysOf(variables: Readonly<Record<string, string>>): LeadKeys {
  const found = (wanted: string) =>
    Object.entries(variables).find(([name, text]) => bare(name) === wanted && text.trim() !== '')?.[1];
  const [logNumber, eventId] = [found('lognumber'), found('eventid')];
  return {
    ...(logNumber === undefined ? {} : { log_number: logNumber.trim() }),
    ...(eventId === undefined ? {} : { event_id: eventId.trim() }),
  };
}

/** True when feedback is about a lead: one of the keys that both have is the same. */
export function isAbout(
  feedback: LeadKeys & { readonly provider: string; readonly subject: string },
  lead: LeadKeys & { readonly provider: string; readonly subject: string },
): boolean {
  if (feedback.provider !== lead.provider) return false;
  const same = (a: string | undefined, b: string | undefined) => a !== undefined && a === b;
  return (
    feedback.subject === lead.subject ||
    same(feedback.log_number, lead.log_number) ||
    same(feedback.event_id, lead.event_id)
  );
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
