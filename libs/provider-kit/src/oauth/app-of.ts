import { createHash } from 'node:crypto';
import type { Consent, ConsentServer } from '../consent.ts';

/** A consent of any provider, as the kit handles it. */
export type AnyConsent = Consent<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>>;

/** The app that an office registered, and the server that knows it. */
export interface OAuthApp {
  readonly id: string;
  readonly secret: string;
  readonly server: ConsentServer;
  /** Tells apps apart without naming them: a grant belongs to the app it was given to. A new secret is the same app. */
  readonly key: string;
}

/** The app that a connection's settings name. */
export function appOf(
  consent: AnyConsent,
  settings: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, unknown>>,
): OAuthApp {
  const server = consent.server(settings, env);
  const { id, secret } = consent.app(settings);
  const key = createHash('sha256')
    .update(JSON.stringify([server.tokenUrl, id]))
    .digest('hex');
  return { id, secret, server, key };
}
