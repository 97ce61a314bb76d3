import type { Request } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { ConnectedApp } from './access-settings.ts';
import type { OAuthError } from './oauth-error.ts';
import { OAUTH_ERRORS } from './oauth-error.ts';

/** A form of an OAuth call; a field that was sent twice counts once. */
export type Form = Readonly<Record<string, string | undefined>>;

export function formOf(request: Request): Form {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]),
  );
}

/** Consumer key and secret, from a Basic header or from the form. */
export function credentialsOf(request: Request, form: Form): { key: string; secret: string | undefined } {
  const basic = /^basic\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic === undefined) return { key: form['client_id'] ?? '', secret: form['client_secret'] };
  const [key = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { key: unescaped(key), secret: unescaped(secret.join(':')) };
}

/** The two parts of a Basic header are form-encoded before they are joined; callers that did not are understood, too. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Who calls: the app, or why not. A secret that is sent must be right even where none is required. */
export function authenticate(
  apps: readonly ConnectedApp[],
  sent: { key: string; secret: string | undefined },
  rule: { secretRequired: (app: ConnectedApp) => boolean; now: number },
): { app: ConnectedApp } | { error: OAuthError } {
  const app = apps.find((one) => one.key === sent.key && one.activeFrom <= rule.now);
  if (!app) return { error: OAUTH_ERRORS.unknownClient };
  const isGood = sent.secret ? sameText(sent.secret, app.secret) : !rule.secretRequired(app);
  return isGood ? { app } : { error: OAUTH_ERRORS.wrongSecret };
}

function sameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
