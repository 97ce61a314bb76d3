import type { AccountDefinition } from './account/account.ts';

/** What a simulator is started with; everything has a default, see the README. */
export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Default two sister accounts, 77 and 78, with invented divisions, fields and clients. */
  accounts?: readonly AccountDefinition[];
  switches?: Partial<Switches>;
  /** Ordinary invented clients of the first account, beside the odd ones. Default 60; none of either when accounts are given. */
  clients?: number;
  /** Of the invented clients. Default 1. */
  seed?: number;
  /** Epoch milliseconds. */
  now?: () => number;
  /** A fresh secret: of a client's record, or in place of an API user's token. */
  newSecret?: () => string;
  /** Calls kept in the log. Default 500. */
  logSize?: number;
}

/** Where public knowledge ends: how this SingleOps behaves in what nobody has published. */
export interface Switches {
  /** Where a new client's details stand: beside `job` (A) or inside it (B). What stands elsewhere is ignored. */
  layout: 'A' | 'B';
  /** The HTTP status of `success: false`. */
  failureStatus: 200 | 422;
  errorAs: 'text' | 'list' | 'object';
  /** When a failed login is a redirect to the login page in place of a 401. */
  htmlLogin: 'never' | 'unless-json' | 'always';
  /** What happens to a text that is too long. */
  overLimit: 'refuse' | 'cut';
  enforceRequiredCustomInputs: boolean;
  archivedInSearch: boolean;
  unconfirmedInSearch: boolean;
  phoneSearchCoversMobile: boolean;
  /** Days after which a lead without a proposal is stale. */
  staleAfterDays: number;
}

export const STANDARD_SWITCHES: Readonly<Switches> = {
  layout: 'A',
  failureStatus: 422,
  errorAs: 'text',
  htmlLogin: 'never',
  overLimit: 'refuse',
  enforceRequiredCustomInputs: true,
  archivedInSearch: true,
  unconfirmedInSearch: true,
  phoneSearchCoversMobile: false,
  staleAfterDays: 30,
};
