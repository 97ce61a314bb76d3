import { Readable } from 'node:stream';
import { type Clock, isInsideHost, publicLookup } from '@occ-hub/service';
import { Pool } from 'undici';
import { type VendorName, insideFault, networkFault } from './classify.ts';
import { describeBody, hideSecrets } from './describe-body.ts';
import { currentSignal, noteExchange } from './exchanges.ts';
import type { VendorAnswer, VendorCall } from './vendor-io.ts';

/** The pools of one provider process, one per vendor host (two, where some calls go to public addresses only): global fetch costs ten times as much. */
export interface VendorSender {
  send(call: VendorCall): Promise<VendorAnswer>;
  stop(): Promise<void>;
}

export interface SenderOptions {
  readonly vendor: VendorName;
  readonly clock: Clock;
  readonly connectionsPerHost: number;
}

/** A window of ten thousand appointments is about ten megabytes. */
const largestAnswer = 256 * 1024 * 1024;

/** Sends calls; a call that brings no whole answer fails as `transient`, saying whether it may have applied. */
export function createVendorSender({ vendor, clock, connectionsPerHost }: SenderOptions): VendorSender {
  const pools = new Map<string, Pool>();
  // Pools of their own: a connection that was made without the check must not be used by a call that asks for it.
  const poolFor = (origin: string, publicOnly: boolean): Pool => {
    const key = publicOnly ? `public ${origin}` : origin;
    const known = pools.get(key);
    if (known) return known;
    // No pipelining: a lost connection must leave one call in doubt, not many.
    const pool = new Pool(origin, {
      connections: connectionsPerHost,
      pipelining: 1,
      // HTTP/1.1 alone: over HTTP/2 a server's GOAWAY takes every call on the connection along.
      allowH2: false,
      connect: { timeout: 5_000, ...(publicOnly ? { lookup: publicLookup } : {}) },
      maxResponseSize: largestAnswer,
    });
    pools.set(key, pool);
    return pool;
  };

  async function exchange(call: VendorCall): Promise<VendorAnswer> {
    const url = new URL(call.url);
    const { publicOnly = false } = call;
    // Of an address nothing is looked up.
    if (publicOnly && isInsideHost(url)) throw insideFault(vendor);
    const errand = currentSignal();
    const { statusCode, headers, body } = await poolFor(url.origin, publicOnly).request({
      path: `${url.pathname}${url.search}`,
      method: call.method,
      headers: { ...call.headers },
      body: call.body === undefined || typeof call.body === 'string' ? (call.body ?? null) : Readable.from(call.body),
      signal: AbortSignal.any([AbortSignal.timeout(call.timeoutMs), ...(errand ? [errand] : [])]),
      headersTimeout: call.timeoutMs,
      bodyTimeout: call.timeoutMs,
    });
    return { status: statusCode, headers: singleHeaders(headers), text: await body.text() };
  }

  return {
    async send(call) {
      const startedAt = clock();
      const note = (answer: string, status?: number) =>
        noteExchange({
          method: call.method,
          path: new URL(call.url).pathname,
          request: call.shown ?? '',
          ...(status === undefined ? {} : { status }),
          answer,
          ms: clock() - startedAt,
        });
      try {
        const answer = await exchange(call);
        note(describeBody(answer.text, hideSecrets(call.secrets ?? [])), answer.status);
        return answer;
      } catch (error) {
        const fault = networkFault(error, vendor, call.writes);
        note(fault.message);
        throw fault;
      }
    },
    async stop() {
      await Promise.allSettled([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

function singleHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
