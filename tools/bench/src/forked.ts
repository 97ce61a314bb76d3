import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A vendor in a process of its own, so that it does not share a core's turn with what is measured. */
export interface Forked<Facts> {
  readonly facts: Facts;
  /** Asks it something and waits for the answer. One question at a time. */
  ask<Answer>(question: object): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts a file of this folder; its first message is the facts, and each further one the answer to a question. */
export async function startForked<Facts>(file: string): Promise<Forked<Facts>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: ['--conditions=@occ-hub/source'] });
  const [facts] = (await once(child, 'message')) as [Facts];
  return {
    facts,
    async ask<Answer>(question: object) {
      child.send(question);
      const [answer] = (await once(child, 'message')) as [Answer];
      return answer;
    },
    async stop() {
      child.send({ what: 'stop' });
      await once(child, 'exit');
    },
  };
}
