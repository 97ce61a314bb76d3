import type { CommandDefinition } from '@occ-hub/contracts';
import type { z } from 'zod';

/** A command and what answers it. */
export interface Handler {
  readonly command: CommandDefinition;
  readonly handle: (ask: never) => Promise<unknown>;
}

/** Pairs a command with its answer, typed by the command. */
export function handles<Command extends CommandDefinition>(
  command: Command,
  handle: (ask: z.output<Command['ask']>) => Promise<z.input<Command['answer']>>,
): Handler {
  return { command, handle };
}
