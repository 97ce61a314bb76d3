import { isHubError } from '@occ-hub/errors';
import type { VendorAnswer, VendorCall, VendorIo, Warning } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import { Improveit360Client, usualAgeMs } from './client.ts';

type Answer = Partial<VendorAnswer> & { readonly body?: unknown };
interface Sent {
  readonly method: string;
  /** Below the API's root, decoded. */
  readonly path: string;
  readonly text: string;
}

const textOf = (body: VendorCall['body']) =>
  body === undefined || typeof body === 'string'
    ? (body ?? '')
    : Buffer.concat([...(body as Iterable<Uint8Array>)]).toString();

/** A client whose calls are answered by the test. */
function world(answer: (sent: Sent, nth: number) => Answer) {
  return worldAt(answer);
}

/** The same, and what it is made of. */
function worldAt(answer: (sent: Sent & { readonly url: string }, nth: number) => Answer) {
  const sent: Sent[] = [];
  const clock = { now: Date.parse('2026-11-20T15:00:00Z') };
  const io = {
    clock: () => clock.now,
    async send({ method, url, body }: VendorCall): Promise<VendorAnswer> {
      const path = decodeURIComponent(url.replace(/^.*\/services\/data\/v[\d.]+/, ''));
      sent.push({ method, path, text: textOf(body) });
      const { body: given, ...rest } = answer({ ...sent.at(-1)!, url }, sent.length);
      return {
        ...{ status: 200, headers: { 'content-type': 'application/json' } },
        ...{ text: given === undefined ? '' : JSON.stringify(given), ...rest },
      };
    },
    usage: () => undefined,
    rest: () => undefined,
    grant: {
      current: async () => ({ accessToken: 'token-1', facts: { instance_url: 'https://na1.example.test' } }),
      replacementFor: () => expect.fail('no token ran out'),
    },
  } as unknown as VendorIo;
  return { client: new Improveit360Client(io), sent, clock, io };
}
const refusal = (errorCode: string, { status = 400, message = 'x' } = {}): Answer => ({
  ...{ status, body: [{ errorCode, message }] },
});
const codeOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isHubError(error) ? `${error.kind} ${error.code}` : error;
};
async function rowsOf(pages: AsyncIterable<readonly Record<string, unknown>[]>) {
  const all: Record<string, unknown>[][] = [];
  for await (const page of pages) all.push([...page]);
  return all;
}
const next = (locator: string) => ({ done: false, nextRecordsUrl: `/services/data/v66.0/query/${locator}` });

