import { z } from 'zod';

/** A question on NATS: the shape asked, the shape answered, how long the asker waits. NATS carries questions. */
export interface CommandDefinition<Ask extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly ask: Ask;
  readonly answer: Answer;
  /** Milliseconds the asker waits for the whole answer. */
  readonly timeoutMs: number;
}

/** Declares a command. */
export function defineCommand<Ask extends z.ZodType, Answer extends z.ZodType>(
  facts: CommandDefinition<Ask, Answer>,
): CommandDefinition<Ask, Answer> {
  return facts;
}

/** What travels back: the data, or an error's kind, code and words for people. */
export const Reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({
    ok: z.literal(false),
    kind: z.enum(['config', 'transient', 'credential', 'rejected', 'unreadable', 'stale']),
    code: z.string(),
    message: z.string(),
    fields: z.array(z.object({ pointer: z.string(), message: z.string() })).default([]),
  }),
]);
export type Reply = z.infer<typeof Reply>;

/** `occ.provider.<id>.<command>`: one queue group per provider, so any of its replicas answers. */
export function providerSubject(provider: string, command: CommandDefinition): string {
  return `occ.provider.${provider}.${command.name}`;
}

/** `occ.core.<question>`. */
export function coreSubject(question: CommandDefinition): string {
  return `occ.core.${question.name}`;
}
