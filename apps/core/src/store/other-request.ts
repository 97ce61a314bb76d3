import { HubError } from '@occ-hub/errors';

/** An Idempotency-Key that made something was used again for something else, after it was forgotten or freed. */
export function otherRequest(): HubError {
  return new HubError({
    kind: 'rejected',
    code: 'core.idempotency.other-request',
    message: 'This Idempotency-Key belongs to another request. Send this one with a key of its own.',
  });
}
