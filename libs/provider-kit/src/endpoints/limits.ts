import { HttpProblem } from '@occ-hub/service';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** How often one endpoint is called at this replica. Each fails with 429 and when to come again. */
export interface Limits {
  address(from: string): Promise<void>;
  key(id: string): Promise<void>;
}

/** One limit for each key over all endpoints, and those of their own that endpoints have. */
export function createLimits(callsPerMinute: number): { of(endpoint: { readonly callsPerMinute?: number }): Limits } {
  const byKey = limiterOf(callsPerMinute);
  return {
    of({ callsPerMinute: own }) {
      const ownByKey = own === undefined ? undefined : limiterOf(own);
      const ownByAddress = own === undefined ? undefined : limiterOf(own);
      return {
        async address(from) {
          await consume(ownByAddress, from, 'This address calls too often');
        },
        async key(id) {
          await consume(byKey, id, 'This API key was used too often');
          await consume(ownByKey, id, 'This API key was used too often for this');
        },
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
