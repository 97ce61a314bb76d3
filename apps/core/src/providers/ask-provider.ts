import type { Asker } from '@occ-hub/bus';
import { type CommandDefinition, providerSubject } from '@occ-hub/contracts';
import type { z } from 'zod';

/** Asks a provider by its name. Throws what the provider answered as error, or transient when it does not answer. */
export type AskProvider = <Ask extends z.ZodType, Answer extends z.ZodType>(
  provider: string,
  command: CommandDefinition<Ask, Answer>,
  data: z.input<Ask>,
) => Promise<z.output<Answer>>;

/** Asks over NATS. */
export function createAskProvider(asker: Asker, subjectOf: (subject: string) => string): AskProvider {
  return ((provider: string, command: CommandDefinition, data: unknown) =>
    asker.ask(subjectOf(providerSubject(provider, command)), command, data)) as AskProvider;
}
