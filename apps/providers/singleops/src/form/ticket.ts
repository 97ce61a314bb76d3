import { z } from 'zod';

/**
 * What a page of the form carries along, sealed, so that nothing has to be stored: that the form came from here, when, and
 * which form it was. Nobody else can make one, so nothing can be posted that was not asked for here first.
 */
export interface Ticket {
  readonly id: string;
  /** When the page was made, milliseconds since 1970. */
  readonly at: number;
}

/** A person needs longer than this to fill in the form; what is faster is asked again. */
export const shortestMs = 2_000;
export const longestMs = 2 * 60 * 60_000;

const Sealed = z.object({ form_id: z.uuid(), form_at: z.coerce.number().int() });

export function sealedTicket(ticket: Ticket): Record<string, string> {
  return { form_id: ticket.id, form_at: String(ticket.at) };
}

/** Reads what was unsealed; undefined where it is no ticket of the form's. */
export function ticketOf(unsealed: Readonly<Record<string, string>>): Ticket | undefined {
  const { data } = Sealed.safeParse(unsealed);
  return data && { id: data.form_id, at: data.form_at };
}

/** Why a form with this ticket is not taken as it is; undefined when it is. */
export function ticketFault(ticket: Ticket | undefined, now: number): string | undefined {
  if (ticket === undefined) return 'This form could not be recognised. Please send it again.';
  if (now - ticket.at > longestMs) return 'This form was open for a long time. Please look it over and send it again.';
  if (now - ticket.at < shortestMs) return 'That was very quick. Please look it over and send it again.';
  return undefined;
}
