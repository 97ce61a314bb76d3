import type { CommandDefinition, Reply } from '@occ-hub/contracts';
import { HubError, isHubError } from '@occ-hub/errors';
import type { Msg } from '@nats-io/transport-node';
import type { z } from 'zod';
import { traceIdOf } from '../bus-log.ts';
import type { Nats } from './connect.ts';

export interface AnswerContext {
  readonly subject: string;
  /** The asker's trace context, if it sent one. */
  readonly traceparent: string | undefined;
}

export interface AnswerOptions<Command extends CommandDefinition> {
  /** May hold NATS wildcards. */
  readonly subject: string;
  readonly command: Command;
  /** Replicas of one service share a queue: one of them answers. */
  readonly queue: string;
  /** Gets the parsed question. What it throws travels: a HubError as itself, anything else as `hub.bug` without its words. */
  readonly handle: (question: z.output<Command['ask']>, context: AnswerContext) => Promise<z.input<Command['answer']>>;
}

export interface Answering {
  /** Takes no more questions and resolves when those in hand are answered. */
  stop(): Promise<void>;
}

/**
 * Answers a command until stopped, over reconnects; questions are handled concurrently. Resolves when NATS has the
 * subscription. A malformed question is answered as unreadable. Neither questions nor answers are logged.
 */
export async function answer<Command extends CommandDefinition>(
  nats: Nats,
  options: AnswerOptions<Command>,
): Promise<Answering> {
  const connection = await nats.connection();
  const inHand = new Set<Promise<void>>();
  const subscription = connection.subscribe(options.subject, {
    queue: options.queue,
    callback(error, message) {
      if (error) {
        nats.log.error({ subject: options.subject, command: options.command.name, error }, 'cannot take questions');
        return;
      }
      const work = respond(nats, options, message);
      inHand.add(work);
      void work.finally(() => inHand.delete(work));
    },
  });
  await connection.flush();
  return {
    async stop() {
      await subscription.drain().catch(() => undefined);
      await Promise.all(inHand);
    },
  };
}

async function respond<Command extends CommandDefinition>(
  nats: Nats,
  options: AnswerOptions<Command>,
  message: Msg,
): Promise<void> {
  const begun = performance.now();
  const traceparent = message.headers?.get('traceparent') || undefined;
  const facts = { subject: message.subject, command: options.command.name, traceId: traceIdOf(traceparent) };
  const ms = () => Math.round(performance.now() - begun);
  let reply: Reply;
  try {
    const question = questionOf(options.command, message);
    reply = { ok: true, data: await options.handle(question, { subject: message.subject, traceparent }) };
    nats.log.debug({ ...facts, ms: ms(), outcome: 'answered' }, 'question answered');
  } catch (error) {
    reply = refusalOf(error);
    const line = { ...facts, ms: ms(), outcome: 'refused', kind: isHubError(error) ? error.kind : 'bug', error };
    if (isHubError(error)) nats.log.info(line, 'question refused');
    else nats.log.error(line, 'question failed');
  }
  try {
    message.respond(JSON.stringify(reply));
  } catch (error) {
    nats.log.error({ ...facts, outcome: 'failed', error }, 'answer cannot be sent');
    tryRespond(message, tooLarge);
  }
}

function questionOf<Command extends CommandDefinition>(command: Command, message: Msg): z.output<Command['ask']> {
  let json: unknown;
  try {
    json = message.json();
  } catch {
    throw new HubError({ kind: 'unreadable', code: 'bus.question-unreadable', message: 'The question is not JSON.' });
  }
  const question = command.ask.safeParse(json);
  if (question.success) return question.data as z.output<Command['ask']>;
  const fields = question.error.issues.map((issue) => ({
    pointer: `/${issue.path.join('/')}`,
    message: issue.message,
  }));
  const words = `The question ${command.name} cannot be read: its asker speaks another version, maybe.`;
  throw new HubError({ kind: 'unreadable', code: 'bus.question-unreadable', message: words, fields });
}

function refusalOf(error: unknown): Reply {
  if (!isHubError(error)) return bug;
  const { kind, code, message, fields } = error;
  return { ok: false, kind, code, message, fields: [...fields] };
}

const bug: Reply = {
  ok: false,
  kind: 'transient',
  code: 'hub.bug',
  message: 'Something went wrong in the service that was asked. It is logged there.',
  fields: [],
};
const tooLarge: Reply = {
  ok: false,
  kind: 'rejected',
  code: 'bus.answer-too-large',
  message: 'The answer is larger than the NATS server takes (max_payload). Set max_payload of the server to 8MB.',
  fields: [],
};

function tryRespond(message: Msg, reply: Reply): void {
  try {
    message.respond(JSON.stringify(reply));
  } catch {
    // The connection is closed; the asker's timeout tells it.
  }
}
