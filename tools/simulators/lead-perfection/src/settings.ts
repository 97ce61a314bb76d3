import type { PostingSwitches } from './posting/posting-switches.ts';

/** How field names of rows are spelt. Real endpoints and versions differ, so the default changes from page to page. */
export type FieldCase = 'wobble' | 'documented' | 'seed' | 'lower';
/** How CanUpdateIndicator is printed: Y/N, "true"/"false", or true/false. */
export type BooleanStyle = 'wobble' | 'yn' | 'text' | 'real';
export type ListWrapper = 'none' | 'data' | 'Data' | 'Records' | 'Result';

/** What can be changed while the simulator runs. */
export interface Switches {
  /** Seconds a new token lives, and the `expires_in` of its answer. Default 86399. */
  expiresIn: number;
  /** An update clears disposition, presnotes, products and amounts that it leaves out. Default true. */
  overwrite: boolean;
  /** The object a list reply is wrapped in. Default none: a bare array. */
  wrapLists: ListWrapper;
  fieldCase: FieldCase;
  booleans: BooleanStyle;
  /** Largest accepted request body in bytes; above it 413. Default 40 MB. */
  bodyLimit: number;
  /** GetSalesApptDetail finds a row only when apptdate is its day, too. Default false: the id is enough. */
  detailNeedsDate: boolean;
}

export const DEFAULT_SWITCHES: Switches = {
  expiresIn: 86_399,
  overwrite: true,
  wrapLists: 'none',
  fieldCase: 'wobble',
  booleans: 'wobble',
  bodyLimit: 40 * 1024 * 1024,
  detailNeedsDate: false,
};

/** An API user of the simulated company. */
export interface ApiUser {
  username: string;
  password: string;
}

/** What a simulator is started with; everything has a default, see the README. */
export interface SimulatorOptions extends Partial<Switches> {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The number everything is invented from. Default 7. */
  seed?: number;
  /** How many appointments to invent. Default 200; 1000 and more lie inside the window with rows of about 1 KB. */
  appointments?: number;
  /** The company's IANA zone. Default America/New_York. */
  zone?: string;
  /** Epoch milliseconds of the machine's clock. Token life and the log follow it; the company's clock starts from it. */
  now?: () => number;
  /** A fresh unguessable text for an access token. Default a random UUID. */
  newToken?: () => string;
  /** Default demo1. */
  clientId?: string;
  /** Default 00000000-0000-0000-0000-000000000000. */
  appKey?: string;
  /** Default OneClick with password "secret". */
  username?: string;
  password?: string;
  /** Further API users beside `username`. */
  otherUsers?: readonly ApiUser[];
  /** How posted leads are treated and where feedback goes. */
  posting?: Partial<PostingSwitches>;
  /** Calls kept in the log. Default 1000. */
  logSize?: number;
}
