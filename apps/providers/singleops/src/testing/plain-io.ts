import { HubError } from '@occ-hub/errors';
import type { VendorAnswer, VendorCall, VendorIo } from '@occ-hub/provider-kit';

export interface PlainIo {
  readonly calls: readonly VendorCall[];
  /** Puts its clock forward. */
  readonly pass: (ms: number) => void;
}

/** Calls over plain HTTP, without the kit's budget; a lost answer is told as the kit tells it. No redirect is followed. */
export function plainIo(): VendorIo & PlainIo {
  let now = 0;
  const calls: VendorCall[] = [];
  const send = async (call: VendorCall): Promise<VendorAnswer> => {
    calls.push(call);
    const { method, url, headers = {}, body, timeoutMs, writes } = call;
    const signal = AbortSignal.timeout(Math.min(timeoutMs, 1_500));
    const sent = { method, headers, redirect: 'manual', signal } as const;
    try {
      const answer = await fetch(url, body === undefined ? sent : { ...sent, body: body as string });
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
    } catch (cause) {
      throw new HubError({ kind: 'transient', code: 'test.lost', message: 'lost', mayHaveApplied: writes, cause });
    }
  };
  const pass = (ms: number) => void (now += ms);
  return { calls, pass, send, rest: () => undefined, clock: () => now } as unknown as VendorIo & PlainIo;
}
