import type { Snapshot } from './event.ts';

type Shown = NonNullable<Snapshot['request']>;

const SECRET_HEADERS = /^(authorization|x-api-key|api-key|cookie)$/i;

/** A request fit to be kept: secrets are starred wherever they stand, encoded or not, and so are headers that hold keys. */
export function withoutSecrets(request: Shown, secrets: readonly string[]): Shown {
  const forms = secrets.filter((secret) => secret.length > 0).flatMap(writings);
  const clean = (text: string): string =>
    forms.reduce((kept, form) => kept.replaceAll(form, '*'.repeat(form.length)), text);
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    SECRET_HEADERS.test(name) ? '•••' : clean(value),
  ]);
  return {
    method: request.method,
    url: clean(request.url),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: clean(request.body),
  };
}

function writings(secret: string): string[] {
  const asForm = new URLSearchParams({ s: secret }).toString().slice(2);
  return [...new Set([secret, asForm, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])];
}
