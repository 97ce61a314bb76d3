import type { TestServers } from '@occ-hub/provider-kit/testing';
import { inject } from 'vitest';

/** The servers of this test run. */
export function serversOfThisRun(): TestServers {
  return { kafkaBrokers: inject('kafkaBrokers'), natsUrl: inject('natsUrl'), mongoUrl: inject('mongoUrl') };
}
