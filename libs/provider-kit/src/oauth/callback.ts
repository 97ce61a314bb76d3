import { createHash, timingSafeEqual } from 'node:crypto';
import { isHubError } from '@occ-hub/errors';
import { type BeginParts, pendingRecord } from './begin.ts';
import { type Ending, endings } from './endings.ts';
import { type KeepParts, keepConsent, settingsOf } from './keep-consent.ts';
import type { Pending } from './pending.store.ts';

export interface CallbackParts extends BeginParts, KeepParts {}

/** What came to the callback. */
export interface Came {
  readonly query: URLSearchParams;
  /** The secret of the browser that came, from its cookie. */
  readonly browser: string | undefined;
}

/**
 * Ends an authorization: whoever comes has to bring a state of ours that was not used, in the browser that began it.
 * Then the code is exchanged, once, and the grant is kept. Never throws: whatever went wrong is an ending that a person
 * can read.
 */
export async function endConsent(parts: CallbackParts, came: Came): Promise<Ending> {
  try {
    return await endNow(parts, came);
  } catch (error) {
    parts.log.error({ error, outcome: 'failed' }, 'an authorization could not be ended');
    return endings.failedHere;
  }
}

async function endNow(parts: CallbackParts, { query, browser }: Came): Promise<Ending> {
  const { states, pendings, consents } = parts;
  const state = only(query, 'state');
  if (state === undefined) return endings.notOurs;
  const read = await states.read(state);
  if ('refused' in read) return read.refused === 'expired' ? endings.tooLate : endings.notOurs;
  const begun = await pendings.get(read.pending);
  if (!begun) return endings.used;
  // Whoever comes without the cookie (a scanner of links, a preview) uses nothing up.
  if (!isSameBrowser(begun, browser)) return endings.otherBrowser;
  return consents.work.run(async () => {
    const pending = await pendings.take(read.pending);
    return pending ? endOf(parts, pending, { query, state }) : endings.used;
  });
}

async function endOf(
  parts: CallbackParts,
  pending: Pending,
  { query, state }: { query: URLSearchParams; state: string },
): Promise<Ending> {
  const { consents } = parts;
  const { title } = consents.vendor;
  const error = only(query, 'error');
  if (error !== undefined) {
    const fault = { error: error.slice(0, 60), description: (only(query, 'error_description') ?? '').slice(0, 300) };
    const denied = /^access.denied$/.test(error);
    return denied ? endings.denied(title, consents.words(fault)) : endings.refused(title, consents.words(fault));
  }
  const code = only(query, 'code');
  return code === undefined ? endings.notOurs : finish(parts, pending, { state, code });
}

/** A parameter that came once and is not empty. */
function only(query: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = query.getAll(name);
  return value !== '' && more.length === 0 ? value : undefined;
}

function isSameBrowser({ browser }: Pending, secret: string | undefined): boolean {
  const came = createHash('sha256')
    .update(secret ?? '')
    .digest();
  const began = Buffer.from(browser, 'hex');
  return secret !== undefined && began.length === came.length && timingSafeEqual(began, came);
}

/** A stop waits for it: an exchanged code brings tokens that lie nowhere else. */
async function finish(
  parts: CallbackParts,
  pending: Pending,
  { state, code }: { state: string; code: string },
): Promise<Ending> {
  const { consents, vault } = parts;
  const settings = await settingsOf(parts, pending);
  if (!settings) return endings.settingsChanged;
  const app = consents.appOf(settings);
  const verifier = pending.verifier && ((await vault.open(pendingRecord(pending._id), pending.verifier)) as string);

  const came = new URL(consents.callbackUrl);
  came.search = new URLSearchParams({ code, state }).toString();
  const { title } = consents.vendor;
  try {
    const answer = await consents.callsOf(app).exchange(came, { state, verifier: verifier ?? undefined });
    if ('fault' in answer) return endings.refused(title, consents.words(answer.fault));
    return await keepConsent(parts, pending, { app, tokens: answer.tokens });
  } catch (error) {
    if (!isHubError(error, 'transient')) throw error;
    parts.log.warn({ connectionId: pending.connection, error }, 'the vendor did not answer an authorization');
    return endings.vendorAway(title);
  }
}
