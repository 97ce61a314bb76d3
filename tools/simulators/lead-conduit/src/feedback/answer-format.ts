import { XMLBuilder } from 'fast-xml-parser';

export type Format = 'json' | 'xml' | 'plain';

const FORMATS: Readonly<Record<string, Format>> = {
  '*/*': 'json',
  'application/*': 'json',
  'application/json': 'json',
  'text/xml': 'xml',
  'application/xml': 'xml',
  'text/*': 'xml',
  'text/plain': 'plain',
};
const TYPES: Readonly<Record<Format, string>> = { json: 'application/json', xml: 'text/xml', plain: 'text/plain' };

/** The format an Accept header asks for, JSON when it does not care; null when it can be given none. */
export function formatFor(accept: string | undefined): Format | null {
  if (accept === undefined || accept.trim() === '') return 'json';
  const wanted = accept.split(',').map((one) => (one.split(';')[0] ?? '').trim().toLowerCase());
  return wanted.map((mime) => FORMATS[mime]).find((format) => format !== undefined) ?? null;
}

const builder = new XMLBuilder({ suppressEmptyNode: true });

/** An answer in a format; the XML root is `result`. */
export function answerText(answer: object, format: Format): { type: string; body: string } {
  const type = TYPES[format];
  if (format === 'json') return { type, body: JSON.stringify(answer) };
  if (format === 'xml') return { type, body: `<?xml version="1.0"?>${String(builder.build({ result: answer }))}` };
  const lines = Object.entries(answer).filter(([, value]) => typeof value !== 'object' && value !== undefined);
  return { type, body: lines.map(([name, value]) => `${name}:${String(value)}`).join('\n') };
}