describe('pages', () => {
  it('follow the locators to the end', async () => {
    const { client, sent } = world(({ path }) => {
      if (path.startsWith('/query?')) return { body: { ...next('01g-2'), records: [{ Id: '1' }, { Id: '2' }] } };
      if (path === '/query/01g-2') return { body: { ...next('01g-4'), records: [{ Id: '3' }] } };
      return { body: { done: true, records: [{ Id: '4' }] } };
    });
    expect(await rowsOf(client.pages('SELECT Id FROM X'))).toEqual([
      [{ Id: '1' }, { Id: '2' }],
      [{ Id: '3' }],
      [{ Id: '4' }],
    ]);
    expect(sent.map(({ path }) => path)).toEqual(['/query?q=SELECT Id FROM X', '/query/01g-2', '/query/01g-4']);
  });

  it('are asked for with deleted records only where these are wanted', async () => {
    const { client, sent } = world(() => ({ body: { done: true, records: [] } }));
    await rowsOf(client.pages('SELECT Id FROM X', { deleted: true }));
    expect(sent[0]?.path).toBe('/queryAll?q=SELECT Id FROM X');
  });

  it('have whole lists within their rows, for Salesforce cuts those where a page is full', async () => {
    const { client, sent } = world(({ path }) => {
      if (path.startsWith('/query?'))
        return {
          body: {
            done: true,
            records: [
              { Id: '1', Kids__r: { totalSize: 3, ...next('kids-1'), records: [{ Id: 'a' }] } },
              { Id: '2', Kids__r: null },
              { Id: '3', Kids__r: { totalSize: 1, done: true, records: [{ Id: 'd' }] } },
            ],
          },
        };
      return path === '/query/kids-1'
        ? { body: { ...next('kids-2'), records: [{ Id: 'b' }] } }
        : { body: { done: true, records: [{ Id: 'c' }] } };
    });
    const [page] = await rowsOf(client.pages('SELECT Id, (SELECT Id FROM Kids__r) FROM X'));
    expect(page!.map(({ Kids__r: kids }) => (kids as { records: object[] } | null)?.records)).toEqual([
      [{ Id: 'a' }, { Id: 'b' }, { Id: 'c' }],
      undefined,
      [{ Id: 'd' }],
    ]);
    expect(sent).toHaveLength(3);
  });

  it('end as a failure where there is more and nobody says where, never as a short list', async () => {
    const short = world(() => ({ body: { done: false, records: [{ Id: '1' }] } }));
    expect(await codeOf(rowsOf(short.client.pages('x')))).toBe('transient improveit360.answer-incomplete');
    const kids = { done: false, records: [] };
    const within = world(() => ({ body: { done: true, records: [{ Id: '1', Kids__r: kids }] } }));
    expect(await codeOf(rowsOf(within.client.pages('x')))).toBe('transient improveit360.answer-incomplete');
  });

  it('end as a failure where the answer is none, or a page fails in the middle', async () => {
    const odd = world(() => ({ body: { ok: true } }));
    expect(await codeOf(rowsOf(odd.client.pages('x')))).toMatch(/^unreadable /);
    const lost = world((_sent, nth) =>
      nth === 1 ? { body: { ...next('01g-2'), records: [] } } : refusal('INVALID_QUERY_LOCATOR'),
    );
    expect(await codeOf(rowsOf(lost.client.pages('x')))).toBe('transient improveit360.invalid-query-locator');
  });
});

describe('describe', () => {
  const described = (name = 'Id') => ({ body: { fields: [{ name }], childRelationships: [], label: 'X' } });

  it('is asked once for as long as a description may be old', async () => {
    const { client, sent, clock } = world(() => described());
    const all = [client.describe('X'), client.describe('X'), client.describe('X')];
    expect((await Promise.all(all)).map(({ fields }) => fields)).toEqual(Array(3).fill([{ name: 'Id' }]));
    clock.now += usualAgeMs - 1;
    await client.describe('X');
    expect(sent.map(({ path }) => path)).toEqual(['/sobjects/X/describe']);
    clock.now += 1;
    await client.describe('X');
    expect(sent).toHaveLength(2);
  });

  it('is asked for each object, and anew where it must not be old at all', async () => {
    const { client, sent } = world(() => described());
    await client.describe('X');
    await client.describe('Y');
    await client.describe('X', 0);
    expect(sent.map(({ path }) => path)).toEqual(['X', 'Y', 'X'].map((object) => `/sobjects/${object}/describe`));
  });

  it('does not keep a failure', async () => {
    const { client } = world((_sent, nth) => (nth === 1 ? refusal('UNABLE_TO_LOCK_ROW') : described()));
    expect(await codeOf(client.describe('X'))).toMatch(/^transient /);
    expect((await client.describe('X')).fields).toEqual([{ name: 'Id' }]);
  });

  it('is forgotten where a query names a field that is not there any more', async () => {
    const { client, sent } = world(({ path }) => (path.endsWith('describe') ? described() : refusal('INVALID_FIELD')));
    await client.describe('X');
    expect(await codeOf(rowsOf(client.pages('SELECT Gone__c FROM X')))).toBe('transient improveit360.invalid-field');
    await client.describe('X');
    expect(sent.filter(({ path }) => path.endsWith('describe'))).toHaveLength(2);
  });

  it('is kept where a query fails for any other reason', async () => {
    const { client, sent } = world(({ path }) =>
      path.endsWith('describe') ? described() : refusal('MALFORMED_QUERY'),
    );
    await client.describe('X');
    await codeOf(rowsOf(client.pages('x')));
    await client.describe('X');
    expect(sent.filter(({ path }) => path.endsWith('describe'))).toHaveLength(1);
  });
});

