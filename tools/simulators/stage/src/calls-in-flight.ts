import type { ServerResponse } from 'node:http';

/** The API calls that are not answered yet, so that they can be dropped. */
export interface CallsInFlight {
  /** Remembers a call until its connection is done with it. */
  carry(response: ServerResponse): void;
  /** Cuts the connections of all of them. */
  drop(): void;
}

export function createCallsInFlight(): CallsInFlight {
  const calls = new Set<ServerResponse>();
  return {
    carry: (response) => {
      calls.add(response);
      response.once('close', () => calls.delete(response));
    },
    drop: () => {
      for (const response of calls) response.destroy();
    },
  };
}
