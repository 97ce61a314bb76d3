import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { HttpProblem } from '@occ-hub/service';

/**
 * Refuses a token, or where there is none an address, that asks more often than this in a minute. Per process: it is a
 * guard against a loop gone wild, not a quota; floods are the ingress's business.
 */
export function limitRate(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    keyGenerator: (request) => request.get('authorization') ?? request.ip ?? '',
    handler: () => {
      throw new HttpProblem({
        status: 429,
        code: 'core.rate.exceeded',
        message: 'Too many requests. Wait a minute, then ask less often.',
        headers: { 'retry-after': '60' },
      });
    },
  });
}
