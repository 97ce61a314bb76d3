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

/** What a simulator is started with; everything has a default, see the README. */
export interface SimulatorOptions {
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
  /** Rows of a page, children counted, when the caller does not ask. Default 2,000. */
  pageSize?: number;
  /** Opportunity Result set to Sold makes a Sale. Default true. */
  sales?: boolean;
  /** Largest content of a file in bytes. Default 2 GB. */
  fileLimit?: number;
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
