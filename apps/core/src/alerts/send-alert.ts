import { backoffMs } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import { allEnded } from './all-ended.ts';
import type { AlertRecord, AlertTarget } from './alert.ts';
import type { AlertSettings } from './alert-settings.ts';
import type { AlertSettingsStore } from './alert-settings.store.ts';
import type { AlertStore } from './alert.store.ts';
import type { MailMessage } from './mail-text.ts';
import type { MailChannel } from './mail-channel.ts';
import { afterTry, planRound, type Round } from './plan-round.ts';
import { failed, type Tried } from './tried.ts';
import type { WebhookChannel } from './webhook-channel.ts';
import { wordAlert, wordFailure, type WordParts } from './word-alert.ts';

export interface SendParts extends WordParts {
  readonly alerts: Pick<AlertStore, 'isOvertaken' | 'mark' | 'endRound'>;
  readonly alertSettings: Pick<AlertSettingsStore, 'find'>;
  readonly mail: Pick<MailChannel, 'send'>;
  readonly webhook: Pick<WebhookChannel, 'send'>;
  /** Ends the tries under way: they count as failed. */
  readonly stopping: AbortSignal;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly observe?: (end: AlertEnd) => void;
}

/** How a target of an alert stands after a round; the code says why it failed. */
export interface AlertEnd {
  readonly alert: AlertRecord;
  readonly channel: AlertTarget['channel'];
  readonly state: AlertTarget['state'];
  readonly code: string | undefined;
}

/** Delays double from 5 s to 30 min, for a day. */
const pace = { attempts: Infinity, firstDelayMs: 5_000, longestDelayMs: 1_800_000 };
const giveUpMs = 86_400_000;

/**
 * One round for one alert: every channel that waits is tried, none waits for another, and each end is kept as it comes.
 * At least once: a kill between a sending and its mark sends again, under the same id. After a day what failed is given up.
 */
export async function sendAlert(parts: SendParts, alert: AlertRecord): Promise<void> {
  const { alerts, alertSettings, clock } = parts;
  const [settings, overtaken] = await Promise.all([alertSettings.find(alert.org), alerts.isOvertaken(alert)]);
  const round = planRound(alert, { settings, overtaken });
  const isLast = clock() - alert.raised_at.getTime() >= giveUpMs;
  const mark = async (index: number, change: Pick<AlertTarget, 'state' | 'note'>, code?: string): Promise<boolean> => {
    const { channel, to } = alert.targets[index] as AlertTarget;
    await alerts.mark(alert._id, index, { channel, to, ...change, at: new Date(clock()) });
    parts.observe?.({ alert, channel, state: change.state, code });
    return change.state === 'waiting';
  };
  const tries = await begin(parts, { alert, settings, round });
  const waits = await allEnded([
    ...round.drop.map(({ index, note }) => mark(index, { state: 'dropped', note })),
    ...tries.map(async ({ index, trying }) => {
      const tried = await trying;
      return mark(index, afterTry(tried, isLast), tried.sent ? undefined : tried.code);
    }),
  ]);
  const attempts = alert.attempts + 1;
  const dueAt = waits.some(Boolean) ? nextTry(parts, alert, attempts) : undefined;
  await alerts.endRound(alert._id, { attempts, dueAt });
}

interface Beginning {
  readonly alert: AlertRecord;
  readonly settings: AlertSettings | null;
  readonly round: Round;
}

/** Begins all tries of a round at once. */
async function begin(
  parts: SendParts,
  { alert, settings, round }: Beginning,
): Promise<readonly { index: number; trying: Promise<Tried> }[]> {
  if (round.mail.length + round.webhook.length === 0) return [];
  if (alert.kind === 'delivery-failed') {
    return mailing(parts, { alert, round, message: await wordFailure(parts, alert) });
  }
  if (settings === null) return [];
  const message = await wordAlert(parts, alert);
  return [
    ...mailing(parts, { alert, round, message }),
    ...round.webhook.map((index) => ({
      index,
      trying: parts.webhook.send({ settings, message, stopping: parts.stopping }),
    })),
  ];
}

function mailing(
  { mail, stopping }: SendParts,
  { alert, round, message }: Omit<Beginning, 'settings'> & { message: MailMessage },
) {
  if (round.mail.length === 0) return [];
  const addressOf = (index: number) => alert.targets[index]?.to ?? '';
  const sending = mail.send({ to: round.mail.map(addressOf), message, stopping });
  return round.mail.map((index) => {
    const trying = sending.then(
      (ends) => ends.get(addressOf(index)) ?? failed('unknown', 'The mail server said nothing of it.'),
    );
    return { index, trying };
  });
}

/** The last try falls on the end of the day, not somewhere before it. */
function nextTry({ clock, random }: SendParts, { raised_at }: AlertRecord, attempts: number): Date {
  const end = raised_at.getTime() + giveUpMs;
  const next = clock() + backoffMs(attempts, pace, random());
  return new Date(clock() < end ? Math.min(next, end) : next);
}
