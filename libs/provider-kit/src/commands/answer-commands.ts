import { type Nats, answer } from '@occ-hub/bus';
import { announceSubject, describeProvider, providerSubject } from '@occ-hub/contracts';
import { withStoreFaults } from '@occ-hub/store';
import { configurationCommands } from './configuration-commands.ts';
import { connectionCommands } from './connection-commands.ts';
import { consentCommands } from './consent-commands.ts';
import { deliveryCommands } from './delivery-commands.ts';
import type { Desks } from './desks.ts';
import { keyCommands } from './key-commands.ts';
import { syncCommands } from './sync-commands.ts';

/** Answers every command of this provider until stopped; replicas share the questions. `subjectOf` gives a subject's name on the server. */
export async function answerCommands(
  nats: Nats,
  desks: Desks,
  subjectOf: (subject: string) => string,
): Promise<{ stop(): Promise<void> }> {
  const { id } = desks.provider;
  const handlers = [
    ...connectionCommands(desks),
    ...consentCommands(desks),
    ...syncCommands(desks),
    ...keyCommands(desks),
    ...configurationCommands(desks),
    ...deliveryCommands(desks),
  ];
  const subjects = handlers.flatMap((handler) => {
    const own = { ...handler, subject: providerSubject(id, handler.command) };
    return handler.command === describeProvider ? [own, { ...handler, subject: announceSubject }] : [own];
  });
  const answering = await Promise.all(
    subjects.map(({ subject, command, handle }) =>
      answer(nats, {
        subject: subjectOf(subject),
        command,
        queue: `provider.${id}`,
        handle: withStoreFaults(handle as (ask: unknown) => Promise<unknown>),
      }),
    ),
  );
  return {
    async stop() {
      await Promise.allSettled(answering.map((each) => each.stop()));
    },
  };
}
