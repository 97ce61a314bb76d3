/** What the instance that an org has left answers: as if the session were unknown, or as if the org were. */
export type LeftInstanceAnswer = 401 | 404;

/** Which of its addresses the org lives at. Orgs move, and a refresh is how a client learns of it. */
export interface Instances {
  /** The addresses, the first one being home; called once everything listens. */
  open(urls: readonly string[]): void;
  /** `instance_url` of the next token answer. */
  current(): string;
  all(): readonly string[];
  /** Moves the org to its next address; from now on the one before answers `answer`. Gives the new address. */
  move(answer?: LeftInstanceAnswer): string;
  /** As `move`, but only when the next refresh comes. */
  moveAtRefresh(answer?: LeftInstanceAnswer): void;
  /** Called when a refresh is worked on. */
  refreshed(): void;
  /** The refusal of a call that came in at an address the org has left. */
  refusal(localPort: number | undefined): { status: number; body: unknown } | undefined;
  reset(): void;
}

export function createInstances(): Instances {
  let urls: readonly string[] = [];
  let at = 0;
  let leftAnswer: LeftInstanceAnswer = 401;
  let waiting: LeftInstanceAnswer | undefined;
  const current = (): string => urls[at] ?? '';
  const move = (answer: LeftInstanceAnswer = 401): string => {
    leftAnswer = answer;
    at = urls.length === 0 ? 0 : (at + 1) % urls.length;
    waiting = undefined;
    return current();
  };
  return {
    open: (given) => {
      urls = [...given];
    },
    current,
    all: () => urls,
    move,
    moveAtRefresh: (answer = 401) => {
      waiting = answer;
    },
    refreshed: () => {
      if (waiting !== undefined) move(waiting);
    },
    refusal: (localPort) => {
      if (urls.length < 2 || localPort === undefined || localPort === Number(new URL(current()).port)) return undefined;
      return leftAnswer === 404
        ? refusal(404, 'NOT_FOUND', 'The requested resource does not exist')
        : refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    },
    reset: () => {
      at = 0;
      waiting = undefined;
    },
  };
}

function refusal(status: number, errorCode: string, message: string): { status: number; body: unknown } {
  return { status, body: [{ message, errorCode }] };
}
