import { HttpProblem } from '@occ-hub/service';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Endpoint } from '../endpoint.ts';
import { networkOf } from './network-of.ts';

/** Counts a call of one endpoint at this replica; fails with 429 and when to come again where there were too many. */
export type Allow = (call: { readonly key: string; readonly from: string; readonly method: string }) => Promise<void>;

type Limited = Pick<Endpoint<never, never>, 'callsPerMinute' | 'callsPerMinuteOfAddress'>;

/** One limit for each key over all endpoints, and those that endpoints have for each key from each address. */
export function createLimits(callsPerMinute: number): { of(endpoint: Limited): Allow } {
  const byKey = limiterOf(callsPerMinute);
  return {
    of({ callsPerMinute: own, callsPerMinuteOfAddress: ofAddress = {} }) {
      const byCaller = own === undefined ? undefined : limiterOf(own);
      const byMethod = new Map(Object.entries(ofAddress).map(([method, most]) => [method, limiterOf(most)]));
      return async ({ key, from, method }) => {
        const caller = `${key} ${networkOf(from)}`;
        // Before the key's: what one address may not send must not use up what all others may.
        await consume(byMethod.get(method), caller, 'This was called too often from this address');
        await consume(byCaller, caller, 'This was called too often from this address');
        await consume(byKey, key, 'This API key was used too often');
      };
    },
  };
}

function limiterOf(points: number): RateLimiterMemory {
  return new RateLimiterMemory({ points, duration: 60 });
}

async function consume(limiter: RateLimiterMemory | undefined, who: string, what: string): Promise<void> {
  await limiter?.consume(who).catch(() => {
    const message = `${what} within a minute. Wait a minute.`;
    throw new HttpProblem({ status: 429, code: 'http.too-many', message, headers: { 'retry-after': '60' } });
  });
}
