import { createHash } from 'node:crypto';
import { Connection } from 'jsforce';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SalesforceSimulator } from '../simulator.ts';
import type { Caller } from '../testing/caller.ts';
import { startSalesforceSimulator } from '../simulator.ts';
import { callerOf } from '../testing/caller.ts';

const BOUNDARY = 'simulated-boundary-7';
const PDF = Buffer.concat([
  Buffer.from('%PDF-1.7\n'),
  Buffer.alloc(300_000, 0xe2),
  Buffer.from('\r\n--not-the-boundary\r\n'),
]);

let simulator: SalesforceSimulator;
let caller: Caller;
let appointment: string;

beforeEach(async () => {
  simulator = await startSalesforceSimulator({ appointments: 1 });
  caller = callerOf(simulator);
  appointment = simulator.control.records('i360core__Sales_Appointment__c')[0]?.Id ?? '';
});

afterEach(() => simulator.stop());

const fieldsPart = (fields: object, name = 'entity_content'): Buffer =>
  Buffer.from(
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: application/json\r\n\r\n` +
      `${JSON.stringify(fields)}\r\n`,
  );
const filePart = (bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="VersionData"; filename="agreement.pdf"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n',
    ),
    bytes,
    Buffer.from('\r\n'),
  ]);
const END = Buffer.from(`--${BOUNDARY}--\r\n`);

const upload = (...parts: Buffer[]): ReturnType<Caller['call']> =>
  caller.call('POST', '/sobjects/ContentVersion', {
    body: Buffer.concat([...parts, END]),
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  });

const agreement = (): object => ({
  Title: 'Signed Agreement',
  PathOnClient: 'agreement.pdf',
  FirstPublishLocationId: appointment,
});

describe('an upload', () => {
  it.each([
    ['fields first', (fields: Buffer, file: Buffer): Buffer[] => [fields, file]],
    ['file first', (fields: Buffer, file: Buffer): Buffer[] => [file, fields]],
  ])('as multipart with the %s keeps every byte and hangs on its record', async (_, order) => {
    const answer = await upload(...order(fieldsPart(agreement()), filePart(PDF)));
    expect(answer.status).toBe(201);
    expect(answer.json()).toMatchObject({ success: true, errors: [] });
    const [file] = simulator.control.files({ linkedTo: appointment });
    expect(file).toMatchObject({
      title: 'Signed Agreement',
      fileName: 'agreement.pdf',
      size: PDF.length,
      sha256: createHash('sha256').update(PDF).digest('hex'),
      linkedTo: [appointment],
    });
  });

  it('as JSON with base64 arrives just the same, and its bytes can be read back', async () => {
    const body = { ...agreement(), VersionData: PDF.toString('base64') };
    const { id } = (await caller.call('POST', '/sobjects/ContentVersion', { body })).json() as { id: string };
    expect(simulator.control.fileContent(id).equals(PDF)).toBe(true);
    const { records } = await caller.query(
      `SELECT VersionData, ContentSize, FileExtension FROM ContentVersion WHERE Id = '${id}'`,
    );
    expect(records[0]).toMatchObject({ ContentSize: PDF.length, FileExtension: 'pdf' });
    const bytes = await caller.get(String(records[0]?.['VersionData']));
    expect([bytes.status, bytes.text.slice(0, 8)]).toEqual([200, '%PDF-1.7']);
  });

  it('is refused when the fields come with a file name, as a web form sends them', async () => {
    const form = new FormData();
    form.set('entity_content', new Blob([JSON.stringify(agreement())], { type: 'application/json' }));
    form.set('VersionData', new Blob([new Uint8Array(PDF)]), 'agreement.pdf');
    const answer = await caller.call('POST', '/sobjects/ContentVersion', { body: form });
    expect(answer.status).toBe(400);
    expect(answer.json()).toEqual([
      { errorCode: 'INVALID_MULTIPART_REQUEST', message: 'Multipart message must include a non-binary part' },
    ]);
    expect(simulator.control.files()).toEqual([]);
  });

  it('is refused without content, without a path, and above the limits', async () => {
    const codes = [];
    for (const answer of [
      await upload(fieldsPart(agreement())),
      await upload(fieldsPart({ Title: 'No path' }), filePart(PDF)),
    ]) {
      codes.push((answer.json() as { errorCode: string; fields: string[] }[])[0]?.fields);
    }
    expect(codes).toEqual([['VersionData'], ['PathOnClient']]);
    simulator.control.configure({ fileLimit: 1000, base64Limit: 500 });
    expect((await upload(fieldsPart(agreement()), filePart(PDF))).status).toBe(413);
    const body = { ...agreement(), VersionData: Buffer.alloc(501).toString('base64') };
    expect((await caller.call('POST', '/sobjects/ContentVersion', { body })).status).toBe(413);
    expect(simulator.control.files()).toEqual([]);
  });

  it('works with a standard client', async () => {
    const { accessToken, instanceUrl } = simulator.control.token();
    const connection = new Connection({ instanceUrl, accessToken, version: '62.0' });
    const result = await connection.sobject('ContentVersion').create(
      { ...agreement(), VersionData: PDF.toString('base64') } as never,
      {
        multipartFileFields: { VersionData: { contentType: 'application/pdf', filename: 'agreement.pdf' } },
      } as never,
    );
    expect(result).toMatchObject({ success: true });
    expect(simulator.control.files()[0]?.size).toBe(PDF.length);
  });

  it('of a caller that went away leaves nothing behind', async () => {
    const { accessToken } = simulator.control.token();
    const whole = Buffer.concat([fieldsPart(agreement()), filePart(PDF), END]);
    const stopped = new AbortController();
    const body = new ReadableStream({
      start: (stream) => {
        stream.enqueue(new Uint8Array(whole.subarray(0, 200_000)));
        setTimeout(() => stopped.abort(), 50);
      },
    });
    await expect(
      fetch(`${simulator.url}/services/data/v62.0/sobjects/ContentVersion`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${accessToken}`,
          'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        },
        body,
        duplex: 'half',
        signal: stopped.signal,
      } as RequestInit),
    ).rejects.toThrow();
    expect((await caller.get('/limits')).status).toBe(200);
    expect(simulator.control.files()).toEqual([]);
  });
});

