import { WriteSettled } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import type { Clients } from '../connections/clients.ts';
import type { Registry } from '../connections/registry.ts';
import type { AnyProvider } from '../provider.ts';
import type { Delivery } from './delivery.ts';

export interface ReportToParts {
  readonly provider: Pick<AnyProvider, 'failureMail'>;
  readonly registry: Pick<Registry, 'get'>;
  readonly clients: Clients;
}

/**
 * To whom a connection wants failures of its deliveries reported, as its settings say now. To nobody where it is gone,
 * where its settings cannot be used, or where they hold no address: that must not keep a failure from being told.
 */
export function createReportTo({ provider, registry, clients }: ReportToParts) {
  return async (delivery: Pick<Delivery, 'connection'>): Promise<string | undefined> => {
    const connection = provider.failureMail && registry.get(delivery.connection);
    if (!connection) return undefined;
    try {
      const { settings } = await clients.open(connection);
      const address = WriteSettled.data.shape.report_to.safeParse(provider.failureMail?.(settings as never));
      return address.data;
    } catch (error) {
      if (isHubError(error, 'transient')) throw error;
      return undefined;
    }
  };
}
