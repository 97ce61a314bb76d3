import type { TokenKeeper, VendorCall, VendorIo } from '@occ-hub/provider-kit';
import type { z } from 'zod';
import { bodyOf, isQuotaUsed, quotaRestMs, quotaUsed, recordOf, rowsOf, unknownAnswer } from './answers.ts';
import type { Codes, KnowsCodes, LookupList } from './catalogue/codes.ts';
import type { Env } from './env.ts';
import { apiOf } from './hosts.ts';
import { type CodesKept, keepCodes } from './lookups.ts';
import { allPages } from './pages.ts';
import { BillTo, type Card, CardOnFile, Lead, Location, Order, Setup, Task } from './records.ts';
import type { Settings } from './settings.ts';
import { login } from './token.ts';
import type { Body } from './transfer/transfer-types.ts';

type Query = Readonly<Record<string, string | number | boolean>>;

interface Call {
  readonly method: VendorCall['method'];
  /** Below the host URL, with a slash in front. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: Body;
  readonly hidden?: readonly string[];
}

const readMs = 30_000;
const writeMs = 60_000;

/** PestPac's API: the only file that knows its addresses, its headers and its paging. Nothing that creates is idempotent at PestPac. */
export class PestPacClient implements KnowsCodes {
  readonly #settings: Settings;
  readonly #io: VendorIo;
  readonly #env: Env;
  readonly #tokens: TokenKeeper;
  readonly #codes: CodesKept;

  constructor(settings: Settings, io: VendorIo, env: Env) {
    this.#settings = settings;
    this.#io = io;
    this.#env = env;
    this.#tokens = io.tokens(() => login(settings, io, env));
    this.#codes = keepCodes((list) => this.#list(list), io.clock);
  }

  /** The cheapest call that proves key, tenant, client and user. */
  async probe(): Promise<void> {
    await this.#read('/lookups/Branches', { active: 'true', top: 1 });
  }

  /** The company's lists, remembered for hours. Never throws for one list: that one is absent. */
  codes(): Promise<Codes> {
    return this.#codes.all();
  }

  /** One of the company's lists, active or not. Throws where it cannot be read. */
  code(list: LookupList): Promise<NonNullable<Codes[LookupList]>> {
    return this.#codes.one(list);
  }

  /** BillTos whose address, last name or company begins so, or whose e-mail or phone is exactly this. */
  searchBillTos(q: string): Promise<readonly BillTo[]> {
    return this.#pages(BillTo, '/BillTos', { q }, 'top');
  }

