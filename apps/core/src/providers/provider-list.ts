import type { describeProvider } from '@occ-hub/contracts';
import type { Clock } from '@occ-hub/service';
import type { z } from 'zod';

/** A provider as it describes itself. */
export type Announced = z.output<(typeof describeProvider)['answer']>;

export interface ProviderList {
  /** Who is running now, by id. Asked at most every ten seconds. */
  all(): Promise<readonly Announced[]>;
  /** One of them; asks again when it is not among those known. */
  find(id: string): Promise<Announced | undefined>;
}

const keptMs = 10_000;

/** Core knows no provider by name: it asks who is there. Replicas of one provider answer alike and count once. */
export function createProviderList({
  ask,
  clock,
}: {
  ask: () => Promise<readonly Announced[]>;
  clock: Clock;
}): ProviderList {
  let kept: { at: number; answers: Promise<readonly Announced[]> } | undefined;
  const fresh = () => {
    const answers = ask().then(oncePerId);
    kept = { at: clock(), answers };
    answers.catch(() => (kept = undefined));
    return answers;
  };
  const all = () => (kept !== undefined && clock() - kept.at < keptMs ? kept.answers : fresh());
  return {
    all,
    async find(id) {
      const known = (await all()).find((provider) => provider.id === id);
      return known ?? (await fresh()).find((provider) => provider.id === id);
    },
  };
}

function oncePerId(answers: readonly Announced[]): readonly Announced[] {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return [...byId.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
}
