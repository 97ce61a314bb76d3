import { connectionHealth } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import type { z } from 'zod';
import type { AskProvider } from '../providers/ask-provider.ts';
import type { ConnectionRecord, Health } from './connection.ts';

/** Asks the provider how a connection is; where it does not answer, says what core knew last and that it is old. */
export async function askHealth(askProvider: AskProvider, record: ConnectionRecord): Promise<z.infer<typeof Health>> {
  try {
    const { reason, ...facts } = await askProvider(record.provider, connectionHealth, {
      org: record.org,
      connection: record._id,
    });
    return { live: true, ...facts, ...(reason === undefined ? {} : { note: reason }) };
  } catch (error) {
    if (!isHubError(error)) throw error;
    return {
      live: false,
      note: `This is the state as last known. ${error.message}`,
      state: record.state,
      since: record.state_at.toISOString(),
    };
  }
}
