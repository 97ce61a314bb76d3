import { createHash } from 'node:crypto';
import { Cron } from 'croner';

/** Runs are spread over two minutes after the mark, so that thousands of connections do not start at once. */
const spreadMs = 120_000;

/**
 * The next poll after an instant: the schedule's next mark (UTC) plus the connection's own share of the spread. Runs
 * that were missed are skipped, never caught up: the next one asks the whole window anyway.
 */
export function nextPoll(facts: { schedule: string; connection: string; after: number }): number {
  const offset = spreadOf(facts.connection);
  const mark = new Cron(facts.schedule, { timezone: 'UTC' }).nextRun(new Date(facts.after - offset));
  if (!mark) throw new Error(`the schedule ${facts.schedule} has no next run`);
  return mark.getTime() + offset;
}

/** A connection's share of the spread: always the same, evenly spread over connections. */
export function spreadOf(connection: string): number {
  return createHash('sha256').update(connection).digest().readUInt32BE(0) % spreadMs;
}
