/** What a refusal says. */
export interface VendorWords {
  /** Blank where it says nothing that people can read. */
  readonly text: string;
  /** By field, where it says so. */
  readonly fields: Readonly<Record<string, string>>;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The words of an error's body. Which shape PestPac uses is not public: `Message`, then ASP.NET's `errors`, then the
 * gateway's `fault`, then a JSON text, then plain text. A page is no words.
 */
export function wordsOf(body: string): VendorWords {
  const trimmed = body.trim();
  if (trimmed === '' || trimmed.startsWith('<')) return { text: '', fields: {} };
  let parsed: unknown;
  try {
    parsed = JSON.parse(trimmed);
  } catch {
    return { text: trimmed, fields: {} };
  }
  if (typeof parsed === 'string') return { text: parsed, fields: {} };
  return isObject(parsed) ? wordsIn(parsed) : { text: '', fields: {} };
}

function wordsIn(body: Json): VendorWords {
  const message = textOf(body['Message']) || textOf(body['message']);
  if (message !== '') return { text: message, fields: {} };
  if (isObject(body['errors'])) {
    const fields = Object.fromEntries(
      Object.entries(body['errors']).map(([name, said]) => [name, [said].flat().map(textOf).join(' ')]),
    );
    return { text: Object.values(fields).join(' '), fields };
  }
  const fault = body['fault'];
  if (isObject(fault)) return { text: textOf(fault['faultstring']) || errorCode(fault['detail']), fields: {} };
  return { text: '', fields: {} };
}

const errorCode = (detail: unknown): string => (isObject(detail) ? textOf(detail['errorcode']) : '');

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
