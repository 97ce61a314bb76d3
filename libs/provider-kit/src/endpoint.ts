import type { DeliveryState, EventDefinition } from '@occ-hub/contracts';
import type { Clock } from '@occ-hub/service';
import type { z } from 'zod';
import type { ReadConfiguration } from './configuration.ts';
import type { StandingChoice, VendorIds } from './sink.ts';

/** A request as it came: the body as text, nothing of it read yet. */
export interface EndpointRequest {
  readonly method: string;
  /** Path and query. */
  readonly uri: string;
  /** What stands in the path where the endpoint's has `:name`. */
  readonly params: Readonly<Record<string, string>>;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The address the call came from. */
  readonly from: string;
}

export interface EndpointAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Something that came in and is to be delivered: one event, once, whoever sends it again. */
export interface Submission<Definition extends EventDefinition> {
  readonly event: Definition;
  /** What it is known by, one or several: whatever comes again with one of them is a repeat. */
  readonly keys: readonly string[];
  /** What it is about, as a subject: deliveries about one thing keep their order. */
  readonly subject: string;
  readonly origin: 'lead-source' | 'crm';
  readonly data: z.output<Definition['data']>;
  /** How long to wait for its end, ms. 0: not at all. */
  readonly withinMs: number;
}

/** How a submission stands when it ended, when somebody has to choose, or when the time was up. */
export interface Submitted {
  /** By this it is looked up later. */
  readonly delivery: string;
  /** It had come before: this is what became of it then. */
  readonly repeated: boolean;
  /** What it was handed over with, the first time. */
  readonly data: unknown;
  readonly state: DeliveryState;
  /** The error's kind, e.g. `rejected`, where it was not delivered. */
  readonly kind: string | null;
  readonly code: string | null;
  readonly message: string | null;
  /** The step that it stopped at, where it was not delivered. */
  readonly failedStep: string | null;
  readonly vendorIds: VendorIds;
  /** What it waits for while it is `awaiting-choice`. */
  readonly choice: StandingChoice | null;
}

/** What an endpoint is handed for one request. */
export interface EndpointCall<Client, Settings> {
  readonly request: EndpointRequest;
  readonly org: string;
  /** The key that the call came with. */
  readonly key: { readonly id: string; readonly name: string };
  readonly client: Client;
  readonly settings: Settings;
  /** The org's configuration of this connection, as it stands. */
  readonly config: ReadConfiguration;
  readonly clock: Clock;
  /** Seals secrets that came along, so that they can lie in an event; only this provider opens them. */
  readonly seal: (secrets: Readonly<Record<string, string>>) => Promise<string>;
  /** Opens what was sealed for this connection. */
  readonly unseal: (sealed: string) => Promise<Readonly<Record<string, string>>>;
  /** Puts an event into the ledger and tells the other services; resolves with its end, or with how it stands when the time is up. A choice that a person has to make ends the wait, too. */
  readonly submit: <Definition extends EventDefinition>(submission: Submission<Definition>) => Promise<Submitted>;
  /** How stands what was submitted before with one of these keys; undefined where nothing was. For what would not be submitted again today. */
  readonly known: (event: EventDefinition, keys: readonly string[]) => Promise<Submitted | undefined>;
  /** How a delivery of this connection stands; undefined where it has none of that id. */
  readonly look: (delivery: string) => Promise<Submitted | undefined>;
  /**
   * Makes the choice that a delivery of this connection waits for, in the name of the key, and waits like `submit`;
   * undefined where it has none of that id. Fails as `rejected`: `ledger.choice-unknown` where the option was not
   * offered, `ledger.no-choice` where it waits for none.
   */
  readonly choose: (
    delivery: string,
    option: string,
    wait?: { readonly withinMs: number },
  ) => Promise<Submitted | undefined>;
}

/** Why a call is not answered as it should be. */
export interface EndpointProblem {
  /** E.g. 401, 403, 405, 422, 424, 429, 503. */
  readonly status: number;
  readonly code: string;
  /** For whoever set up the call: what happened and what to do. */
  readonly message: string;
}

/** HTTP that others call, below `/v1/orgs/{org}/<provider>`. The kit checks key, org, size and rate; the endpoint reads and answers. */
export interface Endpoint<Client, Settings> {
  /** E.g. `/add-lead`, `/leads/:id`. */
  readonly path: string;
  readonly methods: readonly ('GET' | 'POST')[];
  /** What a key must be made for. */
  readonly scope: string;
  /** A limit of its own for each key from each address (of IPv6: from each /64) at this replica, beside the one that every key has; what it refuses uses up nothing of that. */
  readonly callsPerMinute?: number;
  /** The same by method, beside `callsPerMinute`: e.g. for a page that is looked at more often than something is sent by it. */
  readonly callsPerMinuteOfAddress?: Readonly<Partial<Record<'GET' | 'POST', number>>>;
  readonly handle: (call: EndpointCall<Client, Settings>) => Promise<EndpointAnswer>;
  /** Answers what is refused before or in `handle`, for an endpoint that people look at. Absent: as problem+json. */
  readonly problem?: (problem: EndpointProblem) => EndpointAnswer;
}