describe('documents', () => {
  it('come with a link to the uploader and one to the record, and can be linked further', async () => {
    const { id } = (await upload(fieldsPart(agreement()), filePart(PDF))).json() as { id: string };
    const { records } = await caller.query(`SELECT ContentDocumentId FROM ContentVersion WHERE Id = '${id}'`);
    const documentId = String(records[0]?.['ContentDocumentId']);
    const account = simulator.control.records('Account')[0]?.Id;
    const link = { ContentDocumentId: documentId, LinkedEntityId: account, ShareType: 'V', Visibility: 'AllUsers' };
    expect((await caller.call('POST', '/sobjects/ContentDocumentLink', { body: link })).status).toBe(201);
    expect(simulator.control.files()[0]?.linkedTo).toEqual([appointment, account]);
    const linked = await caller.query(
      `SELECT ContentDocument.Title, LinkedEntity.Type FROM ContentDocumentLink WHERE LinkedEntityId = '${appointment}'`,
    );
    expect(linked.records).toMatchObject([
      { ContentDocument: { Title: 'Signed Agreement' }, LinkedEntity: { Type: 'i360core__Sales_Appointment__c' } },
    ]);
  });

  it('get a new version when the document is named', async () => {
    const first = (await upload(fieldsPart(agreement()), filePart(PDF))).json() as { id: string };
    const { records } = await caller.query(`SELECT ContentDocumentId FROM ContentVersion WHERE Id = '${first.id}'`);
    const next = { PathOnClient: 'agreement.pdf', ContentDocumentId: records[0]?.['ContentDocumentId'] };
    expect((await upload(fieldsPart(next), filePart(PDF))).status).toBe(201);
    const versions = await caller.query('SELECT VersionNumber, IsLatest FROM ContentVersion ORDER BY VersionNumber');
    expect(versions.records).toMatchObject([
      { VersionNumber: '1', IsLatest: false },
      { VersionNumber: '2', IsLatest: true },
    ]);
    const documents = await caller.query('SELECT Id FROM ContentDocument');
    expect(documents.totalSize).toBe(1);
  });

  it('carry the description of their latest version, which can be read through a link but not filtered by', async () => {
    const described = { ...agreement(), Description: 'hub document 7f1c' };
    const { id } = (await upload(fieldsPart(described), filePart(PDF))).json() as { id: string };
    const soql = `SELECT ContentDocumentId, ContentDocument.Description FROM ContentDocumentLink WHERE LinkedEntityId = '${appointment}'`;
    const description = async (): Promise<unknown> => (await caller.query(soql)).records[0]?.['ContentDocument'];
    expect(await description()).toMatchObject({ Description: 'hub document 7f1c' });
    await caller.call('PATCH', `/sobjects/ContentVersion/${id}`, { body: { Description: 'changed' } });
    expect(await description()).toMatchObject({ Description: 'changed' });
    await expect(caller.query("SELECT Id FROM ContentVersion WHERE Description = 'changed'")).rejects.toThrow(
      "field 'Description' can not be filtered in a query call",
    );
  });

  it('cannot be listed by their links without naming one side', async () => {
    await expect(caller.query('SELECT Id FROM ContentDocumentLink')).rejects.toThrow('Implementation restriction');
    await expect(
      caller.query(`SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '${appointment}' OR ShareType = 'V'`),
    ).rejects.toThrow('Implementation restriction');
  });
});
