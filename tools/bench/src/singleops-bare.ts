import type { ReceivedCall } from '@occ-hub/simulator-singleops';
import { Pool } from 'undici';
import { type Person, asOf } from './people.ts';
import type { SingleOpsFacts } from './singleops-vendor.ts';

/** The calls of one lead as SingleOps received them. */
export interface RecordedLead {
  readonly calls: readonly ReceivedCall[];
  readonly person: Person;
}

export interface BareLeads {
  /** The same calls for somebody else, with nothing of the hub's around them. */
  send(person: Person): Promise<void>;
  close(): Promise<void>;
}

/** Below this are the addresses that the simulator keeps. */
const base = '/api/v1';

/** An undici Pool that makes the calls of a recorded lead, one after another. */
export function bareLeads({ url, user }: SingleOpsFacts, { calls, person: recorded }: RecordedLead): BareLeads {
  // As many connections as the service holds.
  const pool = new Pool(url, { connections: 64, pipelining: 1 });
  const credentials = { user_email: user.email, user_token: user.token };
  const request = async ({ method, path, params }: ReceivedCall, words: (text: string) => string) => {
    const all = { ...credentials, ...(JSON.parse(words(JSON.stringify(params))) as Record<string, string>) };
    const isRead = method === 'GET';
    const answer = await pool.request({
      path: isRead ? `${base}${path}?${new URLSearchParams(all).toString()}` : `${base}${path}`,
      method: isRead ? 'GET' : 'POST',
      headers: { accept: 'application/json', ...(isRead ? {} : { 'content-type': 'application/json' }) },
      body: isRead ? null : JSON.stringify(all),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path} was answered ${answer.statusCode}: ${text}`);
    JSON.parse(text);
  };
  return {
    async send(person) {
      const words = asOf(person, recorded);
      for (const call of calls) await request(call, words);
    },
    close: () => pool.close(),
  };
}
