import type { Appended, HttpResponse } from '../../platform/contract.ts';
import { cut, faultOfStatus, wordsOfPage } from '../answers.ts';

/** A lead that LeadPerfection's page turns down, by its words or by a 4xx: nobody has published which it is. Change it here. */
const refused = 'failure';

/** The one word of success of LeadPerfection's classic pages, in any case of letters. */
const accepted = /\[ok\]/i;

/**
 * What a classic page said: `[OK]` is success, anything else a failure with the page's own words. `secrets` are taken out
 * of those words, should the page show what it was sent.
 */
export function pageAnswer(res: HttpResponse | undefined, secrets: readonly string[]): Appended {
  const fault = faultOfStatus(res, { refusedStatus: refused });
  if (fault === undefined && accepted.test(res!.body)) return { outcome: 'success' };
  const said = fault?.reason ?? wordsOfPage(res!.body);
  const safe = secrets.filter(Boolean).reduce((text, secret) => text.replaceAll(secret, '***'), said);
  return { outcome: fault?.outcome ?? refused, reason: cut(safe) || 'LeadPerfection gave an empty answer' };
}
