import { HubError } from '@occ-hub/errors';
import { readRecord } from '@occ-hub/mapping';
import type { DayWindow, Login, TokenKeeper, VendorAnswer, VendorIo } from '@occ-hub/provider-kit';
import { bodyOf, confirmWrite, loginRefused, readRows, rowsOf } from './answers.ts';
import type { Env } from './env.ts';
import { LpEntry, LpResult, isRowOf } from './records.ts';
import type { Settings } from './settings.ts';

/** Lists of SalesApi/GetSalesApptDispProd. The letter of the sales people is assumed: nothing public names it. */
export const lists = { dispositions: 'd', products: 'p', document_types: 'y', users: 's' } as const;

type Params = Readonly<Record<string, string>>;

interface Action {
  readonly writes: boolean;
  readonly timeoutMs: number;
  /** Parameters that an operator may see; the rest are people's data. */
  readonly shown: readonly string[];
}

const ask: Action = {
  writes: false,
  timeoutMs: 120_000,
  shown: ['type', 'apptdates', 'apptdatee', 'apptdate', 'issuedleadid', 'rectype', 'recid'],
};
const update: Action = { writes: true, timeoutMs: 30_000, shown: ['issuedleadid', 'disposition'] };
const upload: Action = { writes: true, timeoutMs: 120_000, shown: [] };
/** Where the token does not say how long it lives. */
const assumedLifeMs = 23 * 3_600_000;

/** LeadPerfection's REST API: the only file that knows its addresses, its login and its calling convention. */
export class LeadPerfectionClient {
  readonly #settings: Settings;
  readonly #io: VendorIo;
  readonly #env: Env;
  readonly #tokens: TokenKeeper;

  constructor(settings: Settings, io: VendorIo, env: Env) {
    this.#settings = settings;
    this.#io = io;
    this.#env = env;
    this.#tokens = io.tokens(() => this.#login());
  }

  async entries(
    list: keyof typeof lists,
  ): Promise<readonly { key: string | number; value?: string | null | undefined }[]> {
    return readRows(LpEntry, await this.#form('SalesApi/GetSalesApptDispProd', { type: lists[list] }, ask));
  }

  /** Raw rows of the days, both included, in one page: LeadPerfection pages this call not at all. */
  async *appointments({ from, to }: DayWindow): AsyncIterable<readonly unknown[]> {
    yield rowsOf(
      await this.#form(
        'SalesApi/GetSalesApptDetailDateRange',
        { apptdates: monthFirst(from), apptdatee: monthFirst(to) },
        ask,
      ),
    );
  }

  /** What is recorded of an appointment now; undefined when there is none of that id on that day. */
  async result(appointment: string, day: string): Promise<LpResult | undefined> {
    const params = { apptdate: monthFirst(day), issuedleadid: appointment };
    const rows = rowsOf(await this.#form('SalesApi/GetSalesApptDetail', params, ask));
    const row = rows.find((each) => isRowOf(each, appointment));
    return row === undefined ? undefined : readRecord(LpResult, row);
  }

  /** Overwrites what is recorded of an appointment: what is left out is cleared at the vendor. */
  async saveResult(fields: Params): Promise<void> {
    confirmWrite(await this.#form('SalesApi/UpdateSalesApptDetail', fields, update));
  }

  /** Names of the files stored with an appointment. The shape of GetLinks is not public: any text of a row counts. */
  async fileNames(appointment: string): Promise<readonly string[]> {
    const rows = rowsOf(await this.#form('SalesApi/GetLinks', { rectype: 'ils', recid: appointment }, ask));
    return rows.flatMap((row) => Object.values(row ?? {}).filter((value) => typeof value === 'string'));
  }

  /** Stores a file with an appointment. Bytes go as an array of numbers: this is how LeadPerfection takes them. */
  async addFile(file: {
    appointment: string;
    name: string;
    description: string;
    typeId: number;
    bytes: Buffer;
  }): Promise<void> {
    const head = {
      ilsid: Number(file.appointment),
      filename: file.name,
      docdescr: file.description,
      dtyid: file.typeId,
    };
    const body = () => numbersBody(head, file.bytes);
    const shown = `ilsid=${file.appointment} dtyid=${file.typeId} (${file.bytes.length} bytes)`;
    confirmWrite(await this.#call('SalesApi/AddSalesmanImages', { body, type: 'application/json', shown }, upload));
  }

  #form(action: string, params: Params, how: Action): Promise<unknown> {
    const shown = Object.entries(params).map(([name, value]) => `${name}=${how.shown.includes(name) ? value : '•••'}`);
    const body = () => new URLSearchParams(params).toString();
    return this.#call(action, { body, type: 'application/x-www-form-urlencoded', shown: shown.join(' ') }, how);
  }

  /** One call, and one more with another token if this one is refused. */
  async #call(
    action: string,
    request: { body: () => string | Iterable<Uint8Array>; type: string; shown: string },
    how: Action,
  ): Promise<unknown> {
    const send = (token: string): Promise<VendorAnswer> =>
      this.#io.send({
        method: 'POST',
        url: `${this.#env.LEAD_PERFECTION_URL}/api/${action}`,
        headers: { authorization: `Bearer ${token}`, accept: '*/*', 'content-type': request.type },
        body: request.body(),
        writes: how.writes,
        timeoutMs: how.timeoutMs,
        shown: request.shown,
      });
    const token = await this.#tokens.current();
    const answer = await send(token);
    return bodyOf(answer.status === 401 ? await send(await this.#tokens.replacementFor(token)) : answer, how.writes);
  }

  async #login(): Promise<Login> {
    const { client_id: clientId, user_name: userName, password } = this.#settings;
    const form = {
      grant_type: 'password',
      username: userName,
      password,
      clientid: clientId,
      appkey: this.#env.LEAD_PERFECTION_APP_KEY.reveal(),
    };
    const answer = await this.#io.send({
      method: 'POST',
      url: `${this.#env.LEAD_PERFECTION_URL}/token`,
      headers: { accept: '*/*', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      writes: false,
      timeoutMs: 30_000,
      shown: 'grant_type=password',
    });
    if (answer.status === 400 || answer.status === 401) throw loginRefused();
    const { access_token: token, expires_in: seconds } = (bodyOf(answer, false) ?? {}) as Record<string, unknown>;
    if (typeof token !== 'string' || token === '') throw noToken();
    return { token, expiresInMs: typeof seconds === 'number' ? seconds * 1000 : assumedLifeMs };
  }
}

function noToken(): HubError {
  const message = 'LeadPerfection accepted the login but gave no token. The hub tries again by itself.';
  return new HubError({ kind: 'transient', code: 'lead-perfection.no-token', message });
}

/** `2026-03-09` as LeadPerfection takes dates: `03/09/2026`. */
function monthFirst(day: string): string {
  const [year, month, date] = day.split('-');
  return `${month}/${date}/${year}`;
}

const chunkBytes = 65_536;

/** The JSON of a file made piece by piece: ten megabytes are forty in this form, and need not be held at once. */
function* numbersBody(head: object, bytes: Buffer): Iterable<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(head).slice(0, -1)},"filebytes":[`);
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    const numbers = bytes.subarray(start, start + chunkBytes).join(',');
    yield Buffer.from(start === 0 ? numbers : `,${numbers}`);
  }
  yield Buffer.from(']}');
}
