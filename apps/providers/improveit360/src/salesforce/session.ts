import { HubError, isHubError } from '@occ-hub/errors';
import type { Grant, VendorAnswer, VendorCall, VendorIo } from '@occ-hub/provider-kit';
import { Connection } from 'jsforce';
import { SessionExpired, mayHaveMoved } from './answers.ts';
import { sendTo, transportOver } from './transport.ts';

/** The version of the REST API that everything here was written for. jsforce's own default is retired. */
export const apiVersion = '66.0';

/** Calls Salesforce as the user who consented. A token that ran out is replaced once per call, never in a loop. */
export class Session {
  readonly #io: VendorIo;
  readonly #send: (call: VendorCall) => Promise<VendorAnswer>;
  #made: { grant: Grant; connection: Connection } | undefined;
  /** How far Salesforce's clock is ahead of ours, ms. */
  #ahead = 0;

  constructor(io: VendorIo) {
    this.#io = io;
    const send = sendTo(io);
    this.#send = async (call) => {
      const answer = await send(call);
      const date = Date.parse(answer.headers['date'] ?? '');
      if (!Number.isNaN(date)) this.#ahead = date - io.clock();
      return answer;
    };
  }

  /** Salesforce's clock, epoch ms, as its last answer showed it. */
  now(): number {
    return this.#io.clock() + this.#ahead;
  }

  /** Work with jsforce. It may run twice, the second time with another token: so let it be one call. */
  async withJsforce<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    return this.#once((grant) => work(this.#connectionOf(grant)));
  }

  /** A call that jsforce cannot make: a body that is streamed. `path` is below the API's root. */
  async send(path: string, call: Omit<VendorCall, 'url'>): Promise<VendorAnswer> {
    return this.#once((grant) =>
      this.#send({
        ...call,
        url: `${instanceOf(grant)}/services/data/v${apiVersion}${path}`,
        headers: { ...call.headers, authorization: `Bearer ${grant.accessToken}` },
      }),
    );
  }

  async #once<Result>(work: (grant: Grant) => Promise<Result>): Promise<Result> {
    const grant = await this.#io.grant.current();
    try {
      return await work(grant);
    } catch (failure) {
      const other = await this.#insteadOf(grant, failure);
      return await work(other).catch((error: unknown) => {
        throw error instanceof SessionExpired ? uselessToken() : error;
      });
    }
  }

  /** The grant to try once more with; fails with the failure itself where no other grant would help. */
  async #insteadOf(grant: Grant, failure: unknown): Promise<Grant> {
    if (failure instanceof SessionExpired) return this.#io.grant.replacementFor(grant);
    if (mayHaveMoved(failure)) return this.#elsewhere(grant, failure);
    throw failure;
  }

  /** The grant of the server that the company has moved to; fails with the failure that raised the question where it did not. */
  async #elsewhere(grant: Grant, failure: unknown): Promise<Grant> {
    const latest = await this.#io.grant.replacementFor(grant).catch((error: unknown) => {
      // What was given out a moment ago names the right server.
      throw isHubError(error, 'credential') && error.code.endsWith('.grant.useless') ? failure : error;
    });
    if (instanceOf(latest) === instanceOf(grant)) throw failure;
    return latest;
  }

  /** A new one for each grant: with the token the address may change, too. */
  #connectionOf(grant: Grant): Connection {
    if (this.#made?.grant.accessToken === grant.accessToken) return this.#made.connection;
    const { accessToken } = grant;
    // No refresh function: jsforce would refresh without end and throw a rotated refresh token away.
    const connection = new Connection({ version: apiVersion, instanceUrl: instanceOf(grant), accessToken });
    connection._transport = transportOver(this.#send);
    this.#made = { grant, connection };
    return connection;
  }
}

function instanceOf(grant: Grant): string {
  const url = grant.facts['instance_url'];
  if (url) return url.replace(/\/$/, '');
  const message = 'Salesforce named no server of the company. Authorize again.';
  throw new HubError({ kind: 'credential', code: 'improveit360.grant.no-instance', message });
}

function uselessToken(): HubError {
  const message =
    'Salesforce refuses even a token that it has just given out. Ask its administrator about the session settings of the app "OCC", then authorize again.';
  return new HubError({ kind: 'credential', code: 'improveit360.session.refused', message });
}
