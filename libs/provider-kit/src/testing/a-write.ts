import type { Write } from '../sink.ts';

type Given = 'data' | 'client' | 'settings';

/**
 * What a sink under test is handed: steps run at once, nothing was delivered before, nothing is configured, and what the test does not give fails
 * when it is asked for.
 */
export function aWrite<Client, Settings, Data>(
  given: Pick<Write<Client, Settings, Data>, Given> & Partial<Omit<Write<Client, Settings, Data>, Given>>,
): Write<Client, Settings, Data> {
  return {
    step: (_name, step) => step.do(),
    choose: (name) => Promise.reject(new Error(`nobody chooses "${name}" in this test`)),
    config: async ({ initial }) => ({ version: 0, value: initial }),
    earlier: async () => ({}),
    siblings: async () => [],
    alone: (_name, work) => work(),
    upserted: () => undefined,
    unseal: () => Promise.reject(new Error('nothing is sealed in this test')),
    bytesOf: () => Promise.reject(new Error('there are no documents in this test')),
    ...given,
  };
}
