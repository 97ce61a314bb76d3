import { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SalesforceSimulator } from './simulator.ts';
import { startSalesforceSimulator } from './simulator.ts';

/** The vendor's most used client, which knows nothing of the simulator, on the vendor's own objects. */
let simulator: SalesforceSimulator;
let connection: Connection;

beforeAll(async () => {
  simulator = await startSalesforceSimulator({ appointments: 0 });
  const { accessToken, instanceUrl } = simulator.control.token();
  connection = new Connection({ instanceUrl, accessToken, version: '62.0' });
});

afterAll(() => simulator.stop());

const made = (result: { success: boolean; id?: string | undefined }): string => {
  if (!result.success || result.id === undefined) throw new Error('not made');
  return result.id;
};

describe('a standard client', () => {
  it('creates, reads, updates and deletes a record', async () => {
    const id = made(await connection.sobject('Account').create({ Name: 'Standard Client Ltd', NumberOfEmployees: 12 }));
    expect(id).toMatch(/^001[0-9A-Za-z]{15}$/);
    await connection.sobject('Account').update({ Id: id, Phone: '216-555-0111' });
    expect(await connection.sobject('Account').retrieve(id.slice(0, 15))).toMatchObject({
      Id: id,
      Name: 'Standard Client Ltd',
      NumberOfEmployees: 12,
      Phone: '216-555-0111',
    });
    await connection.sobject('Account').destroy(id);
    await expect(connection.sobject('Account').retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
    const gone = await connection.query(`SELECT Id FROM Account WHERE Id = '${id}'`);
    const binned = await connection.query(`SELECT Id FROM Account WHERE Id = '${id}'`, { scanAll: true });
    expect([gone.totalSize, binned.totalSize]).toEqual([0, 1]);
  });

  it('upserts by an external id, and is told of several hits', async () => {
    const account = connection.sobject('Account');
    const first = await account.upsert({ Name: 'By Key', ExternalKey__c: 'K-1' }, 'ExternalKey__c');
    const second = await account.upsert({ Name: 'By Key, renamed', ExternalKey__c: 'K-1' }, 'ExternalKey__c');
    expect([first.created, second.created]).toEqual([true, false]);
    expect(second.id).toBe(first.id);
    await account.create({ Name: 'Twin', ExternalKey__c: 'K-1' });
    await expect(account.upsert({ Name: 'Which?', ExternalKey__c: 'K-1' }, 'ExternalKey__c')).rejects.toMatchObject({
      errorCode: 'MULTIPLE_CHOICES',
    });
  });

  it('queries parents and children, and follows the pages of both', async () => {
    const id = made(await connection.sobject('Account').create({ Name: 'Many Contacts' }));
    const contacts = Array.from({ length: 450 }, (_, at) => ({
      LastName: `Contact ${String(at).padStart(3, '0')}`,
      AccountId: id,
    }));
    const results = await connection.sobject('Contact').create(contacts, { allowRecursive: true });
    expect(results.every((result) => result.success)).toBe(true);

    const paged = await connection.query(
      `SELECT Id, LastName, Account.Name FROM Contact WHERE AccountId = '${id}' ORDER BY LastName`,
      { autoFetch: true, maxFetch: 1000, headers: { 'Sforce-Query-Options': 'batchSize=200' } },
    );
    expect(paged.records).toHaveLength(450);
    expect(paged.records.at(-1)).toMatchObject({ LastName: 'Contact 449', Account: { Name: 'Many Contacts' } });

    const nested = await connection.query(
      `SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account WHERE Id = '${id}'`,
      { autoFetch: true, maxFetch: 1000, headers: { 'Sforce-Query-Options': 'batchSize=200' } },
    );
    const children = (nested.records[0] as unknown as { Contacts: { totalSize: number; records: unknown[] } }).Contacts;
    expect(children.totalSize).toBe(450);
    expect(children.records).toHaveLength(450);
  });

  it('counts', async () => {
    const counted = await connection.query('SELECT COUNT() FROM User');
    expect(counted.totalSize).toBe(1);
  });

  it('describes one object and all of them', async () => {
    const all = await connection.describeGlobal();
    expect(all.sobjects.map((object) => object.name)).toContain('i360core__Sales_Appointment__c');
    const contact = await connection.sobject('Contact').describe();
    expect(contact.fields.find((field) => field.name === 'AccountId')).toMatchObject({
      type: 'reference',
      referenceTo: ['Account'],
      relationshipName: 'Account',
    });
    const account = await connection.sobject('Account').describe();
    expect(account.childRelationships.map((child) => child.relationshipName)).toContain('Contacts');
  });

  it('writes, reads and deletes collections, item by item', async () => {
    const account = connection.sobject('Account');
    const results = await account.create([{ Name: 'One' }, { Phone: 'no name' }, { Name: 'Three' }]);
    expect(results.map((result) => result.success)).toEqual([true, false, true]);
    expect(results[1]?.errors[0]).toMatchObject({ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] });
    const ids = results.flatMap((result) => (result.id === undefined ? [] : [result.id]));
    const renamed = await account.update(ids.map((Id) => ({ Id, Name: 'Renamed' })));
    expect(renamed.every((result) => result.success)).toBe(true);
    const read = await account.retrieve(ids);
    expect(read.map((record) => record['Name'])).toEqual(['Renamed', 'Renamed']);
    const removed = await account.destroy([...ids, '001Hs00000ZZZZZ']);
    expect(removed.map((result) => result.success)).toEqual([true, true, false]);
  });

  it('upserts a collection, new and known records side by side', async () => {
    const account = connection.sobject('Account');
    await account.create({ Name: 'Known', ExternalKey__c: 'C-1' });
    const results = await account.upsert(
      [
        { Name: 'Known, renamed', ExternalKey__c: 'C-1' },
        { Name: 'New', ExternalKey__c: 'C-2' },
      ],
      'ExternalKey__c',
    );
    expect(results.map((result) => [result.success, result.created])).toEqual([
      [true, false],
      [true, true],
    ]);
    const { records } = await connection.query(
      "SELECT Name FROM Account WHERE ExternalKey__c LIKE 'C-%' ORDER BY Name",
    );
    expect(records.map((record) => record['Name'])).toEqual(['Known, renamed', 'New']);
  });

  it('takes a whole collection back when asked for all or none', async () => {
    const before = (await connection.query('SELECT COUNT() FROM Account')).totalSize;
    const results = await connection.sobject('Account').create([{ Name: 'Good' }, {}], { allOrNone: true });
    expect(results.map((result) => (result.errors[0] as { statusCode?: string } | undefined)?.statusCode)).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'REQUIRED_FIELD_MISSING',
    ]);
    expect((await connection.query('SELECT COUNT() FROM Account')).totalSize).toBe(before);
  });

  it('sends a composite call whose parts build on one another', async () => {
    const answer = await connection.requestPost<{
      compositeResponse: { httpStatusCode: number; referenceId: string; body: { records?: { Name: string }[] } }[];
    }>('/composite', {
      allOrNone: true,
      compositeRequest: [
        {
          method: 'POST',
          url: '/services/data/v62.0/sobjects/Account',
          referenceId: 'house',
          body: { Name: 'Composed' },
        },
        {
          method: 'POST',
          url: '/services/data/v62.0/sobjects/Contact',
          referenceId: 'person',
          body: { LastName: 'Composed', AccountId: '@{house.id}' },
        },
        {
          method: 'GET',
          url: "/services/data/v62.0/query?q=SELECT+Name+FROM+Contact+WHERE+AccountId='@{house.id}'",
          referenceId: 'check',
        },
      ],
    });
    expect(answer.compositeResponse.map((part) => part.httpStatusCode)).toEqual([201, 201, 200]);
    expect(answer.compositeResponse[2]?.body.records?.[0]?.Name).toBe('Composed');
  });

  it('asks what was updated and deleted', async () => {
    const kept = made(await connection.sobject('Contact').create({ LastName: 'Kept' }));
    const dropped = made(await connection.sobject('Contact').create({ LastName: 'Dropped' }));
    await connection.sobject('Contact').destroy(dropped);
    simulator.control.advance(2 * 60_000);
    const now = simulator.control.clock();
    const [from, to] = [new Date(Date.parse(now) - 600_000), new Date(now)];
    const updated = await connection.sobject('Contact').updated(from, to);
    const deleted = await connection.sobject('Contact').deleted(from, to);
    expect(updated.ids).toContain(kept);
    expect(updated.ids).not.toContain(dropped);
    expect(deleted.deletedRecords.map((record) => record.id)).toEqual([dropped]);
  });

  it('knows its limits and the versions', async () => {
    const limits = (await connection.request('/limits')) as { DailyApiRequests: { Max: number } };
    expect(limits.DailyApiRequests.Max).toBe(100_000);
    expect(connection.limitInfo.apiUsage?.limit).toBe(100_000);
  });
});
