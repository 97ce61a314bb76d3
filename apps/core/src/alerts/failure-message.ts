import {
  AppointmentResulted,
  DocumentSigned,
  type EventDefinition,
  LeadSubmitted,
  NoteAdded,
  OpportunityResulted,
} from '@occ-hub/contracts';
import type { FailureAlert } from './alert.ts';
import { mailOf, type MailMessage, oneLine, type Row, timeIn } from './mail-text.ts';

/** What a mail about a failed write tells, beside the alert itself. */
export interface FailureFacts {
  readonly alert: FailureAlert;
  /** The provider's name for people. */
  readonly title: string;
  readonly org: { readonly name: string; readonly time_zone: string };
  /** Where a person looks at the write and replays it. */
  readonly link: string | undefined;
}

const longestReason = 500;

/** Words a failed write: what, which, at which step, what the vendor said, what to do. Of people it tells nothing. */
export function failureMessage({ alert, title, org, link }: FailureFacts): MailMessage {
  const name = oneLine(org.name);
  const what = wordsOf(alert.event_type);
  const where = link === undefined ? 'Open the delivery in OCC Hub' : `Open ${link}`;
  const rows: readonly Row[] = [
    ['What happened', `${what} could not be delivered to ${title}.`],
    ['Which', thingOf(alert.subject)],
    ...(alert.step === undefined ? [] : [['At which step', oneLine(alert.step)] as const]),
    ['Why', oneLine(alert.reason).slice(0, longestReason) || `${title} gave no reason.`],
    ['What to do', `${where}, put right what it says, and replay it; finished steps are not repeated.`],
    ['When', timeIn(org.time_zone, alert.at)],
  ];
  const foot = `You get this because the ${title} connection of ${name} names this address for failed deliveries.`;
  const subject = `${title}: ${what.toLowerCase()} could not be delivered (${name})`;
  return { event: alert._id, mail: mailOf({ subject, rows, foot }) };
}

const words = new Map<string, string>(
  (
    [
      [LeadSubmitted, 'A lead'],
      [NoteAdded, 'A note'],
      [DocumentSigned, 'A document'],
      [AppointmentResulted, 'The result of an appointment'],
      [OpportunityResulted, 'The result of an opportunity'],
    ] satisfies [EventDefinition, string][]
  ).map(([{ type }, said]) => [type, said]),
);

function wordsOf(eventType: string): string {
  return words.get(eventType) ?? 'A change';
}

/** What a subject (`<org>/<provider>/lead/<key>`, `<org>/<provider>/<job>`) is of. */
function thingOf(subject: string): string {
  const parts = oneLine(subject).split('/');
  const [, , kind, ...key] = parts;
  return kind === 'lead' ? `Lead ${key.join('/')}` : `Job ${parts.slice(2).join('/')}`;
}
