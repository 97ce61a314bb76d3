import type { ReceivedCall } from '@occ-hub/simulator-pestpac';
import { Pool } from 'undici';
import { type Person, asOf } from './people.ts';
import type { PestPacFacts } from './pestpac-vendor.ts';

/** The calls of one run as PestPac received them, and what they were about. */
export interface RecordedRun {
  readonly calls: readonly ReceivedCall[];
  readonly person: Person;
  readonly ids: Readonly<Record<string, string>>;
}

export interface BareRuns {
  /** The same calls for somebody else, with nothing of the hub's around them. */
  run(person: Person): Promise<void>;
  close(): Promise<void>;
}

/** An undici Pool that makes the calls of a recorded run: its searches together, as the run makes them, then each record. */
export async function bareRuns(
  { apiUrl, tokenUrl, credentials }: PestPacFacts,
  recorded: RecordedRun,
): Promise<BareRuns> {
  const token = await login(tokenUrl, credentials);
  // As many connections as the service holds.
  const { origin, pathname: base } = new URL(apiUrl);
  const pool = new Pool(origin, { connections: 64, pipelining: 1 });
  const headers = {
    ...{ authorization: `Bearer ${token}`, apikey: credentials.apiKey, 'tenant-id': credentials.tenantId },
    ...{ accept: 'application/json', 'content-type': 'application/json' },
  };
  const send = async (method: 'GET' | 'POST', path: string, body: string | null) => {
    const answer = await pool.request({ path: `${base}${path}`, method, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path} was answered ${answer.statusCode}: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  };
  const searches = recorded.calls.filter(({ call }) => call.startsWith('GET'));
  const makings = recorded.calls.filter(({ call }) => call.startsWith('POST'));

  return {
    async run(person) {
      let words = asOf(person, recorded.person);
      await Promise.all(searches.map(({ path }) => send('GET', words(path), null)));
      for (const { path, body } of makings) {
        const made = await send('POST', path, words(JSON.stringify(body)));
        const [before, ids] = [words, idsIn(recorded, made)];
        words = (text) => ids(before(text));
      }
    },
    close: () => pool.close(),
  };
}

/** The number of what was made stands in what is made after it. */
function idsIn({ ids }: RecordedRun, made: Record<string, unknown>): (text: string) => string {
  return (text) =>
    text
      .replaceAll(`"LocationID":${ids['location_id']}`, `"LocationID":${String(made['LocationID'])}`)
      .replaceAll(`PestPac lead ${ids['lead_id']}`, `PestPac lead ${String(made['LeadID'])}`);
}

async function login(url: string, credentials: PestPacFacts['credentials']): Promise<string> {
  const { clientId, clientSecret, username, password } = credentials;
  const answer = await fetch(`${url}?scope=openid`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'password', username, password }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
