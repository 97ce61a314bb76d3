/** Types that LeadConduit gives its variables. */
export type VariableType =
  | 'array'
  | 'boolean'
  | 'city'
  | 'credential'
  | 'date'
  | 'email'
  | 'first_name'
  | 'last_name'
  | 'number'
  | 'phone'
  | 'postal_code'
  | 'state'
  | 'street'
  | 'string'
  | 'time'
  | 'trustedform_url'
  | 'url'
  | 'wildcard';

/** A variable that a module reads or appends. Names are lower case; `label` is how LeadConduit's page shows it. */
export interface Variable<Name extends string = string> {
  readonly name: Name;
  readonly label: string;
  readonly type: VariableType;
  readonly description: string;
  readonly required: boolean;
  /** What stands in for a blank one: a value, or the path of another variable. */
  readonly default?: string;
  readonly defaultFrom?: string;
}

/** What a module tells the platform to send. The body is text; the platform does the call. */
export interface HttpRequest {
  readonly url: string;
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly followAllRedirects?: boolean;
}

/** What came back: header names in canonical case, the body as text. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Success: accepted. Failure: the other side refused it, for a reason of its business. Error: a technical fault. */
export type Outcome = 'success' | 'failure' | 'error';

/** What an outbound module appends, flat: the labels of LeadConduit's page carry no prefix either. */
export interface Appended {
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly [name: string]: string | undefined;
}

type Declares = { variables(): Variable[] };

/** LeadConduit's outbound contract. Pure, but for one thing: `request` masks secrets on `vars` when the request is built. */
export interface OutboundModule {
  /** A sentence why this lead is not sent, or nothing. Never throws. */
  validate(vars: unknown): string | undefined;
  request: ((vars: unknown) => HttpRequest) & Declares;
  response: ((vars: unknown, req: unknown, res: HttpResponse | undefined) => Appended) & Declares;
}

/** What the platform was asked. `uri` may be a path with a query or a whole address. */
export interface InboundRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

export interface InboundResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A parameter of the address, for the page that explains how to post. */
export interface InboundParam {
  readonly name: string;
  readonly label: string;
  readonly type: VariableType;
  readonly description: string;
  readonly required: boolean;
  readonly examples: readonly string[];
}

/** LeadConduit's inbound contract. `request` throws `HttpError` to stop and answer at once. */
export interface InboundModule {
  request: ((req: InboundRequest) => Record<string, unknown>) &
    Declares & {
      params(): InboundParam[];
      examples(flowId: string, sourceId: string, params?: Readonly<Record<string, string>>): InboundRequest[];
    };
  response: ((req: InboundRequest, vars: unknown, fieldIds?: readonly string[]) => InboundResponse) & Declares;
}
