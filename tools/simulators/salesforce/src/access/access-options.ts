/** What the consent page does: asks a person, or decides by itself without being shown. */
export type ConsentMode = 'ask' | 'allow' | 'deny';

/** When a refresh token ends although nobody revoked it. Counted on the org's clock; absent means never. */
export interface RefreshExpiry {
  /** Milliseconds after the approval; 0 is "immediately expire". */
  afterMs?: number;
  /** Milliseconds without a refresh. */
  unusedForMs?: number;
}

/** Options of the OAuth side beside apps and users. */
export interface AccessExtras {
  /** Default ask. */
  consent?: ConsentMode;
  /** How long a refresh is worked on, in real milliseconds; a second one meanwhile is refused. Default 20. */
  refreshTakesMs?: number;
  /** Approvals a user may have open with one app; one more revokes the oldest. Default 5. */
  approvals?: number;
  refreshExpiry?: RefreshExpiry;
  /** Where `id` URLs point; https, as in a real org. Default https://login.salesforce.com. */
  identityHost?: string;
}
