import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

interface Facts {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  /** An access token for the bare stage. */
  readonly token: string;
  readonly staff: readonly { readonly name: string; readonly email: string }[];
}

/** A simulated Salesforce company of so many appointments and reps. */
export interface Salesforce extends Facts {
  registerCallback(url: string): Promise<void>;
  /** Changes every appointment. */
  changeAll(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSalesforce(size: { appointments: number; reps: number }): Promise<Salesforce> {
  const child = fork(
    fileURLToPath(new URL('salesforce-process.ts', import.meta.url)),
    [String(size.appointments), String(size.reps)],
    { execArgv: ['--conditions=@occ-hub/source'] },
  );
  const [facts] = (await once(child, 'message')) as [Facts];
  const ask = async (question: object) => {
    child.send(question);
    await once(child, 'message');
  };
  return {
    ...facts,
    registerCallback: (url) => ask({ what: 'callback', url }),
    changeAll: () => ask({ what: 'change' }),
    async stop() {
      child.send({ what: 'stop' });
      await once(child, 'exit');
    },
  };
}
