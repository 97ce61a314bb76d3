import type { AlertRecord, AlertTarget } from './alert.ts';
import type { AlertSettings } from './alert-settings.ts';
import type { Tried } from './tried.ts';

/** What a round of tries does with the targets that wait, by their places. */
export interface Round {
  readonly drop: readonly { readonly index: number; readonly note: string }[];
  readonly mail: readonly number[];
  readonly webhook: readonly number[];
}

const overtakenNote = 'Later news of this connection overtook it.';
const unwantedNote = 'Taken out of the settings meanwhile.';

/** Sends what waits and is still wanted. What failed before and was overtaken by later news would only mislead. */
export function planRound(
  { kind, targets, attempts }: Pick<AlertRecord, 'kind' | 'targets' | 'attempts'>,
  { settings, overtaken }: { settings: AlertSettings | null; overtaken: boolean },
): Round {
  const waiting = targets.flatMap((target, index) => (target.state === 'waiting' ? [{ target, index }] : []));
  const noteOf = (target: AlertTarget): string | undefined => {
    if (attempts > 0 && overtaken) return overtakenNote;
    // Of a failed write the settings of its connection said where it goes.
    return kind === 'delivery-failed' || isWanted(target, settings) ? undefined : unwantedNote;
  };
  const drop = waiting.flatMap(({ target, index }) => {
    const note = noteOf(target);
    return note === undefined ? [] : [{ index, note }];
  });
  const toSend = waiting.filter(({ target }) => noteOf(target) === undefined);
  const by = (channel: AlertTarget['channel']) =>
    toSend.filter(({ target }) => target.channel === channel).map(({ index }) => index);
  return { drop, mail: by('email'), webhook: by('webhook') };
}

/** How a target stands after a try. After the last one nothing waits. */
export function afterTry(tried: Tried, isLast: boolean): Pick<AlertTarget, 'state' | 'note'> {
  if (tried.sent) return { state: 'sent' };
  return { state: tried.final || isLast ? 'undelivered' : 'waiting', note: tried.note };
}

function isWanted({ channel, to }: AlertTarget, settings: AlertSettings | null): boolean {
  return channel === 'email' ? (settings?.emails.includes(to) ?? false) : settings?.webhook !== undefined;
}
