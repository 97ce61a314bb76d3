import type { VendorIo } from '@occ-hub/provider-kit';
import { isHubError } from '@occ-hub/errors';
import { z } from 'zod';
import { PestPacApi } from './api.ts';
import { unknownAnswer } from './answers.ts';
import type { Code, Codes, KnowsCodes, LookupList } from './catalogue/codes.ts';
import type { Env } from './env.ts';
import { type CodesKept, keepCodes } from './lookups.ts';
import { BillTo, type Card, CardOnFile, Lead, Location, Order, Setup, Task } from './records.ts';
import { type Group, searchByPhones } from './search.ts';
import type { Settings } from './settings.ts';
import type { Body, CardLink } from './transfer/transfer-types.ts';

/** PestPac's API: the only file that knows its paths. Nothing that creates is idempotent at PestPac. */
export class PestPacClient implements KnowsCodes {
  readonly #api: PestPacApi;
  readonly #codes: CodesKept;
  readonly #clock: VendorIo['clock'];

  constructor(settings: Settings, io: VendorIo, env: Env) {
    this.#api = new PestPacApi(settings, io, env);
    this.#clock = io.clock;
    const listOf = (list: LookupList) => ({ path: `/lookups/${list}`, sizeName: 'top', size: 500 }) as const;
    this.#codes = keepCodes((list) => this.#api.pages(z.unknown(), listOf(list)), io.clock);
  }

  /** Milliseconds: a preview is made for now. */
  now(): number {
    return this.#clock();
  }

  /** The cheapest call that proves key, tenant, client and user. */
  async probe(): Promise<void> {
    await this.#api.rows(z.object({}), '/lookups/Branches', { active: 'true', top: 1 });
  }

  /** The company's lists, remembered for an hour. Never throws for one list: that one is absent. */
  codes(): Promise<Codes> {
    return this.#codes.all();
  }

  /** One of the company's lists, what is out of use included. Throws where it cannot be read and never was. */
  listOf(list: LookupList): Promise<readonly Code[]> {
    return this.#codes.one(list);
  }

  /** Customers with one of these phones (ten digits each), each with all of its locations. */
  search(phones: readonly string[]): Promise<readonly Group[]> {
    return searchByPhones(this, phones);
  }

  /** BillTos whose address, last name or company begins so, or whose e-mail or phone is exactly this. */
  searchBillTos(q: string): Promise<readonly BillTo[]> {
    return this.#api.pages(BillTo, { path: '/BillTos', query: { q }, sizeName: 'top', size: 100 });
  }

  /** As `searchBillTos`, over locations; inactive ones, too. */
  searchLocations(q: string): Promise<readonly Location[]> {
    const query = { q, includeInactive: true };
    return this.#api.pages(Location, { path: '/Locations', query, sizeName: 'top', size: 100 });
  }

  /** Those that are known of these. */
  async billTos(ids: readonly number[]): Promise<readonly BillTo[]> {
    return ids.length === 0 ? [] : this.#api.rows(BillTo, '/BillTos', { ids: ids.join(',') });
  }

  /** All locations of a BillTo, inactive ones, too. */
  locationsOf(billTo: number): Promise<readonly Location[]> {
    return this.#api.pages(Location, { path: `/BillTos/${billTo}/locations`, sizeName: 'take', size: 100 });
  }

  /** The same; undefined where PestPac has no BillTo of that id. */
  locationsIfShown(billTo: number): Promise<readonly Location[] | undefined> {
    return unlessUnknown(this.locationsOf(billTo));
  }

  /** Undefined where PestPac has none of that id. */
  location(id: number): Promise<Location | undefined> {
    return unlessUnknown(this.#api.one(Location, `/Locations/${id}`));
  }

  /** Without `BillToID` in the body PestPac makes a BillTo as well. */
  createLocation(body: Body): Promise<Location> {
    return this.#api.write(Location, { method: 'POST', path: '/Locations', body });
  }

  createLead(body: Body): Promise<Lead> {
    return this.#api.write(Lead, { method: 'POST', path: '/Leads', body });
  }

  /** Their comments are blank: `lead` has them. */
  leadsOf(location: number): Promise<readonly Lead[]> {
    return this.#api.rows(Lead, `/Locations/${location}/leads`);
  }

  lead(id: number): Promise<Lead> {
    return this.#api.one(Lead, `/Leads/${id}`);
  }

  createTask(body: Body): Promise<Task> {
    return this.#api.write(Task, { method: 'POST', path: '/Tasks', body });
  }

  /** Open and closed ones. */
  tasksOf(location: number): Promise<readonly Task[]> {
    return this.#api.rows(Task, `/Locations/${location}/tasks`, { includeOpen: true, includeClosed: true });
  }

  task(id: number): Promise<Task> {
    return this.#api.one(Task, `/Tasks/${id}`);
  }

  /** A one-time service. */
  createOrder(body: Body): Promise<Order> {
    return this.#api.write(Order, { method: 'POST', path: '/ServiceOrders', body });
  }

  ordersBy(externalIdentifier: string): Promise<readonly Order[]> {
    return this.#api.rows(Order, '/ServiceOrders', { externalIdentifier });
  }

  order(id: number): Promise<Order> {
    return this.#api.one(Order, `/ServiceOrders/${id}`);
  }

  /** A recurring service. */
  createSetup(body: Body): Promise<Setup> {
    return this.#api.write(Setup, { method: 'POST', path: '/ServiceSetups', body });
  }

  setupsOf(location: number): Promise<readonly Setup[]> {
    return this.#api.rows(Setup, `/Locations/${location}/serviceSetups`);
  }

  setup(id: number): Promise<Setup> {
    return this.#api.one(Setup, `/ServiceSetups/${id}`);
  }

  /** The cards of a BillTo, without bank accounts and without tokens. */
  cards(billTo: number): Promise<readonly Card[]> {
    return this.#api.rows(CardOnFile, `/BillTos/${billTo}/paymentAccounts`, { includeAch: false });
  }

  /** Stores a card by its processor's token, which comes back in no error. */
  addCard(billTo: number, body: Body): Promise<Card> {
    const path = `/BillTos/${billTo}/paymentAccounts`;
    const hidden = [String(body['CardToken'] ?? '')];
    return this.#api.write(CardOnFile, { method: 'POST', path, body, hidden });
  }

  /** Twice is the same as once. */
  linkCard(link: CardLink & { readonly setup: number; readonly card: number }): Promise<Setup> {
    const { setup, card, autoBill, autoBillEndDate } = link;
    const query = { cardId: card, autoBill, ...(autoBillEndDate === undefined ? {} : { autoBillEndDate }) };
    return this.#api.write(Setup, { method: 'PUT', path: `/ServiceSetups/${setup}/paymentAccount`, query });
  }

  /** An address where the customer enters a card at PestPac's own. Whoever has it can: it is handed over and kept nowhere. */
  async paymentLink(billTo: number): Promise<string> {
    const link = await this.#api.read(`/BillTos/${billTo}/ePay/generateUrl`, { addPaymentMethodOnly: true });
    if (typeof link !== 'string' || !/^https?:\/\//.test(link)) throw unknownAnswer({ writes: false });
    return link;
  }
}

async function unlessUnknown<Found>(asked: Promise<Found>): Promise<Found | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isHubError(error, 'rejected') && error.code === 'pestpac.status-404') return undefined;
    throw error;
  }
}
