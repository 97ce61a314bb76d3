import { ConnectionView } from '../connections/connection.ts';
import { startExampleProvider } from './example-provider.ts';
import type { SeededOrg } from './seed-org.ts';
import type { TestCore } from './test-core.ts';

/** Starts the example provider and gives the org a connection to it, not authorized yet. */
export async function connectExample(core: TestCore, { org, admin }: SeededOrg) {
  const provider = await startExampleProvider(core);
  const path = `/v1/orgs/${org}/connections`;
  const made = await core.call('POST', path, { token: admin, body: { provider: 'example-crm' } });
  const { id } = made.as(ConnectionView);
  return { provider, connection: id, base: `${path}/${id}` };
}

export type ExampleProvider = Awaited<ReturnType<typeof startExampleProvider>>;
