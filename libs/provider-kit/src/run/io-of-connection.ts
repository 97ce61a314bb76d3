import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Log } from '@occ-hub/service';
import type { Budget } from '../budget/budget.ts';
import { createUsageNotes } from '../budget/usage-notes.ts';
import type { Connection } from '../connections/connection.ts';
import { retryAfter } from '../http/classify.ts';
import { currentSignal, withoutSignal } from '../http/exchanges.ts';
import type { VendorIo } from '../http/vendor-io.ts';
import type { VendorSender } from '../http/vendor-sender.ts';
import type { Consents } from '../oauth/consents.ts';
import { withoutConsent } from '../oauth/without-consent.ts';
import { createTokenKeeper } from '../vault/token-keeper.ts';
import type { Vault } from '../vault/vault.ts';
import type { Stores } from './stores.ts';

type Settings = Readonly<Record<string, unknown>>;

export interface IoParts {
  readonly stores: Stores;
  readonly vault: Vault;
  readonly budget: Budget;
  readonly sender: VendorSender;
  /** Where people consent on the vendor's page. */
  readonly consents?: Consents | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a connection rests after a 429 that names no time. */
const unnamedRestMs = 5_000;

/** What the client of one connection may touch. */
export function createIoOfConnection(parts: IoParts): (connection: Connection, settings: Settings) => VendorIo {
  const { stores, vault, budget, sender, clock, log } = parts;
  const rest = (connection: string, ms: number) => {
    if (!budget.rest(connection, ms)) return;
    stores.connections
      .rest(connection, ms)
      .catch((error: unknown) =>
        log.warn({ connectionId: connection, error }, 'the rest of a connection could not be told to other replicas'),
      );
  };
  const noteUsage = createUsageNotes({
    keep: (connection, note) => stores.connections.keepCalls(connection, note),
    clock,
    onFailure: (connection, error) =>
      log.warn({ connectionId: connection, error }, 'what the vendor counts of its calls could not be kept'),
  });
  return ({ _id: connection, version }, settings) => ({
    clock,
    log: log.child({ connectionId: connection }),
    async send(call) {
      await budget.take(connection, currentSignal());
      const answer = await sender.send(call);
      if (answer.status === 429) rest(connection, retryAfter(answer, clock()).retryAfterMs ?? unnamedRestMs);
      return answer;
    },
    tokens: (login) =>
      createTokenKeeper({ connection, version, store: stores.tokens, vault, leases: stores.leases, clock, sleep }, () =>
        withoutSignal(login),
      ),
    grant: parts.consents?.keeperOf(connection, settings) ?? withoutConsent,
    rest: (ms) => rest(connection, ms),
    usage: (calls) => noteUsage(connection, calls),
  });
}
