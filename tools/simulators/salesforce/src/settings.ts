import type { AccessExtras } from './access/access-options.ts';
import type { ObjectDefinition } from './schema/definition.ts';

/** A Connected App (or External Client App) of the simulated org. */
export interface AppOptions {
  key: string;
  secret: string;
  /** Compared letter by letter with `redirect_uri`. */
  callbacks: readonly string[];
  name?: string;
  /** "Require Secret for Web Server Flow". Default true. */
  requireSecretWeb?: boolean;
  /** "Require Secret for Refresh Token Flow". Default true. */
  requireSecretRefresh?: boolean;
  /** "Require PKCE". Default false; a challenge that is sent is checked either way. */
  requirePkce?: boolean;
  /** A refresh gives a new refresh token and the old one is watched for reuse. Default true. */
  rotation?: boolean;
  /** Milliseconds until an unused access token ends. Default two hours. */
  idleMs?: number;
  /** Seconds after the start until the app works ("up to 10 minutes"). Default 0. */
  activeAfterSeconds?: number;
}

/** A person who can log in to the simulated org. */
export interface UserOptions {
  username: string;
  displayName: string;
  email: string;
  /** 18 characters; by default made from the place in the list. */
  id?: string;
  active?: boolean;
}

/** What can be changed while the simulator runs. */
export interface Switches {
  /** An opportunity whose Result is written as Sold gets a Sale, every time it is written. Default true. */
  saleOnSold: boolean;
  /** Inactive picklist entries stay in describe and keep their place in `validFor`. Default true. */
  listInactive: boolean;
  /** Rows of a page, children counted. Default 2,000, also the largest that `Sforce-Query-Options` can ask for. */
  pageSize: number;
  /** Rows of one child list before it gets pages of its own. Default 2,000. */
  childPageSize: number;
  /** Largest content of a file in bytes. Default 2 GB. */
  fileLimit: number;
  /** Largest content of a file sent as base64 in JSON, in bytes of content. Default 37.5 MB. */
  base64Limit: number;
}

export const DEFAULT_SWITCHES: Switches = {
  saleOnSold: true,
  listInactive: true,
  pageSize: 2000,
  childPageSize: 2000,
  fileLimit: 2 * 1024 ** 3,
  base64Limit: 37.5 * 1024 ** 2,
};

/** What a simulator is started with; everything has a default, see the README. */
export interface SimulatorOptions extends AccessExtras {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The number everything is invented from. Default 7. */
  seed?: number;
  /** How many appointments to invent. Default 60. */
  appointments?: number;
  /** How many Staff to invent. Default 12, at least 12; benchmarks ask for 50. */
  staff?: number;
  /** Epoch milliseconds of the machine's clock; the org's clock starts from it. */
  now?: () => number;
  /** A fresh unguessable text for a token, a code or a signature's key. Default random. */
  newSecret?: () => string;
  /** 18 characters; default 00DHs000002Occ1 with its checksum. */
  orgId?: string;
  /** Default one app, see DEFAULT_APP. */
  apps?: readonly AppOptions[];
  /** Default one administrator, see DEFAULT_USER. */
  users?: readonly UserOptions[];
  /** Milliseconds an authorization code lives. Default ten minutes. */
  codeMs?: number;
  /** API calls in 24 hours. Default 100,000. */
  dailyLimit?: number;
  /** Further objects, or other definitions for those of the same name. */
  objects?: readonly ObjectDefinition[];
  /** What can also be changed while the simulator runs. */
  switches?: Partial<Switches>;
  /** Calls kept in the log. Default 1,000. */
  logSize?: number;
}

/** The app of the hub's own set-up, with an invented key. */
export const DEFAULT_APP: AppOptions = {
  key: '3MVG9simulated.OccConsumerKey',
  secret: 'SIMULATED0CC5ECRET',
  name: 'OCC',
  callbacks: ['http://127.0.0.1:3000/auth/improveit360/callback', 'http://localhost:3000/auth/improveit360/callback'],
};

/** The administrator who presses Allow. */
export const DEFAULT_USER: UserOptions = {
  username: 'admin@harborline.example.com',
  displayName: 'Ada Harbor',
  email: 'ada.harbor@example.com',
};

/** 18 characters. */
export const DEFAULT_ORG_ID = '00DHs000002Occ1MAC';
