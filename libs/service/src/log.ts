import { pino } from 'pino';
import { type LogFields, fieldsForPrint } from './log-fields.ts';
import { currentTraceparent, traceIdOf } from './trace.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** error = a person must act; warn = the hub acts itself; info = one line per hop; debug = counts. Fixed messages, facts in fields. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** A log that adds these fields to every line. */
  child(fields: LogFields): Log;
}

export interface LogOptions {
  readonly service: string;
  readonly level: LogLevel;
  /** Where the lines go; standard output when absent. */
  readonly destination?: { write(line: string): void };
}

/**
 * JSON lines on standard output. Only the fields of `LogFields` are printed, whatever is passed, so secrets and people's
 * data in other fields never reach a log; `traceId` is added from the trace under way.
 */
export function createLog({ service, level, destination }: LogOptions): Log {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return narrowed(destination === undefined ? pino(options) : pino(options, destination), {});
}

type Printer = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'isLevelEnabled'>;

function narrowed(printer: Printer, bound: LogFields): Log {
  const line = (level: 'debug' | 'info' | 'warn' | 'error') => (fields: LogFields, message: string) => {
    if (!printer.isLevelEnabled(level)) return;
    const traceId = traceIdOf(currentTraceparent());
    printer[level](fieldsForPrint({ ...(traceId === undefined ? {} : { traceId }), ...bound, ...fields }), message);
  };
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    child: (fields) => narrowed(printer, { ...bound, ...fields }),
  };
}
