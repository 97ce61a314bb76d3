import { createParser } from 'eventsource-parser';

/** Core's API as one person uses it. */
export interface Api {
  readonly token: string;
  get<Body>(path: string): Promise<Body>;
  post<Body>(path: string, body?: unknown): Promise<Body>;
  put<Body>(path: string, body: unknown): Promise<Body>;
  /** A multipart upload of a PDF with fields beside it. */
  upload<Body>(path: string, pdf: Uint8Array, fields: Readonly<Record<string, string>>): Promise<Body>;
  /** Every item of a paged list. */
  all<Item>(path: string): Promise<Item[]>;
  /** Follows server-sent events until they end, and gives the last. */
  follow<Event>(path: string, each: (event: Event) => void): Promise<Event | undefined>;
}

/** A refusal of the API: the status, the stable code and the sentence for people. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;

  constructor(problem: { status: number; code: string; detail: string }) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.status = problem.status;
    this.code = problem.code;
  }
}

/** A token of the built-in issuer for a role. */
export async function tokenFor(core: string, who: { sub: string; role: string; org?: string }): Promise<string> {
  const { token } = await callAs(core, '')<{ token: string }>('/dev/token', { method: 'POST', ...json(who) });
  return token;
}

export function apiAs(core: string, token: string): Api {
  const call = callAs(core, token);
  return {
    token,
    get: (path) => call(path, { method: 'GET' }),
    post: (path, body = {}) => call(path, { method: 'POST', ...json(body) }),
    put: (path, body) => call(path, { method: 'PUT', ...json(body) }),
    upload(path, pdf, fields) {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set('file', new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }), 'document.pdf');
      return call(path, { method: 'POST', body: form });
    },
    async all(path) {
      const items: never[] = [];
      for (let cursor = ''; ;) {
        const page: { items: never[]; next_cursor?: string } = await call(
          `${path}${path.includes('?') ? '&' : '?'}limit=100${cursor}`,
          { method: 'GET' },
        );
        items.push(...page.items);
        if (!page.next_cursor) return items;
        cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
      }
    },
    follow: (path, each) => follow(`${core}${path}`, token, each),
  };
}

function json(body: unknown): RequestInit {
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

function callAs(core: string, token: string) {
  return async <Body>(path: string, init: RequestInit): Promise<Body> => {
    const headers = {
      ...(init.headers as Record<string, string>),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    };
    const answer = await fetch(`${core}${path}`, { ...init, headers });
    const body = (await answer.json().catch(() => ({}))) as Body & { code?: string; detail?: string };
    if (!answer.ok)
      throw new ApiProblem({ status: answer.status, code: body.code ?? 'no-code', detail: body.detail ?? '' });
    return body;
  };
}

async function follow<Event>(url: string, token: string, each: (event: Event) => void): Promise<Event | undefined> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' } });
  if (!answer.ok || !answer.body) throw new ApiProblem({ status: answer.status, code: 'no-stream', detail: url });
  let last: Event | undefined;
  const parser = createParser({
    onEvent({ data }) {
      last = JSON.parse(data) as Event;
      each(last);
    },
  });
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) parser.feed(chunk);
  return last;
}
