import { Reply, type CommandDefinition } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { createInbox, errors, headers, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import type { z } from 'zod';
import { type Nats, natsAway } from './connect.ts';

/** What an asker gives: the command's question, before defaults. */
export type Question<Command extends CommandDefinition> = z.input<Command['ask']>;
/** What an asker gets: the command's answer, parsed. */
export type Answer<Command extends CommandDefinition> = z.output<Command['answer']>;

export interface Asker {
  /**
   * Asks and waits `command.timeoutMs` at most. Throws the answerer's own HubError (kind, code, words, fields);
   * HubError(transient) `bus.no-responder` at once when nobody serves the subject, `bus.timeout` when no answer came (it
   * may have been done), `bus.nats-away`; HubError(rejected) for a question and HubError(unreadable) for an answer that is
   * not of the command's shape; HubError(rejected) `bus.question-too-large` for one that the server does not take.
   */
  ask<Command extends CommandDefinition>(
    subject: string,
    command: Command,
    data: Question<Command>,
  ): Promise<Answer<Command>>;
  /** Asks everybody who serves the subject and gathers the good answers that come within so long. None is an empty list. */
  askAll<Command extends CommandDefinition>(
    subject: string,
    command: Command,
    request: { readonly data: Question<Command>; readonly waitMs: number },
  ): Promise<Answer<Command>[]>;
}

export interface AskerOptions {
  /** The trace context of the work under way, sent along. */
  readonly trace?: () => string | undefined;
}

/** A reconnect takes half a second; longer is not waited for. */
const longestWaitForNats = 2_000;

/** Asks questions over NATS. */
export function createAsker(nats: Nats, { trace }: AskerOptions = {}): Asker {
  return {
    async ask(subject, command, data) {
      const payload = payloadOf(command, data);
      const connection = await nats.connection(Math.min(longestWaitForNats, command.timeoutMs));
      refuseTooLarge(connection, command, payload);
      const options = { timeout: command.timeoutMs, ...headersWith(trace?.()) };
      try {
        return answerOf(command, subject, await connection.request(subject, payload, options));
      } catch (error) {
        throw failureOf(error, subject, command);
      }
    },
    async askAll(subject, command, { data, waitMs }) {
      const payload = payloadOf(command, data);
      const connection = await nats.connection(Math.min(longestWaitForNats, waitMs));
      refuseTooLarge(connection, command, payload);
      const messages = await gather(connection, { subject, payload, waitMs, ...headersWith(trace?.()) });
      return messages.flatMap((message) => {
        try {
          return [answerOf(command, subject, message)];
        } catch (error) {
          nats.log.warn(
            { subject, command: command.name, outcome: 'skipped', error },
            'one of several answers is no good',
          );
          return [];
        }
      });
    },
  };
}

function payloadOf(command: CommandDefinition, data: unknown): string {
  const question = command.ask.safeParse(data);
  if (question.success) return JSON.stringify(question.data);
  const fields = question.error.issues.map(({ path, message }) => ({ pointer: pointerOf(path), message }));
  const message = `The question ${command.name} is not right. Look at: ${fields.map((f) => f.pointer).join(', ')}.`;
  throw new HubError({ kind: 'rejected', code: 'bus.question-rejected', message, fields });
}

/** Headers count, too: a trace context has about a hundred bytes. */
const roomForHeaders = 256;

function refuseTooLarge({ info }: NatsConnection, command: CommandDefinition, payload: string): void {
  const most = (info?.max_payload ?? Infinity) - roomForHeaders;
  const size = Buffer.byteLength(payload);
  if (size <= most) return;
  throw new HubError({
    kind: 'rejected',
    code: 'bus.question-too-large',
    message: `The question ${command.name} is larger than the NATS server takes (${size} bytes; its max_payload is ${info?.max_payload}). Set max_payload of the server to 8MB.`,
  });
}

function answerOf<Command extends CommandDefinition>(command: Command, subject: string, message: Msg): Answer<Command> {
  const reply = Reply.safeParse(jsonOf(message));
  if (reply.success && !reply.data.ok) {
    const { kind, code, message: words, fields } = reply.data;
    throw new HubError({ kind, code, message: words, fields });
  }
  const answer = reply.success && reply.data.ok ? command.answer.safeParse(reply.data.data) : undefined;
  if (answer?.success) return answer.data as Answer<Command>;
  throw new HubError({
    kind: 'unreadable',
    code: 'bus.answer-unreadable',
    message: `The answer of ${serviceOf(subject)} to ${command.name} cannot be read: it speaks another version, maybe.`,
    cause: answer?.error,
    mayHaveApplied: true,
  });
}

function jsonOf(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}

interface Call {
  readonly subject: string;
  readonly payload: string;
  readonly waitMs: number;
  readonly headers?: MsgHdrs;
}

async function gather(connection: NatsConnection, { subject, payload, waitMs, headers }: Call): Promise<Msg[]> {
  const messages: Msg[] = [];
  const nobody = Promise.withResolvers<void>();
  const inbox = createInbox();
  const subscription = connection.subscribe(inbox, {
    callback(_error, message) {
      if (message?.headers?.code === 503) nobody.resolve();
      else if (message) messages.push(message);
    },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    connection.publish(subject, payload, { reply: inbox, ...(headers === undefined ? {} : { headers }) });
    await Promise.race([nobody.promise, new Promise<void>((resolve) => void (timer = setTimeout(resolve, waitMs)))]);
  } finally {
    clearTimeout(timer);
    subscription.unsubscribe();
  }
  return messages;
}

function headersWith(traceparent: string | undefined): { headers?: MsgHdrs } {
  if (traceparent === undefined) return {};
  const carried = headers();
  carried.set('traceparent', traceparent);
  return { headers: carried };
}

function failureOf(error: unknown, subject: string, command: CommandDefinition): unknown {
  if (error instanceof HubError) return error;
  const who = serviceOf(subject);
  const transient = { kind: 'transient', cause: error } as const;
  if (error instanceof errors.NoRespondersError || (error instanceof errors.RequestError && error.isNoResponders())) {
    const message = `The ${who} service is not running. Start it, or try again when it is up.`;
    return new HubError({ ...transient, code: 'bus.no-responder', message });
  }
  if (error instanceof errors.TimeoutError) {
    const message = `The ${who} service did not answer ${command.name} within ${command.timeoutMs / 1000} s.`;
    return new HubError({ ...transient, code: 'bus.timeout', message, mayHaveApplied: true });
  }
  return natsAway(error);
}

/** `occ.provider.<id>.…` and `occ.core.…` name who answers. */
function serviceOf(subject: string): string {
  const [, room = '', id] = subject.split('.');
  return room === 'provider' && id !== undefined ? id : room || subject;
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') || '/';
}
