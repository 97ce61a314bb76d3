import { HubError } from '@occ-hub/errors';
import { readRecord } from '@occ-hub/mapping';
import type { VendorIo, Warn } from '@occ-hub/provider-kit';
import type { Connection } from 'jsforce';
import { z } from 'zod';
import { SfStaff, objects } from './records.ts';
import { isNotFound, noObject, objectMissing } from './salesforce/answers.ts';
import { FieldDescription, fieldHidden } from './salesforce/picklist.ts';
import { Session } from './salesforce/session.ts';
import { quoted } from './salesforce/soql.ts';
import { uploadCall } from './salesforce/upload.ts';

/** Of an object's description, what we read. */
const ObjectDescription = z.object({
  fields: z.array(FieldDescription),
  childRelationships: z
    .array(z.object({ childSObject: z.string(), field: z.string(), relationshipName: z.string().nullish() }))
    .default([]),
});
export type ObjectDescription = z.output<typeof ObjectDescription>;

const QueryPage = z.object({
  done: z.boolean(),
  records: z.array(z.record(z.string(), z.unknown())),
  nextRecordsUrl: z.string().optional(),
});
type Row = Record<string, unknown>;

/** How old a description may be: as old as the longest time between two syncs. */
export const usualAgeMs = 15 * 60_000;

/** improveit360 Lightning on Salesforce's REST API. */
export class Improveit360Client {
  readonly #session: Session;
  readonly #io: VendorIo;
  readonly #described = new Map<string, { at: number; description: Promise<ObjectDescription> }>();

  #staff: readonly SfStaff[] | undefined;

  constructor(io: VendorIo) {
    this.#io = io;
    this.#session = new Session(io);
  }

  /** Salesforce's clock, epoch ms. */
  now(): number {
    return this.#session.now();
  }

  /** The description of an object, not older than asked. Fails as `rejected` where there is none. */
  async describe(object: string, oldestMs = usualAgeMs): Promise<ObjectDescription> {
    const known = this.#described.get(object);
    if (known && this.#io.clock() - known.at < oldestMs) return known.description;
    const description = this.#describeAnew(object).catch(async (error: unknown) => {
      if (!(error instanceof HubError) || error.code !== noObject) throw error;
      // A company that moved away is followed by a query; one without the package says so.
      await this.probe();
      return this.#describeAnew(object);
    });
    this.#described.set(object, { at: this.#io.clock(), description });
    description.catch(() => this.#described.delete(object));
    return description;
  }