describe('the description of an object that is not found', () => {
  const nothing = refusal('NOT_FOUND', { status: 404, message: 'The requested resource does not exist' });

  it('says that the package is not there, and refreshes no token for it', async () => {
    const { client, sent } = world(({ path }) => (path.startsWith('/query') ? refusal('INVALID_TYPE') : nothing));
    const error: unknown = await client.describe('X').catch((thrown: unknown) => thrown);
    expect(isHubError(error, 'rejected') && error.code).toBe('improveit360.invalid-type');
    expect((error as Error).message).toMatch(/has no improveit360 Lightning/);
    expect(sent).toHaveLength(2);
  });

  it('says so, too, where the others of the package are there', async () => {
    const { client, sent } = world(({ path }) =>
      path.startsWith('/query') ? { body: { done: true, records: [] } } : nothing,
    );
    expect(await codeOf(client.describe('X'))).toBe('rejected improveit360.invalid-type');
    expect(sent).toHaveLength(3);
  });

  it('is asked for again where a query has followed the company to another server', async () => {
    const [old, moved] = ['https://na1.example.test', 'https://na2.example.test'];
    let server = old;
    const { client, io } = worldAt(({ url, path }) => {
      if (url.startsWith(old)) return nothing;
      return path.startsWith('/query') ? { body: { done: true, records: [] } } : { body: { fields: [{ name: 'Id' }] } };
    });
    const grant = () => ({ accessToken: `of ${server}`, facts: { instance_url: server } });
    Object.assign(io.grant, { current: async () => grant(), replacementFor: async () => ((server = moved), grant()) });
    expect((await client.describe('X')).fields).toEqual([{ name: 'Id' }]);
  });
});

describe('staff', () => {
  const seen = (...names: string[]) => ({
    body: { fields: (names.length > 0 ? names : ['Id', 'Name', 'i360core__Email__c']).map((name) => ({ name })) },
  });
  const rows = [{ Id: '001D000000IRt53', Name: 'Robin Vale', i360core__Email__c: 'robin@example.test' }];

  it('is everybody by the query of the seed, over all its pages', async () => {
    const { client, sent } = world(({ path }) => {
      if (path.endsWith('/describe')) return seen();
      return path.startsWith('/query?')
        ? { body: { ...next('01g-1'), records: rows } }
        : { body: { done: true, records: [{ ...rows[0], Name: null }] } };
    });
    const staff = await client.staff();
    expect(staff.map(({ Id, Name }) => [Id, Name])).toEqual([
      ['001D000000IRt53IAD', 'Robin Vale'],
      ['001D000000IRt53IAD', null],
    ]);
    expect(sent[1]?.path).toBe('/query?q=SELECT Id, Name, i360core__Email__c FROM i360core__Staff__c');
  });

  it('is read once for names', async () => {
    const { client, sent } = world(({ path }) =>
      path.endsWith('/describe') ? seen() : { body: { done: true, records: rows } },
    );
    await client.lastStaff();
    await client.lastStaff();
    expect(sent).toHaveLength(2);
    await client.staff();
    expect(sent).toHaveLength(3);
  });

  it('comes without e-mail addresses where these are hidden, with a warning that says what to do', async () => {
    const [{ Id, Name } = expect.fail()] = rows;
    const { client, sent } = world(({ path }) =>
      path.endsWith('/describe') ? seen('Id', 'Name') : { body: { done: true, records: [{ Id, Name }] } },
    );
    const warned: Warning[] = [];
    expect((await client.staff((warning) => warned.push(warning))).map((row) => row.Name)).toEqual(['Robin Vale']);
    expect(sent[1]?.path).toBe('/query?q=SELECT Id, Name FROM i360core__Staff__c');
    expect(warned).toEqual([{ record: 'i360core__Email__c', reason: expect.stringMatching(/link them .* by hand/) }]);
  });

  it('cannot be read where even the names are hidden: nobody would know whom to link', async () => {
    const { client } = world(() => seen('Id', 'i360core__Email__c'));
    expect(await codeOf(client.staff())).toBe('rejected improveit360.schema.field-missing');
  });

  it('is what a probe asks for, one of it', async () => {
    const { client, sent } = world(() => ({ body: { ...next('01g-1'), records: [] } }));
    await client.probe();
    expect(sent.map(({ path }) => path)).toEqual(['/query?q=SELECT Id FROM i360core__Staff__c LIMIT 1']);
    const classic = world(() => refusal('INVALID_TYPE'));
    expect(await codeOf(classic.client.probe())).toBe('rejected improveit360.invalid-type');
  });
});

