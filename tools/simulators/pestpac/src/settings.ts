/** How a refusal of 400 puts its words; which one the vendor uses is not public. */
export const ERROR_SHAPES = ['message', 'text', 'string', 'problem', 'empty'] as const;
export type ErrorShape = (typeof ERROR_SHAPES)[number];

/** What can be changed while the simulator runs. */
export interface Switches {
  /** Seconds a new token lives. Default 3600. */
  expiresIn: number;
  /** The client may introduce itself with `Bearer` in place of `Basic` on the token call. Default true. */
  bearerClient: boolean;
  /** A new token ends the earlier ones of the same user. Default false. */
  singleToken: boolean;
  /** Phones are compared by their digits (default) or as they are spelt. */
  phoneMatch: 'digits' | 'exact';
  errorShape: ErrorShape;
  /** What a new location must have beside `EnteredDate`; `LastName or Company` is one entry. */
  requiredLocationFields: readonly string[];
  /** Calls a day before everything is answered 401 with the word quota; null for no end. */
  dailyQuota: number | null;
  /** Calls within `burstSeconds` before the same answer; null for no end. */
  burstLimit: number | null;
  /** Default 1800. */
  burstSeconds: number;
  /** A lead may be put on an inactive location. Default true; the vendor's answer is not known. */
  leadsOnInactive: boolean;
  /** The refusal of a card quotes its token, as processors may do. Default false. */
  quotesTokens: boolean;
}

export const DEFAULT_SWITCHES: Switches = {
  expiresIn: 3600,
  bearerClient: true,
  singleToken: false,
  phoneMatch: 'digits',
  errorShape: 'message',
  requiredLocationFields: [
    'Branch',
    'Division',
    'Source',
    'Type',
    'LastName or Company',
    'Address',
    'City',
    'State',
    'Zip',
  ],
  dailyQuota: null,
  burstLimit: null,
  burstSeconds: 1800,
  leadsOnInactive: true,
  quotesTokens: false,
};

/** What callers have to know to be let in. */
export interface Credentials {
  apiKey: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  username: string;
  password: string;
}

export const DEFAULT_CREDENTIALS: Credentials = {
  apiKey: 'sim-api-key',
  tenantId: '100200',
  clientId: 'sim-client',
  clientSecret: 'sim-client-secret',
  username: 'hub@example.com',
  password: 'sim-password',
};

/** What a simulator is started with; everything has a default, see the README. */
export interface SimulatorOptions extends Partial<Switches>, Partial<Credentials> {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The number everything is invented from. Default 7. */
  seed?: number;
  /** How many customers are invented beside the known ones. Default 20. */
  customers?: number;
  /** The company's IANA zone. Default America/New_York. */
  zone?: string;
  /** Epoch milliseconds. */
  now?: () => number;
  /** A fresh unguessable text. Default a random UUID. */
  newToken?: () => string;
  /** Calls kept in the log. Default 1000. */
  logSize?: number;
}
