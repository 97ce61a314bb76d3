import { HubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import type { Lease } from '@occ-hub/store';

export interface RunLimits {
  /** A holder that falls silent loses the lease after this; a living one renews it three times as often. */
  readonly termMs: number;
  /** A slow tenant does not hold its slot for longer. */
  readonly deadlineMs: number;
}

export const runLimits: RunLimits = { termMs: 30_000, deadlineMs: 10 * 60_000 };

/** What keeps an eye on one run. */
export interface RunWatch {
  /** Aborts, with a HubError (transient) as its reason, when the run must end: nothing may be concluded from it then. */
  readonly signal: AbortSignal;
  /** Call when the run has ended. */
  end(): void;
}

/** Keeps a run's lease for as long as the run lasts, and ends the run when the lease is lost, its time is up, or the process stops. */
export function watchRun(facts: {
  readonly lease: Lease;
  readonly limits: RunLimits;
  readonly stopping: AbortSignal;
  readonly clock: Clock;
}): RunWatch {
  const { lease, limits, stopping, clock } = facts;
  const over = new AbortController();
  const renew = async () => {
    // While the store is away the lease is still ours until its term has ended.
    const kept = await lease.renew().catch(() => clock() < lease.until);
    if (!kept) over.abort(stopped('poll.overtaken', 'Another replica took over this connection.'));
  };
  const interrupt = () =>
    over.abort(
      stopped(
        'poll.interrupted',
        'The service stopped during this run. Nothing is lost: the next run asks the window again.',
      ),
    );
  const tooSlow = () => over.abort(stopped('poll.too-slow', 'The run took longer than ten minutes and was stopped.'));
  const renewing = setInterval(() => void renew(), limits.termMs / 3);
  const deadline = setTimeout(tooSlow, limits.deadlineMs);
  stopping.addEventListener('abort', interrupt, { once: true });
  if (stopping.aborted) interrupt();
  return {
    signal: over.signal,
    end() {
      clearInterval(renewing);
      clearTimeout(deadline);
      stopping.removeEventListener('abort', interrupt);
    },
  };
}

function stopped(code: string, message: string): HubError {
  return new HubError({ kind: 'transient', code, message });
}