  async #describeAnew(object: string): Promise<ObjectDescription> {
    const answer = await this.#session.withJsforce((connection) =>
      connection.describe(object).catch((error: unknown) => {
        throw isNotFound(error) ? objectMissing(error) : error;
      }),
    );
    return readRecord(ObjectDescription, answer);
  }

  /** Everybody the company has: the seed's own query, without what the hub's user may not see. */
  async staff(warn?: Warn): Promise<readonly SfStaff[]> {
    const fields = visibleOf(await this.describe(objects.staff), warn);
    const rows: SfStaff[] = [];
    for await (const page of this.pages(`SELECT ${fields.join(', ')} FROM ${objects.staff}`))
      rows.push(...page.map((row) => readRecord(SfStaff, row)));
    return (this.#staff = rows);
  }

  /** Everybody as they were read last: for names. */
  async lastStaff(): Promise<readonly SfStaff[]> {
    return this.#staff ?? this.staff();
  }

  /** The cheapest call that needs the token, the API and the package. */
  async probe(): Promise<void> {
    for await (const _page of this.pages(`SELECT Id FROM ${objects.staff} LIMIT 1`)) return;
  }

  /** All pages of a query, deleted records among them where asked; lists within rows are complete, too. */
  async *pages(soql: string, { deleted = false } = {}): AsyncIterable<readonly Row[]> {
    let next: string | undefined = `/${deleted ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`;
    while (next !== undefined) {
      const page = await this.#page(next);
      for (const row of page.records) await this.#completeLists(row);
      yield page.records;
      next = nextOf(page);
    }
  }

  async #page(url: string): Promise<z.output<typeof QueryPage>> {
    return readRecord(QueryPage, await this.#ask((connection) => connection.request(url)));
  }

  /** One call that names fields: where one went or was hidden since it was described, what was described is forgotten. */
  async #ask(work: (connection: Connection) => Promise<unknown>): Promise<unknown> {
    try {
      return await this.#session.withJsforce(work);
    } catch (error) {
      if (error instanceof HubError && error.code === 'improveit360.invalid-field') this.#described.clear();
      throw error;
    }
  }

  /** Salesforce counts child rows, too, and cuts their lists where a page is full. */
  async #completeLists(row: Row): Promise<void> {
    for (const value of Object.values(row)) {
      const list = QueryPage.safeParse(value);
      let next = list.success ? nextOf(list.data) : undefined;
      while (next !== undefined) {
        const page: z.output<typeof QueryPage> = await this.#page(next);
        (value as { records: Row[] }).records.push(...page.records);
        next = nextOf(page);
      }
    }
  }

  /** Fields of one record as they are now. Fails as `rejected` where the record is gone. */
  async read(object: string, id: string, fields: readonly string[]): Promise<Row> {
    const path = `/sobjects/${object}/${encodeURIComponent(id)}?fields=${fields.join(',')}`;
    return readRecord(z.record(z.string(), z.unknown()), await this.#ask((connection) => connection.request(path)));
  }

  /** Changes fields of one record. */
  async update(object: string, id: string, fields: Readonly<Record<string, string | null>>): Promise<void> {
    await this.#ask((connection) =>
      connection.request({
        method: 'PATCH',
        url: `/sobjects/${object}/${encodeURIComponent(id)}`,
        body: JSON.stringify(fields),
        headers: { 'content-type': 'application/json' },
      }),
    );
  }

  /** Stores a file with a record. Gives the ContentVersion's id. */
  async addFile(file: { record: string; title: string; mark: string; digest: string; bytes: Buffer }): Promise<string> {
    const fileName = `${file.title}.pdf`;
    const fields = {
      Title: file.title,
      PathOnClient: fileName,
      Description: file.mark,
      FirstPublishLocationId: file.record,
    };
    const call = uploadCall({ fields, fileName, bytes: file.bytes, boundary: `occ-${file.digest}` });
    const answer = await this.#session.send('/sobjects/ContentVersion', call);
    const saved = SaveResult.safeParse(answer.text === '' ? undefined : JSON.parse(answer.text));
    if (saved.success) return saved.data.id;
    throw unknownAnswer();
  }

  /** The file of a record that carries this mark; undefined when there is none. */
  async fileWith(record: string, mark: string): Promise<string | undefined> {
    const soql = `SELECT ContentDocumentId, ContentDocument.Description FROM ContentDocumentLink WHERE LinkedEntityId = ${quoted(record)}`;
    for await (const links of this.pages(soql))
      for (const row of links) {
        const link = FileLink.safeParse(row);
        if (link.success && hasMark(link.data.ContentDocument?.Description ?? '', mark))
          return link.data.ContentDocumentId;
      }
    return undefined;
  }
}

const emailField = 'i360core__Email__c';

/** What can be asked of people. */
function visibleOf({ fields }: ObjectDescription, warn?: Warn): readonly string[] {
  const there = new Set(fields.map(({ name }) => name));
  if (!there.has('Name')) throw fieldHidden('Name of Staff');
  if (there.has(emailField)) return ['Id', 'Name', emailField];
  const reason =
    'This field is not there or is hidden from the hub’s user. Staff come without it: link them to members by hand.';
  warn?.({ record: emailField, reason });
  return ['Id', 'Name'];
}

const SaveResult = z.object({ id: z.string().min(1), success: z.literal(true) });
const FileLink = z.object({
  ContentDocumentId: z.string(),
  ContentDocument: z.object({ Description: z.string().nullish() }).nullish(),
});

/** People may write before and behind it; a longer id that begins alike is another one. */
function hasMark(description: string, mark: string): boolean {
  return description
    .split(mark)
    .slice(1)
    .some((behind) => !/^[\w-]/.test(behind));
}

function nextOf({ done, nextRecordsUrl }: z.output<typeof QueryPage>): string | undefined {
  if (done) return undefined;
  if (nextRecordsUrl !== undefined) return nextRecordsUrl;
  const message = 'Salesforce says that there is more and not where. The hub asks again by itself.';
  throw new HubError({ kind: 'transient', code: 'improveit360.answer-incomplete', message });
}

function unknownAnswer(): HubError {
  const message =
    'Salesforce answered an upload with words that the hub does not know. It looks for the file before it sends it again.';
  return new HubError({ kind: 'transient', code: 'improveit360.answer-unknown', message, mayHaveApplied: true });
}
