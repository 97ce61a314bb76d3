import type { SentFeedback } from './inbound-lead.ts';
import type { WireMessage } from './feedback-wire.ts';

const TIMEOUT_MS = 30_000;
const ANSWER_KEPT = 4000;

/** Sends one message once. Never throws: what went wrong is part of the result. */
export async function sendFeedback(
  message: WireMessage,
  how: { headers: Readonly<Record<string, string>>; stopping: AbortSignal },
): Promise<Pick<SentFeedback, 'status' | 'answer' | 'error' | 'ms'>> {
  const started = performance.now();
  const sinceStart = (): number => Math.round((performance.now() - started) * 10) / 10;
  try {
    const answer = await fetch(message.url, {
      method: message.method,
      headers: { ...how.headers, ...(message.contentType ? { 'content-type': message.contentType } : {}) },
      ...(message.body === null ? {} : { body: message.body }),
      signal: AbortSignal.any([how.stopping, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = (await answer.text()).slice(0, ANSWER_KEPT);
    return { status: answer.status, answer: text, error: null, ms: sinceStart() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return {
      status: null,
      answer: '',
      error: cause instanceof Error ? cause.message : String(cause),
      ms: sinceStart(),
    };
  }
}
