import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { coreSubject, DocumentSigned, getDocument, type HubEvent, topics } from '@occ-hub/contracts';
import { subscribe } from '@occ-hub/bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageShape } from '../store/page.ts';
import { eventually } from '../testing/eventually.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { DocumentView } from './document.ts';
import { createDocumentStore } from './document.store.ts';

let core: TestCore;
let seeded: SeededOrg;
const heard: HubEvent[] = [];
let listening: { stop(): Promise<void> };

beforeAll(async () => {
  core = await startTestCore();
  listening = subscribe(core.kafka, {
    group: 'spec',
    topics: [topics.outbound],
    handle: async (batch) => void heard.push(...batch.map(({ event }) => event)),
    deadLetter: core.publisher.park,
    clock: Date.now,
  });
  seeded = await seedOrg(core, 'doc-org');
});
afterAll(async () => {
  await listening.stop();
  await core.stop();
});

function pdf(size: number): Buffer<ArrayBuffer> {
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 9)]);
}

function form(bytes: Buffer<ArrayBuffer>, fields: Record<string, string> = {}): FormData {
  const data = new FormData();
  const all = { type: 'signed_agreement', title: 'Agreement', ...fields };
  for (const [name, value] of Object.entries(all)) data.set(name, value);
  data.set('file', new Blob([bytes], { type: 'application/pdf' }), 'agreement.pdf');
  return data;
}

const sign = (data: FormData, key?: string) =>
  core.call('POST', `${seeded.path}/documents`, {
    token: seeded.user,
    form: data,
    ...(key === undefined ? {} : { key }),
  });

const files = () => core.database.collection('document_files.files').countDocuments();
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('signing a document', () => {
  it('keeps 10 MB as they came, tells the CRM side by reference, and hands the bytes out by token', async () => {
    const bytes = pdf(10_000_000);
    const reply = await sign(form(bytes));
    expect(reply.status).toBe(201);
    const view = reply.as(DocumentView);
    expect(view).toMatchObject({ size: 10_000_000, sha256: sha256(bytes), crm_status: { status: 'pending' } });

    const [event] = await eventually(
      async () =>
        heard.filter(({ data }) => (data as { document?: { document_id: string } }).document?.document_id === view.id),
      (events) => events.length > 0,
    );
    expect(event?.attributes).toMatchObject({ type: DocumentSigned.type, orgid: 'doc-org', origin: 'occ' });
    expect(DocumentSigned.data.parse(event?.data)).toMatchObject({ document: { sha256: view.sha256 } });

    const answer = await core.ask(coreSubject(getDocument), getDocument, { org: 'doc-org', document: view.id });
    const fetched = await fetch(answer.url);
    expect(fetched.headers.get('content-length')).toBe('10000000');
    expect(sha256(Buffer.from(await fetched.arrayBuffer()))).toBe(view.sha256);

    const own = await fetch(`${core.url}/v1/orgs/doc-org/documents/${view.id}/content`, {
      headers: { authorization: `Bearer ${seeded.user}` },
    });
    expect(sha256(Buffer.from(await own.arrayBuffer()))).toBe(view.sha256);
  });

  it("refuses bytes to no token, to another document's token and to another org's question", async () => {
    const one = (await sign(form(pdf(2_000)))).as(DocumentView);
    const other = (await sign(form(pdf(2_000)))).as(DocumentView);
    const { url } = await core.ask(coreSubject(getDocument), getDocument, { org: 'doc-org', document: one.id });
    expect((await fetch(url.replace(one.id, other.id))).status).toBe(401);
    expect((await fetch(url.split('?')[0] ?? '')).status).toBe(401);
    const foreign = core.ask(coreSubject(getDocument), getDocument, { org: 'other', document: one.id });
    await expect(foreign).rejects.toMatchObject({ kind: 'rejected', code: 'core.document.unknown' });
  });

  it('refuses what is no PDF, too large, or described wrongly, and leaves no bytes behind', async () => {
    const before = await files();
    expect((await sign(form(Buffer.from('PK\u0003\u0004 not a pdf')))).body).toMatchObject({
      code: 'core.document.no-pdf',
    });
    expect((await sign(form(pdf(26 * 1_048_576)))).status).toBe(413);
    const wrong = await sign(form(pdf(2_000), { type: 'invoice' }));
    expect(wrong.body).toMatchObject({ status: 422, errors: [{ pointer: '/type' }] });
    const unknown = await sign(form(pdf(2_000), { appointment: 'apt_nowhere' }));
    expect(unknown.status).toBe(404);
    const nofile = new FormData();
    nofile.set('type', 'proposal');
    expect((await sign(nofile)).body).toMatchObject({ code: 'core.document.no-file' });
    const json = await core.call('POST', `${seeded.path}/documents`, { token: seeded.user, body: {} });
    expect(json.status).toBe(415);
    expect(await files()).toBe(before);
  });

  it('signs once for one Idempotency-Key, and refuses other bytes under it', async () => {
    const bytes = pdf(5_000);
    const first = await sign(form(bytes), 'sign-1');
    const filesThen = await files();
    const again = await sign(form(bytes), 'sign-1');
    expect(again.body).toEqual(first.body);
    expect((await sign(form(pdf(5_000)), 'sign-1')).status).toBe(422);
    expect(await files()).toBe(filesThen);
    const list = await core.call('GET', `${seeded.path}/documents`, { token: seeded.user });
    const same = list.as(pageShape(DocumentView)).items.filter(({ id }) => id === first.as(DocumentView).id);
    expect(same).toHaveLength(1);
  });

  it('leaves no bytes behind when the upload is cut off, or when core died between bytes and document', async () => {
    const chunks = () => core.database.collection('document_files.chunks').countDocuments();
    const before = await chunks();
    const upload = request(`${core.url}${seeded.path}/documents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${seeded.user}`, 'content-type': 'multipart/form-data; boundary=cut' },
    });
    upload.on('error', () => undefined);
    upload.write('--cut\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n');
    upload.write(pdf(3_000_000));
    await eventually(chunks, (count) => count > before);
    upload.destroy();
    await eventually(chunks, (count) => count === before);

    const kept = (await sign(form(pdf(2_000)))).as(DocumentView);
    const bucket = createDocumentStore(core.database);
    const orphan = bucket.newFile('doc-never-made');
    await pipeline(Readable.from([pdf(2_000)]), orphan.stream);
    const window = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) };
    expect(await bucket.sweepFiles(window)).toBe(1);
    expect(await bucket.sweepFiles(window)).toBe(0);
    const held = await fetch(`${core.url}/v1/orgs/doc-org/documents/${kept.id}/content`, {
      headers: { authorization: `Bearer ${seeded.user}` },
    });
    expect((await held.arrayBuffer()).byteLength).toBe(2_000);
  });
});
