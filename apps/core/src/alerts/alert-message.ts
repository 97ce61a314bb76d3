import type { ConnectionAlert } from './alert.ts';
import { mailOf, type MailMessage, oneLine, type Row, timeIn } from './mail-text.ts';

/** What an alert tells, beside the alert itself. What could not be found out in time is left out. */
export interface AlertFacts {
  readonly alert: ConnectionAlert;
  /** The provider's name for people. */
  readonly title: string;
  readonly org: { readonly name: string; readonly time_zone: string };
  /** Deliveries that are not settled. */
  readonly waiting: number | undefined;
  /** Where a person goes to put it right. */
  readonly link: string | undefined;
}

/** An alert in words for people and as data for programs. */
export interface AlertMessage extends MailMessage {
  readonly hook: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

const longestReason = 500;

/** Words an alert: what happened, whose side, what to do, since when, what waits. */
export function alertMessage(facts: AlertFacts): AlertMessage {
  const { alert } = facts;
  const rows = alert.kind === 'needs-you' ? needsYou(facts) : worksAgain(facts);
  const name = oneLine(facts.org.name);
  const subject =
    alert.kind === 'needs-you' ? `${facts.title} needs you: authorize again` : `${facts.title} works again`;
  const foot = `You get this because ${name} entered this address for its alerts in OCC Hub.`;
  return {
    event: alert._id,
    mail: mailOf({ subject: `${subject} (${name})`, rows, foot }),
    hook: {
      type: alert.kind === 'needs-you' ? 'connection.needs-you' : 'connection.works-again',
      timestamp: alert.at.toISOString(),
      data: dataOf(facts),
    },
  };
}

function needsYou(facts: AlertFacts): readonly Row[] {
  const { alert, title, link } = facts;
  const where = link === undefined ? 'Open the connection in OCC Hub' : `Open ${link}`;
  return [
    ['What happened', reasonOf(alert) || `${title} does not accept the hub's access any more.`],
    ['Whose side', `${title} refuses; OCC Hub itself works. Records neither come in nor go out until it is put right.`],
    ['What to do', `${where} and authorize ${title} again.`],
    ['Since', timeIn(facts.org.time_zone, alert.at)],
    ...waitingRow(facts, `Nothing is lost: all is sent, in order, when ${title} works again.`),
  ];
}

function worksAgain(facts: AlertFacts): readonly Row[] {
  const { alert, title } = facts;
  return [
    ['What happened', `${title} accepts the hub's access again. Records come in and go out.`],
    ['What to do', 'Nothing.'],
    ['Since', timeIn(facts.org.time_zone, alert.at)],
    ...waitingRow(facts, 'All is sent now, in order.'),
  ];
}

function waitingRow({ waiting }: AlertFacts, words: string): readonly Row[] {
  if (waiting === undefined) return [];
  if (waiting === 0) return [['What waits', 'Nothing waits to be written.']];
  return [['What waits', `${waiting === 1 ? '1 write' : `${waiting} writes`}. ${words}`]];
}

function dataOf({ alert, title, org, waiting, link }: AlertFacts): Readonly<Record<string, unknown>> {
  return {
    org: alert.org,
    org_name: oneLine(org.name),
    connection: alert.connection,
    provider: alert.provider,
    provider_title: title,
    state: alert.state,
    reason: reasonOf(alert),
    since: alert.at.toISOString(),
    ...(waiting === undefined ? {} : { waiting }),
    ...(link === undefined ? {} : { link }),
  };
}

function reasonOf({ reason }: ConnectionAlert): string {
  return oneLine(reason).slice(0, longestReason);
}
