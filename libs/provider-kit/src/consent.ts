/** Where people consent to the hub's access, and where tokens are given, for one connection. */
export interface ConsentServer {
  /** Names the server; OpenID's `iss`. */
  readonly issuer: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
}

/** What an OAuth server says when it refuses (RFC 6749, `error` and `error_description`). */
export interface ConsentFault {
  readonly error: string;
  readonly description: string;
}

/** How a provider is authorized where a person consents on the vendor's page: OAuth 2.0, authorization code. */
export interface Consent<Settings, Env> {
  readonly server: (settings: Settings, env: Env) => ConsentServer;
  /** The app that the office registered at the vendor. */
  readonly app: (settings: Settings) => { readonly id: string; readonly secret: string };
  readonly scope: string;
  /** PKCE, S256. */
  readonly pkce: (settings: Settings) => boolean;
  /** Fields of the token answer that the client needs beside the token, e.g. `instance_url`. Read anew at every refresh. */
  readonly keep: readonly string[];
  /**
   * The company at the vendor that a grant belongs to, from the facts that `keep` names. A connection whose data came from
   * one company takes no grant of another. Absent: the provider cannot tell.
   */
  readonly company?: (facts: Readonly<Record<string, string>>) => string | undefined;
  /** A refusal of the token call that says nothing about the grant and passes by itself. */
  readonly passes: (fault: ConsentFault) => boolean;
  /** A refusal to refresh that ends the grant, so that a person has to consent again. Absent: any `invalid_grant` that does not pass. */
  readonly ends?: (fault: ConsentFault) => boolean;
  /** What to tell the person, in words of the vendor's pages; undefined where the kit's own words do. */
  readonly sentence: (fault: ConsentFault, facts: { readonly callbackUrl: string }) => string | undefined;
}
