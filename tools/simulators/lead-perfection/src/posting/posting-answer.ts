/** What a posting door answers. */
export interface PostingAnswer {
  status: number;
  contentType: string;
  body: string;
  /** Whether a lead was queued. */
  applied: boolean;
  error?: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html';

/** The posting host's one envelope; a refusal comes with HTTP 200 unless a status is given. */
export function leadAdded(message: string): PostingAnswer {
  const body = JSON.stringify({ status: 'OK', error: '', message });
  return { status: 200, contentType: JSON_TYPE, body, applied: true };
}

export function leadRefused(error: string, status = 200): PostingAnswer {
  const body = JSON.stringify({ status: 'ERROR', error, message: '' });
  return { status, contentType: JSON_TYPE, body, applied: false, error };
}

/** A classic page answers text; only `[OK]` in it means yes. */
export function pageSays(text: string): PostingAnswer {
  return { status: 200, contentType: HTML_TYPE, body: text, applied: true };
}

export function pageRefuses(error: string, status = 200): PostingAnswer {
  const body = `<html><body><font face="Arial">${error}</font></body></html>`;
  return { status, contentType: HTML_TYPE, body, applied: false, error };
}
