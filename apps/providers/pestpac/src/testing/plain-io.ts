import { HubError } from '@occ-hub/errors';
import type { Login, VendorAnswer, VendorCall, VendorIo } from '@occ-hub/provider-kit';

/** What a client asked of its io. */
export interface PlainIo {
  readonly io: VendorIo;
  readonly sent: VendorCall[];
  /** Logins made. */
  logins(): number;
  /** Rests asked for, ms. */
  readonly rests: number[];
}

export interface PlainIoOptions {
  /** Answers in the place of a vendor. Absent: calls go out over HTTP. */
  readonly answer?: (call: VendorCall, nth: number) => VendorAnswer;
  /** Shorter than the client's, ms. */
  readonly timeoutMs?: number;
  readonly clock?: () => number;
}

/** An io without the kit: one process, one token, no store. A call without a whole answer is `transient`, as the kit has it. */
export function plainIo({ answer, timeoutMs, clock = () => 0 }: PlainIoOptions = {}): PlainIo {
  const sent: VendorCall[] = [];
  const rests: number[] = [];
  let logins = 0;
  async function send(call: VendorCall): Promise<VendorAnswer> {
    sent.push(call);
    if (answer) return answer(call, sent.length);
    try {
      const signal = AbortSignal.timeout(timeoutMs ?? call.timeoutMs);
      const init = {
        method: call.method,
        headers: { ...call.headers },
        body: (call.body as string | undefined) ?? null,
      };
      const response = await fetch(call.url, { ...init, signal, redirect: 'manual' });
      return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
    } catch (cause) {
      const words = { code: 'pestpac.connection.lost', message: 'No whole answer came.' };
      throw new HubError({ kind: 'transient', ...words, mayHaveApplied: call.writes, cause });
    }
  }
  function tokens(login: () => Promise<Login>): ReturnType<VendorIo['tokens']> {
    let held: string | undefined;
    const fresh = async () => {
      logins += 1;
      return (held = (await login()).token);
    };
    return {
      current: async () => held ?? fresh(),
      replacementFor: async (refused) => (held !== undefined && held !== refused ? held : fresh()),
    };
  }
  const io = { send, tokens, clock, rest: (ms: number) => rests.push(ms) } as unknown as VendorIo;
  return { io, sent, rests, logins: () => logins };
}

/** An answer of JSON. */
export function json(body: unknown, status = 200): VendorAnswer {
  return { status, headers: {}, text: JSON.stringify(body) };
}
