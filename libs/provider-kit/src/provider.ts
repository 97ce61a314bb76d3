import type { CrmUser, Lookups } from '@occ-hub/contracts';
import type { FieldFault, RetryPolicy } from '@occ-hub/errors';
import type { z } from 'zod';
import type { ConfigurationPart, PreviewAsk } from './configuration.ts';
import type { Pace } from './budget/budget.ts';
import type { Consent } from './consent.ts';
import type { Endpoint } from './endpoint.ts';
import type { VendorIo } from './http/vendor-io.ts';
import type { Sink } from './sink.ts';
import type { Source, Warning } from './source.ts';

/** Takes what is odd and stops nothing: people see it with the run. */
export type Warn = (warning: Warning) => void;

/**
 * A provider: a value, not a program. The kit runs; the provider declares. Nothing here knows Kafka, NATS, MongoDB or
 * Express.
 */
export interface Provider<
  Settings extends z.ZodObject = z.ZodObject,
  Env extends z.ZodObject = z.ZodObject,
  Client = unknown,
> {
  /** The folder's name; part of subjects, groups and keys. */
  readonly id: string;
  readonly title: string;
  /** What an org admin enters; secrets are marked with `secret()`. The console draws its form from the JSON Schema. */
  readonly settings: Settings;
  /** Faults of entered settings that their shape cannot see; asked before they are saved. `pointer`: of the setting, `/name`. */
  readonly checkSettings?: (settings: z.output<Settings>, env: z.output<Env>) => readonly FieldFault[];
  /** What the service itself is given by its environment, beyond what the kit needs. */
  readonly env: Env;
  /** How often the vendor may be called for one connection; absent: 20 times a second. */
  readonly pace?: Pace;
  /** IANA zone of the company's wall clock. */
  readonly timeZone: (settings: z.output<Settings>) => string;
  /** Makes the vendor's client for one connection. No I/O yet. */
  readonly connect: (settings: z.output<Settings>, io: VendorIo, env: z.output<Env>) => Client;
  /** Where a person consents on the vendor's page (OAuth). Absent: the entered credentials are all there is. */
  readonly consent?: Consent<z.output<Settings>, z.output<Env>>;
  /** The cheapest call that proves the credentials. Throws `credential`, `rejected` (a permission) or `transient`. */
  readonly probe: (client: Client) => Promise<void>;
  /** `warn` takes what is odd and did not stop it; absent where nobody reads it. */
  readonly users: (client: Client, warn?: Warn) => Promise<readonly CrmUser[]>;
  /** A list that the hub may not see is left out: it stays as it was read last. `warn` as with users. */
  readonly lookups: (client: Client, warn?: Warn) => Promise<Lookups>;
  readonly sources: readonly Source<Client, z.output<Settings>>[];
  readonly sinks: readonly Sink<Client, z.output<Settings>>[];
  /** The door by which a job of OCC's own comes in as LeadSubmitted, its variables those of `JobLead`. Absent: it takes none. */
  readonly jobDoor?: string;
  /** What an org decides beyond the settings, in versions. Read by `config` in writes, endpoints and previews. */
  readonly configuration?: readonly ConfigurationPart<Client>[];
  /** What would be sent for a sample, by the configuration as it stands. Sends nothing that changes anything. */
  readonly preview?: (ask: PreviewAsk<Client, z.output<Settings>>) => Promise<unknown>;
  /** How often a failing write of this connection is tried, and how long between. Absent: the hub's own policy. Bugs, and what the vendor would not even look at, are tried as ever. */
  readonly retries?: (settings: z.output<Settings>) => RetryPolicy;
  /** To which e-mail address this connection wants failed writes reported; core sends the mail. Undefined: to nobody. */
  readonly failureMail?: (settings: z.output<Settings>) => string | undefined;
  /** HTTP that a lead source or the vendor calls. */
  readonly endpoints?: readonly Endpoint<Client, z.output<Settings>>[];
  /** Nothing that holds a payment card number comes in: such a request is refused and such an event not kept, unread and unlogged. */
  readonly refusesCardNumbers?: boolean;
}

/** Any provider, as the kit handles it. */
export type AnyProvider = Provider<z.ZodObject, z.ZodObject, never>;

/** Declares a provider. */
export function defineProvider<Settings extends z.ZodObject, Env extends z.ZodObject, Client>(
  provider: Provider<Settings, Env, Client>,
): Provider<Settings, Env, Client> {
  return provider;
}
