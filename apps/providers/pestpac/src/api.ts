import type { TokenKeeper, VendorCall, VendorIo } from '@occ-hub/provider-kit';
import type { z } from 'zod';
import { bodyOf, isQuotaUsed, quotaRestMs, quotaUsed, recordOf, rowsOf } from './answers.ts';
import type { Env } from './env.ts';
import { apiOf } from './hosts.ts';
import { allPages } from './pages.ts';
import { type Settings, secretsOf } from './settings.ts';
import { login } from './token.ts';
import type { Body } from './transfer/transfer-types.ts';

export type Query = Readonly<Record<string, string | number | boolean>>;

export interface ApiCall {
  readonly method: VendorCall['method'];
  /** Below the host URL, with a slash in front. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: Body;
  /** Texts of the body that nobody may see, wherever they are quoted. */
  readonly hidden?: readonly string[];
}

/** How a list is asked for in pages: lists differ in what they call the size. */
export interface Paged {
  readonly path: string;
  readonly query?: Query;
  readonly sizeName: 'top' | 'take';
  readonly size: number;
}

const readMs = 30_000;
const writeMs = 60_000;

/** How PestPac is spoken to: token, headers, pages, and what a refused token or a used-up quota leads to. */
export class PestPacApi {
  readonly #settings: Settings;
  readonly #io: VendorIo;
  readonly #env: Env;
  readonly #tokens: TokenKeeper;

  constructor(settings: Settings, io: VendorIo, env: Env) {
    this.#settings = settings;
    this.#io = io;
    this.#env = env;
    this.#tokens = io.tokens(() => login(settings, io, env));
  }

  read(path: string, query: Query = {}): Promise<unknown> {
    return this.#call({ method: 'GET', path, query });
  }

  async one<Shape extends z.ZodType>(shape: Shape, path: string): Promise<z.output<Shape>> {
    return recordOf(shape, await this.read(path), { writes: false });
  }

  async rows<Shape extends z.ZodType>(shape: Shape, path: string, query?: Query): Promise<readonly z.output<Shape>[]> {
    return rowsOf(shape, await this.read(path, query));
  }

  pages<Shape extends z.ZodType>(shape: Shape, list: Paged): Promise<readonly z.output<Shape>[]> {
    const { path, query, sizeName } = list;
    return allPages(list.size, (skip, size) => this.rows(shape, path, { ...query, skip, [sizeName]: size }));
  }

  async write<Shape extends z.ZodType>(shape: Shape, call: ApiCall): Promise<z.output<Shape>> {
    return recordOf(shape, await this.#call(call), { writes: true });
  }

  /** One call, and one more with another token where this one is refused. */
  async #call(call: ApiCall): Promise<unknown> {
    const token = await this.#tokens.current();
    let answer = await this.#io.send(this.#request(call, token));
    if (answer.status === 401 && !isQuotaUsed(answer))
      answer = await this.#io.send(this.#request(call, await this.#tokens.replacementFor(token)));
    if (isQuotaUsed(answer)) {
      this.#io.rest(quotaRestMs);
      throw quotaUsed();
    }
    return bodyOf(answer, { writes: call.method !== 'GET', hidden: this.#secretsOf(call, token) });
  }

  /** Whatever PestPac may quote of a call and nobody may see. */
  #secretsOf({ hidden = [] }: ApiCall, token: string): readonly string[] {
    return [...hidden, ...secretsOf(this.#settings), token];
  }

  #request(call: ApiCall, token: string): VendorCall {
    const { method, path, query = {}, body } = call;
    const { url, publicOnly } = apiOf(this.#settings, this.#env);
    const { api_key: key, tenant_id: tenant } = this.#settings;
    const asked = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const writes = method !== 'GET';
    return {
      ...{ method, url: `${url}${path}${asked.size === 0 ? '' : `?${asked}`}`, writes, publicOnly },
      headers: {
        ...{ authorization: `Bearer ${token}`, apikey: key, 'tenant-id': tenant, accept: 'application/json' },
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: writes ? writeMs : readMs,
      shown: shownOf(query, body),
      secrets: this.#secretsOf(call, token),
    };
  }
}

/** Parameters that an operator may see, and which fields were sent: their values are people's. */
function shownOf(query: Query, body: Body | undefined): string {
  const asked = Object.entries(query).map(([name, value]) => `${name}=${name === 'q' ? '•••' : String(value)}`);
  const sent = body === undefined ? [] : [`{${Object.keys(body).join(', ')}}`];
  return [...asked, ...sent].join(' ');
}
