/** LeadConduit's contract with an integration, as public modules show it. */
export interface OutboundRequest {
  url: string;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** Header names are in canonical case, the body is text. */
export interface OutboundResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Declaration {
  name: string;
  type: string;
}

export type Vars = Record<string, unknown>;

/** An outbound module in the request/response style; the handle style is not hosted. */
export interface OutboundModule {
  validate?(vars: Vars): string | null | undefined;
  request: ((vars: Vars) => OutboundRequest) & { variables?(): readonly Declaration[] };
  response: (vars: Vars, request: OutboundRequest, response: OutboundResponse) => object;
}

export interface InboundCall {
  method: string;
  uri: string;
  headers: Record<string, string>;
  body?: string;
}

export interface InboundAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** An inbound module; `request` may throw an HttpError to answer at once. */
export interface InboundModule {
  request(call: InboundCall): object;
  response(call: InboundCall, vars: Vars): InboundAnswer;
}

export interface IntegrationPackage {
  name?: string;
  outbound?: Readonly<Record<string, OutboundModule>>;
  inbound?: Readonly<Record<string, InboundModule>>;
}
