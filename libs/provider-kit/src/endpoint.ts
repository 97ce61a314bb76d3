import type { DeliveryState, EventDefinition } from '@occ-hub/contracts';
import type { z } from 'zod';
import type { VendorIds } from './sink.ts';

/** A request as it came: the body as text, nothing of it read yet. */
export interface EndpointRequest {
  readonly method: string;
  /** Path and query. */
  readonly uri: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
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

/** How a submission stands when it ended, or when the time was up. */
export interface Submitted {
  /** It had come before: this is what became of it then. */
  readonly repeated: boolean;
  readonly state: DeliveryState;
  /** The error's kind, e.g. `rejected`, where it was not delivered. */
  readonly kind: string | null;
  readonly message: string | null;
  readonly vendorIds: VendorIds;
}

/** What an endpoint is handed for one request. */
export interface EndpointCall<Client, Settings> {
  readonly request: EndpointRequest;
  readonly org: string;
  readonly client: Client;
  readonly settings: Settings;
  /** Seals secrets that came along, so that they can lie in an event; only this provider opens them. */
  readonly seal: (secrets: Readonly<Record<string, string>>) => Promise<string>;
  /** Puts an event into the ledger and tells the other services; resolves with its end, or with how it stands when the time is up. */
  readonly submit: <Definition extends EventDefinition>(submission: Submission<Definition>) => Promise<Submitted>;
}

/** HTTP that others call, below `/v1/orgs/{org}/<provider>`. The kit checks key, org, size and rate; the endpoint reads and answers. */
export interface Endpoint<Client, Settings> {
  /** E.g. `/add-lead`. */
  readonly path: string;
  readonly methods: readonly ('GET' | 'POST')[];
  /** What a key must be made for. */
  readonly scope: string;
  readonly handle: (call: EndpointCall<Client, Settings>) => Promise<EndpointAnswer>;
}
