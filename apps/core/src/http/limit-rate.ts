import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { HttpProblem } from '@occ-hub/service';

/** Refuses an address that asks more often than this in a minute. Per process: it is a guard, not a quota. */
export function limitRate(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    handler: () => {
      throw new HttpProblem({
        status: 429,
        code: 'core.rate.exceeded',
        message: 'Too many requests from this address. Wait a minute.',
        headers: { 'retry-after': '60' },
      });
    },
  });
}
