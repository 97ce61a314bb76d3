/** Words that vendors put failures in; such text is about the call, not about a person. */
const failureFields = [
  'error',
  'error_description',
  'errorCode',
  'status',
  'message',
  'Message',
  'ExceptionMessage',
  'Result',
];

const longest = 300;

type Hide = (text: string) => string;

/**
 * What an operator may see of an answer: its shape, and the vendor's own words where they are about the call. Rows are
 * counted, not shown: they are people's data. `hide` blanks what nobody may see.
 */
export function describeBody(text: string, hide: Hide = (shown) => shown): string {
  if (text === '') return '(empty)';
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return /^\s*</.test(text) ? `(markup, ${text.length} characters)` : `(not JSON, ${text.length} characters)`;
  }
  return describe(body, hide).slice(0, longest);
}

function describe(body: unknown, hide: Hide): string {
  if (Array.isArray(body)) {
    const first: unknown = body[0];
    return body.length === 1 && isFailure(first) ? `[${words(first, hide)}]` : `[${body.length} rows]`;
  }
  if (typeof body === 'string') return JSON.stringify(maskPeople(hide(body)));
  if (typeof body === 'object' && body !== null)
    return isFailure(body) ? words(body, hide) : `{${hide(Object.keys(body).join(', '))}}`;
  return hide(String(body));
}

function isFailure(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && failureFields.some((field) => field in body);
}

function words(body: Record<string, unknown>, hide: Hide): string {
  const shown = failureFields
    .filter((field) => field in body)
    .map((field) => `${field}: ${maskPeople(hide(String(body[field])))}`);
  return `{${shown.join(', ')}}`;
}

/** Blanks these secrets in a vendor's words, as they are and as an address or a form has them; do it before the words are cut or masked. */
export function hideSecrets(secrets: readonly string[]): Hide {
  const forms = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams([['', secret]]).toString().slice(1),
  ]);
  // The longest first: one may be part of another.
  const sorted = [...new Set(forms)].filter(Boolean).sort((one, other) => other.length - one.length);
  return (text) => sorted.reduce((shown, form) => shown.replaceAll(form, '•••'), text);
}

/** A vendor's words without e-mail addresses and long runs of digits: for errors, logs and histories. */
export function maskPeople(text: string): string {
  return text.replace(/[^\s@"]+@[^\s@"]+/g, '•••').replace(/\d[\d\s().-]{7,}\d/g, '•••');
}
