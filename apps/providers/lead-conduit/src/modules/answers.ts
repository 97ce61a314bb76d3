import type { Appended, HttpResponse, Outcome } from '../platform/contract.ts';

const longestReason = 250;

/** A reason that a person can read: one line, not too long. */
export function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longestReason ? line : `${line.slice(0, longestReason - 1).trimEnd()}…`;
}

/** A page's words without its tags. */
export function wordsOfPage(body: string): string {
  const bare = body.replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ').replace(/<[^<>]*>/g, ' ');
  return bare.replaceAll('&nbsp;', ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * What the HTTP status alone says, or nothing when it is 2xx and the body must be read. `refusedStatus` is what a 4xx
 * counts as: nobody has published it for either door.
 */
export function faultOfStatus(
  res: HttpResponse | undefined,
  { refusedStatus }: { refusedStatus: Exclude<Outcome, 'success'> },
): Appended | undefined {
  if (res === undefined) return { outcome: 'error', reason: 'LeadPerfection gave no answer' };
  if (res.status >= 200 && res.status < 300) return undefined;
  if (res.status >= 500) return { outcome: 'error', reason: 'Server error' };
  const said = cut(wordsOfPage(res.body ?? '')) || `LeadPerfection answered with HTTP status ${res.status}`;
  return { outcome: res.status >= 400 ? refusedStatus : 'error', reason: said };
}
