import { once } from 'node:events';
import type { SyncRun } from '@occ-hub/contracts';
import type { Response } from 'express';

export interface ProgressParts {
  /** Calls back for every message of the run until it is closed. */
  readonly subscribe: (run: string, hear: (progress: SyncRun) => void) => Promise<{ stop(): Promise<void> }>;
  /** The run as it stands now, or nothing when there is no such run. Asked after subscribing, so no end is missed. */
  readonly current: () => Promise<SyncRun | undefined>;
  /** Aborted when core stops. */
  readonly stopping: AbortSignal;
}

const heartbeatMs = 15_000;

/** What the stream says, in the order it is heard; the run's end is said once and is the last. */
export interface ProgressWriter {
  event(run: SyncRun): void;
  comment(text: string): void;
}

/**
 * Streams a run as server-sent events `progress`, each a whole SyncRun, until it is done or failed, the reader leaves or
 * core stops. Answers false, with nothing written, when there is no such run.
 */
export async function streamProgress(
  parts: ProgressParts,
  { run, connection, response }: { run: string; connection: string; response: Response },
): Promise<boolean> {
  const ended = new AbortController();
  const early: SyncRun[] = [];
  let say = (progress: SyncRun): void => void early.push(progress);
  const subscription = await parts.subscribe(run, (progress) => {
    if (progress.id === run && progress.connection === connection) say(progress);
  });
  response.once('close', () => ended.abort());
  // Taken off again when the stream ends: streams come and go while core lives on.
  parts.stopping.addEventListener('abort', () => ended.abort(), { once: true, signal: ended.signal });
  if (response.destroyed) ended.abort();
  try {
    const current = await parts.current();
    if (current === undefined) return false;
    begin(response);
    say = (progress) => {
      if (ended.signal.aborted) return;
      response.write(`event: progress\ndata: ${JSON.stringify(progress)}\n\n`);
      if (progress.state === 'done' || progress.state === 'failed') ended.abort();
    };
    for (const progress of [current, ...early]) say(progress);
    await untilAborted(ended.signal, async () => {
      response.write(': still there\n\n');
      // The message of the end may have been missed while NATS was away.
      const now = await parts.current().catch(() => undefined);
      if (now?.state === 'done' || now?.state === 'failed') say(now);
    });
    response.end();
    return true;
  } finally {
    await subscription.stop();
  }
}

function begin(response: Response): void {
  response.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
}

async function untilAborted(signal: AbortSignal, beat: () => Promise<void>): Promise<void> {
  if (signal.aborted) return;
  const timer = setInterval(() => void beat(), heartbeatMs);
  try {
    await once(signal, 'abort');
  } finally {
    clearInterval(timer);
  }
}