  /** Those that are known of these. */
  async billTos(ids: readonly number[]): Promise<readonly BillTo[]> {
    if (ids.length === 0) return [];
    return rowsOf(BillTo, await this.#read('/BillTos', { ids: ids.join(',') }));
  }

  /** As `searchBillTos`, over locations; inactive ones, too. */
  searchLocations(q: string): Promise<readonly Location[]> {
    return this.#pages(Location, '/Locations', { q, includeInactive: true }, 'top');
  }

  /** All locations of a BillTo, inactive ones, too. */
  locationsOf(billTo: number): Promise<readonly Location[]> {
    return this.#pages(Location, `/BillTos/${billTo}/locations`, {}, 'take');
  }

  async location(id: number): Promise<Location> {
    return recordOf(Location, await this.#read(`/Locations/${id}`), { writes: false });
  }

  /** Without `BillToID` in the body PestPac makes a BillTo as well. */
  createLocation(body: Body): Promise<Location> {
    return this.#create(Location, { method: 'POST', path: '/Locations', body });
  }

  createLead(body: Body): Promise<Lead> {
    return this.#create(Lead, { method: 'POST', path: '/Leads', body });
  }

  createTask(body: Body): Promise<Task> {
    return this.#create(Task, { method: 'POST', path: '/Tasks', body });
  }

  /** A one-time service. */
  createOrder(body: Body): Promise<Order> {
    return this.#create(Order, { method: 'POST', path: '/ServiceOrders', body });
  }

  /** A recurring service. */
  createSetup(body: Body): Promise<Setup> {
    return this.#create(Setup, { method: 'POST', path: '/ServiceSetups', body });
  }

  /** Without their comments: `lead` has that. */
  async leadsOf(location: number): Promise<readonly Lead[]> {
    return rowsOf(Lead, await this.#read(`/Locations/${location}/leads`));
  }

  async lead(id: number): Promise<Lead> {
    return recordOf(Lead, await this.#read(`/Leads/${id}`), { writes: false });
  }

  /** Open and closed ones. */
  async tasksOf(location: number): Promise<readonly Task[]> {
    return rowsOf(Task, await this.#read(`/Locations/${location}/tasks`, { includeOpen: true, includeClosed: true }));
  }

  async ordersBy(externalIdentifier: string): Promise<readonly Order[]> {
    return rowsOf(Order, await this.#read('/ServiceOrders', { externalIdentifier }));
  }

  async order(id: number): Promise<Order> {
    return recordOf(Order, await this.#read(`/ServiceOrders/${id}`), { writes: false });
  }

  async setupsOf(location: number): Promise<readonly Setup[]> {
    return rowsOf(Setup, await this.#read(`/Locations/${location}/serviceSetups`));
  }

  /** The cards of a BillTo, without bank accounts and without tokens. */
  async cards(billTo: number): Promise<readonly Card[]> {
    return rowsOf(CardOnFile, await this.#read(`/BillTos/${billTo}/paymentAccounts`, { includeAch: false }));
  }

  /** Stores a card by its processor's token, which comes back in no error. */
  addCard(billTo: number, body: Body): Promise<Card> {
    const path = `/BillTos/${billTo}/paymentAccounts`;
    return this.#create(CardOnFile, { method: 'POST', path, body, hidden: [String(body['CardToken'] ?? '')] });
  }

  /** Last write wins: twice is the same as once. `autoBillEndDate`: on the company's wall clock. */
  linkCard(setup: number, link: { card: number; autoBill: boolean; autoBillEndDate?: string }): Promise<Setup> {
    const { card, autoBill, autoBillEndDate } = link;
    const query = { cardId: card, autoBill, ...(autoBillEndDate === undefined ? {} : { autoBillEndDate }) };
    return this.#create(Setup, { method: 'PUT', path: `/ServiceSetups/${setup}/paymentAccount`, query });
  }

  /** An address where the customer enters a card at PestPac's. Whoever has it can: it is handed over and kept nowhere. */
  async paymentLink(billTo: number): Promise<string> {
    const link = await this.#read(`/BillTos/${billTo}/ePay/generateUrl`, { addPaymentMethodOnly: true });
    if (typeof link !== 'string' || !URL.canParse(link)) throw unknownAnswer({ writes: false });
    return link;
  }

  async #list(list: LookupList): Promise<readonly unknown[]> {
    return allPages(500, async (skip, top) => {
      const rows = await this.#read(`/lookups/${list}`, { skip, top });
      if (!Array.isArray(rows)) throw unknownAnswer({ writes: false });
      return rows as unknown[];
    });
  }

  #pages<Shape extends z.ZodType>(shape: Shape, path: string, query: Query, sizeName: 'top' | 'take') {
    return allPages(100, async (skip, size) =>
      rowsOf(shape, await this.#read(path, { ...query, skip, [sizeName]: size })),
    );
  }

  #read(path: string, query: Query = {}): Promise<unknown> {
    return this.#call({ method: 'GET', path, query });
  }

  async #create<Shape extends z.ZodType>(shape: Shape, call: Call): Promise<z.output<Shape>> {
    return recordOf(shape, await this.#call(call), { writes: true });
  }

  /** One call, and one more with another token where this one is refused. */
  async #call(call: Call): Promise<unknown> {
    const reading = { writes: call.method !== 'GET', hidden: call.hidden ?? [] };
    const token = await this.#tokens.current();
    let answer = await this.#io.send(this.#request(call, token));
    if (answer.status === 401 && !isQuotaUsed(answer))
      answer = await this.#io.send(this.#request(call, await this.#tokens.replacementFor(token)));
    if (isQuotaUsed(answer)) {
      this.#io.rest(quotaRestMs);
      throw quotaUsed();
    }
    return bodyOf(answer, reading);
  }

  #request({ method, path, query = {}, body }: Call, token: string): VendorCall {
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
    };
  }
}

/** Parameters that an operator may see, and which fields were sent: their values are people's. */
function shownOf(query: Query, body: Body | undefined): string {
  const asked = Object.entries(query).map(([name, value]) => `${name}=${name === 'q' ? '•••' : String(value)}`);
  const sent = body === undefined ? [] : [`{${Object.keys(body).join(', ')}}`];
  return [...asked, ...sent].join(' ');
}
