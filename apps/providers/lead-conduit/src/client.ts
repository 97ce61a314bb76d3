import { HubError } from '@occ-hub/errors';
import type { VendorIo } from '@occ-hub/provider-kit';
import type { Env } from './env.ts';
import { type Doors, doorsTo } from './doors.ts';
import { hostsOf } from './hosts.ts';
import type { HttpRequest, HttpResponse } from './platform/contract.ts';
import type { Settings } from './settings.ts';

/** Longer than LeadPerfection was ever seen to take. */
const timeoutMs = 30_000;

/** Sends what the modules build, to LeadPerfection's posting hosts and to LeadConduit's feedback address. */
export class LeadConduitClient {
  readonly doors: Doors;
  readonly #io: VendorIo;
  readonly #env: Env;

  constructor(io: VendorIo, env: Env) {
    this.#io = io;
    this.#env = env;
    this.doors = doorsTo(hostsOf(env));
  }

  /** The hosts ask for no credentials: that they answer at all is what can be proved. */
  async probe(): Promise<void> {
    const { status } = await this.#io.send({
      ...{ method: 'GET', url: `${hostsOf(this.#env).posting}/`, writes: false, timeoutMs: 10_000 },
    });
    if (status >= 500) throw away(status);
  }

  /** Where feedback about an event of LeadConduit's goes. */
  feedbackUrl({ feedback_url: address }: Settings, eventId: string): string {
    const url = new URL(this.#env.LEAD_CONDUIT_FEEDBACK_URL ?? address);
    url.searchParams.set('event_id', eventId);
    return url.href;
  }

  /** Sends one request and gives the answer, whatever it says. Fails as `transient` where none came. */
  async send({ url, method, headers, body }: HttpRequest, shown: string): Promise<HttpResponse> {
    const answer = await this.#io.send({ method, url, headers, body, writes: true, timeoutMs, shown });
    const named = Object.entries(answer.headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { status: answer.status, headers: Object.fromEntries(named.map(canonical)), body: answer.text };
  }
}

/** `content-type` → `Content-Type`, as LeadConduit hands headers over. */
function canonical([name, value]: readonly [string, string]): [string, string] {
  return [name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()), value];
}

function away(status: number): HubError {
  const message = `LeadPerfection's posting host failed on its side (${status}). The hub tries again by itself.`;
  return new HubError({ kind: 'transient', code: 'lead-conduit.posting-away', message });
}
