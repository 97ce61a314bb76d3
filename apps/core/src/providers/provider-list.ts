import type { describeProvider } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import type { z } from 'zod';

/** A provider as it describes itself. */
export type Announced = z.output<(typeof describeProvider)['answer']>;

export interface ProviderList {
  /** Who is running now, by title. Asked at most every ten seconds. */
  all(): Promise<readonly Announced[]>;
  /** One of them, asked itself: an answer that is slow to come is waited for. Undefined when nobody of that name runs. */
  find(id: string): Promise<Announced | undefined>;
}

export interface ProviderListParts {
  /** Asks everybody. */
  readonly askAll: () => Promise<readonly Announced[]>;
  /** Asks one; HubError `bus.no-responder` when it does not run. */
  readonly ask: (id: string) => Promise<Announced>;
  readonly clock: Clock;
}

const keptMs = 10_000;

/** Core knows no provider by name: it asks who is there. Replicas of one provider answer alike and count once. */
export function createProviderList({ askAll, ask, clock }: ProviderListParts): ProviderList {
  let kept: { at: number; answers: Promise<readonly Announced[]> } | undefined;
  const fresh = () => {
    const answers = askAll().then(oncePerId);
    kept = { at: clock(), answers };
    answers.catch(() => (kept = undefined));
    return answers;
  };
  return {
    all: () => (kept !== undefined && clock() - kept.at < keptMs ? kept.answers : fresh()),
    async find(id) {
      try {
        return await ask(id);
      } catch (error) {
        if (isHubError(error) && error.code === 'bus.no-responder') return undefined;
        throw error;
      }
    },
  };
}

function oncePerId(answers: readonly Announced[]): readonly Announced[] {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return [...byId.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
}