describe('one record', () => {
  it('is read by its fields alone', async () => {
    const { client, sent } = world(() => ({ body: { Id: '1', A__c: 'x', B__c: null } }));
    expect(await client.read('X', 'a/b', ['A__c', 'B__c'])).toMatchObject({ A__c: 'x', B__c: null });
    expect(sent[0]).toMatchObject({ method: 'GET', path: '/sobjects/X/a/b?fields=A__c,B__c' });
  });

  it('that is gone is a refusal', async () => {
    const message = 'Provided external ID field does not exist or is not accessible: 1';
    const { client } = world(() => refusal('NOT_FOUND', { status: 404, message }));
    expect(await codeOf(client.read('X', '1', ['A__c']))).toBe('rejected improveit360.not-found');
  });

  it('is changed in one call, where null clears a field', async () => {
    const { client, sent } = world(() => ({ status: 204 }));
    await client.update('X', '1', { A__c: 'Demoed, Not Sold', B__c: null });
    expect(sent).toEqual([{ method: 'PATCH', path: '/sobjects/X/1', text: '{"A__c":"Demoed, Not Sold","B__c":null}' }]);
  });
});

describe('a file', () => {
  const file = {
    ...{ record: 'a0S5e00000Appt1EAB', title: 'Agreement', mark: 'One Click Contractor document doc_1' },
    ...{ digest: 'd'.repeat(64), bytes: Buffer.from('%PDF') },
  };

  it('is stored with its record and carries its mark', async () => {
    const { client, sent } = world(() => ({ status: 201, body: { id: '0685e000000File', success: true, errors: [] } }));
    expect(await client.addFile(file)).toBe('0685e000000File');
    expect(sent[0]).toMatchObject({ method: 'POST', path: '/sobjects/ContentVersion' });
    expect(JSON.parse(/\{.*\}/.exec(sent[0]!.text)![0])).toEqual({
      ...{ Title: 'Agreement', PathOnClient: 'Agreement.pdf', Description: file.mark },
      FirstPublishLocationId: file.record,
    });
  });

  it.each([{ success: false, id: '068' }, { id: '' }, { success: true }, [], 'stored'])(
    'is of unknown end where Salesforce answers %j',
    async (body) => {
      const { client } = world(() => ({ status: 201, body }));
      await expect(client.addFile(file)).rejects.toMatchObject({
        ...{ kind: 'transient', code: 'improveit360.answer-unknown', mayHaveApplied: true },
      });
    },
  );

  it('is of unknown end where the answer says nothing at all', async () => {
    const { client } = world(() => ({ status: 201, text: '' }));
    await expect(client.addFile(file)).rejects.toMatchObject({ kind: 'transient', mayHaveApplied: true });
  });

  it('is found by its mark among the files of the record, on whatever page', async () => {
    const link = (id: string, description: string | null) => ({
      ...{ ContentDocumentId: id, ContentDocument: { Description: description } },
    });
    const { client, sent } = world((_sent, nth) =>
      nth === 1
        ? {
            body: {
              ...next('01g-2'),
              records: [link('069a', null), { ContentDocumentId: '069b', ContentDocument: null }],
            },
          }
        : { body: { done: true, records: [link('069c', `Signed. ${file.mark}`)] } },
    );
    expect(await client.fileWith("a'b", file.mark)).toBe('069c');
    expect(sent[0]?.path).toContain("WHERE LinkedEntityId = 'a\\'b'");
    const none = world(() => ({ body: { done: true, records: [link('069a', 'another')] } }));
    expect(await none.client.fileWith('x', file.mark)).toBeUndefined();
  });

  it('is not taken for another whose id begins alike', async () => {
    const mine = 'One Click Contractor document doc_1';
    const other = { ContentDocumentId: '069z', ContentDocument: { Description: `${mine}2` } };
    const { client } = world(() => ({ body: { done: true, records: [other] } }));
    expect(await client.fileWith('x', mine)).toBeUndefined();
  });
});
