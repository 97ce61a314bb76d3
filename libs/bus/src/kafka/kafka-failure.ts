import { HubError, isHubError } from '@occ-hub/errors';

/** What a kafkajs error means to the hub: transient, as nothing that Kafka does is the event's fault but its size. */
export function kafkaFailure(error: unknown): HubError {
  if (isHubError(error)) return error;
  if (typesOf(error).includes('MESSAGE_TOO_LARGE')) {
    const message = 'An event is larger than Kafka takes. Documents travel by reference, never inside an event.';
    return new HubError({ kind: 'rejected', code: 'bus.event-too-large', message, cause: error });
  }
  return new HubError({
    kind: 'transient',
    code: 'bus.kafka-away',
    message: 'Kafka is away or does not answer. It will be tried again; look at the brokers if this lasts.',
    cause: error,
    mayHaveApplied: true,
  });
}

/** True when the group is being divided anew or does not know this member any more: it has to join again. */
export function mustRejoin(error: unknown): boolean {
  const rejoin = ['REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID'];
  return typesOf(error).some((type) => rejoin.includes(type));
}

/** The protocol error types of an error and its causes: kafkajs wraps what it gave up on. */
function typesOf(error: unknown): string[] {
  const types: string[] = [];
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const type: unknown = (at as { type?: unknown }).type;
    if (typeof type === 'string') types.push(type);
  }
  return types;
}
