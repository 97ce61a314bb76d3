import { type Log, createLog } from '@occ-hub/service';

/** A log whose lines, of every level, can be read. */
export interface CapturedLog {
  readonly log: Log;
  /** The raw lines, oldest first. */
  readonly lines: readonly string[];
  /** Lines of a message, parsed. */
  of(message: string): readonly Record<string, unknown>[];
}

export function captureLog(service: string): CapturedLog {
  const lines: string[] = [];
  const log = createLog({ service, level: 'debug', destination: { write: (line) => void lines.push(line) } });
  return {
    log,
    lines,
    of: (message) =>
      lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((each) => each['msg'] === message),
  };
}
