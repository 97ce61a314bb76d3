import { isHubError } from '@occ-hub/errors';
import { readRecord } from '@occ-hub/mapping';
import { type VendorAnswer, type VendorIo, hideSecrets } from '@occ-hub/provider-kit';
import { createdId, rowsOf } from './answers.ts';
import { type Catalogue, checkAgainst } from './catalogue.ts';
import type { Env } from './env.ts';
import type { JobBody } from './job-body.ts';
import { Client, CustomInput, Operation } from './records.ts';
import type { Settings } from './settings.ts';

/** How long divisions and fields are taken as they were read. */
const catalogueLifeMs = 15 * 60_000;
/** Lists that were read so lately are not read anew for what they do not have: a source may name it with every lead. */
const freshMs = 60_000;

/** SingleOps' API: the only file that knows its addresses, and how its credentials travel. */
export class SingleOpsClient {
  readonly #settings: Settings;
  readonly #io: VendorIo;
  readonly #env: Env;
  #read: { readonly at: number; readonly catalogue: Promise<Catalogue> } | undefined;

  constructor(settings: Settings, io: VendorIo, env: Env) {
    this.#settings = settings;
    this.#io = io;
    this.#env = env;
  }

  /** Reads divisions and fields anew, and proves that the account has what the settings name. */
  async probe(): Promise<void> {
    checkAgainst(await this.#refresh(), this.#settings);
  }

  /** Divisions and fields, read anew where they are older than a quarter of an hour. */
  catalogue(): Promise<Catalogue> {
    const read = this.#read;
    return read && this.#io.clock() - read.at < catalogueLifeMs ? read.catalogue : this.#refresh();
  }

  /** Decides by divisions and fields. What is refused by ones older than a minute is decided once more by fresh ones: the account may have changed. */
  async decide<Decision>(by: (catalogue: Catalogue) => Decision): Promise<Decision> {
    const before = this.#read;
    const catalogue = await this.catalogue();
    try {
      return by(catalogue);
    } catch (error) {
      const isFresh = before !== this.#read || before === undefined || this.#io.clock() - before.at < freshMs;
      if (isFresh || !isHubError(error, 'rejected')) throw error;
      return by(await this.#refresh());
    }
  }

  /** One page of the clients whose stored text begins with the term; the first is page 1, a full one has 50. */
  async search({ field, term, page }: { field: 'email' | 'phone'; term: string; page: number }): Promise<Client[]> {
    const query = { search_field: field, search_term: term, page: String(page) };
    const rows = rowsOf(await this.#get('clients/search_by_field', query, `search_field=${field} page=${page}`));
    return rows.map((row) => readRecord(Client, row));
  }

  /**
   * Makes a lead and gives its id. Never twice the same: SingleOps knows no idempotency key and shows no lead again. Fails
   * with `mayHaveApplied` where the end is not known.
   */
  async createJob(body: JobBody): Promise<string> {
    const answer = await this.#io.send({
      method: 'POST',
      url: this.#url('jobs'),
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ ...this.#credentials(), ...body }),
      ...{ writes: true, timeoutMs: 60_000, secrets: this.#secrets() },
      shown: body.job.client_id === null ? 'a new client' : `client_id=${body.job.client_id}`,
    });
    this.#restIfAsked(answer);
    try {
      return createdId(answer, hideSecrets(this.#secrets()));
    } catch (error) {
      // It may have been refused for a division or a field that the account has no more.
      if (isHubError(error, 'rejected')) this.#read = undefined;
      throw error;
    }
  }

  #refresh(): Promise<Catalogue> {
    const catalogue = this.#readCatalogue();
    const read = { at: this.#io.clock(), catalogue };
    this.#read = read;
    catalogue.catch(() => {
      if (this.#read === read) this.#read = undefined;
    });
    return catalogue;
  }

  async #readCatalogue(): Promise<Catalogue> {
    const operations = rowsOf(await this.#get('operations', {}, ''));
    const inputs = rowsOf(await this.#get('custom_inputs', {}, ''));
    return {
      operations: operations.map((row) => readRecord(Operation, row)),
      inputs: inputs.map((row) => readRecord(CustomInput, row)),
    };
  }

  /** A GET carries its credentials in the URL, which is therefore shown nowhere: only `shown` is. */
  async #get(path: string, query: Readonly<Record<string, string>>, shown: string): Promise<VendorAnswer> {
    const answer = await this.#io.send({
      method: 'GET',
      url: `${this.#url(path)}?${new URLSearchParams({ ...this.#credentials(), ...query }).toString()}`,
      headers: { accept: 'application/json' },
      ...{ writes: false, timeoutMs: 30_000, shown, secrets: this.#secrets() },
    });
    this.#restIfAsked(answer);
    return answer;
  }

  #restIfAsked({ status, headers }: VendorAnswer): void {
    const seconds = Number(headers['retry-after'] ?? Number.NaN);
    if (status === 429 && seconds > 0) this.#io.rest(Math.min(seconds, 1800) * 1000);
  }

  #url(path: string): string {
    return `${this.#env.SINGLEOPS_URL}/api/v1/${path}`;
  }

  #secrets(): readonly string[] {
    return Object.values(this.#credentials());
  }

  #credentials(): { user_email: string; user_token: string } {
    return { user_email: this.#settings.user_email, user_token: this.#settings.user_token };
  }
}
