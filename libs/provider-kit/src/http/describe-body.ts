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

/**
 * What an operator may see of an answer: its shape, and the vendor's own words where they are about the call. Rows are
 * counted, not shown: they are people's data.
 */
export function describeBody(text: string): string {
  if (text === '') return '(empty)';
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return /^\s*</.test(text) ? `(markup, ${text.length} characters)` : `(not JSON, ${text.length} characters)`;
  }
  return describe(body).slice(0, longest);
}

function describe(body: unknown): string {
  if (Array.isArray(body)) {
    const first: unknown = body[0];
    return body.length === 1 && isFailure(first) ? `[${words(first)}]` : `[${body.length} rows]`;
  }
  if (typeof body === 'string') return JSON.stringify(maskPeople(body));
  if (typeof body === 'object' && body !== null)
    return isFailure(body) ? words(body) : `{${Object.keys(body).join(', ')}}`;
  return String(body);
}

function isFailure(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && failureFields.some((field) => field in body);
}

function words(body: Record<string, unknown>): string {
  const shown = failureFields
    .filter((field) => field in body)
    .map((field) => `${field}: ${maskPeople(String(body[field]))}`);
  return `{${shown.join(', ')}}`;
}

/** A vendor's words without e-mail addresses and long runs of digits: for errors, logs and histories. */
export function maskPeople(text: string): string {
  return text.replace(/[^\s@"]+@[^\s@"]+/g, '•••').replace(/\d[\d\s().-]{7,}\d/g, '•••');
}
