import { PassThrough } from 'node:stream';
import { HubError } from '@occ-hub/errors';
import type { VendorAnswer, VendorCall, VendorIo } from '@occ-hub/provider-kit';
import type { Connection } from 'jsforce';
import { refusalOf, restAfter } from './answers.ts';

type HttpRequest = Parameters<Connection['_transport']['httpRequest']>[0];

/** Sends a call and gives the answer if it is good; throws what `refusalOf` makes of it otherwise, and never gives up a half answer. */
export function sendTo(io: VendorIo): (call: VendorCall) => Promise<VendorAnswer> {
  return async (call) => {
    const answer = await io.send(call);
    const used = /api-usage=(\d+)\/(\d+)/.exec(answer.headers['sforce-limit-info'] ?? '');
    if (used) io.usage({ used: Number(used[1]), limit: Number(used[2]) });
    if (answer.status >= 200 && answer.status < 300) return whole(answer, call.writes);
    const refusal = refusalOf(answer, call.writes);
    const restMs = restAfter(refusal);
    if (restMs !== undefined) io.rest(restMs);
    throw refusal;
  };
}

/**
 * jsforce's way to the network. Its own one lets a cut body end the process and a stalled one hang for ever, follows the
 * environment's proxies and repeats calls as it likes; this one is the kit's.
 */
export function transportOver(send: (call: VendorCall) => Promise<VendorAnswer>) {
  return {
    httpRequest(request: HttpRequest) {
      const answer = send(callOf(request)).then(({ status, headers, text }) => ({
        statusCode: status,
        headers: headers as Record<string, string>,
        body: text,
      }));
      // jsforce connects to a stream in any case and reads it only where somebody asked for one. Nobody here does.
      return Object.assign(answer, { stream: () => new PassThrough() });
    },
  } as unknown as Connection['_transport'];
}

function callOf({ method, url, headers, body }: HttpRequest): VendorCall {
  const writes = method !== 'GET';
  return {
    method: method as VendorCall['method'],
    url,
    headers: headers ?? {},
    ...(typeof body === 'string' ? { body } : {}),
    writes,
    timeoutMs: writes ? 30_000 : 120_000,
    shown: shownOf(url, body),
  };
}

/** The query, or the names of the fields that are written: no values. */
function shownOf(url: string, body: unknown): string {
  const soql = new URL(url).searchParams.get('q');
  if (soql !== null) return soql.replace(/'(?:[^'\\]|\\.)*'/g, '•').slice(0, 600);
  return typeof body === 'string' ? Object.keys(JSON.parse(body) as object).join(', ') : '';
}

/** A body that says JSON and is not was cut on its way: jsforce would hand it on as text. */
function whole(answer: VendorAnswer, writes: boolean): VendorAnswer {
  if (answer.status === 204 || answer.text === '') return answer;
  try {
    JSON.parse(answer.text);
    return answer;
  } catch (cause) {
    throw new HubError({
      kind: 'transient',
      code: 'improveit360.answer-unreadable',
      message: 'Salesforce answered something that is not its API’s language. The hub tries again by itself.',
      mayHaveApplied: writes,
      cause,
    });
  }
}
