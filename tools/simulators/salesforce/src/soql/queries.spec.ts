import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SalesforceSimulator } from '../simulator.ts';
import type { Caller } from '../testing/caller.ts';
import { startSalesforceSimulator } from '../simulator.ts';
import { callerOf, TUESDAY } from '../testing/caller.ts';

let simulator: SalesforceSimulator;
let caller: Caller;

beforeAll(async () => {
  simulator = await startSalesforceSimulator({ appointments: 0, now: () => TUESDAY });
  caller = callerOf(simulator);
  const account = simulator.control.create('Account', { Name: "O'Dell \\ Sons", NumberOfEmployees: 7 });
  const people = [
    { FirstName: 'Ada', LastName: 'Alpha', Birthdate: '1980-02-29', AccountId: account.Id, Email: 'ADA@example.test' },
    { FirstName: 'Ben', LastName: 'beta', Birthdate: '1990-07-01', AccountId: account.Id },
    { FirstName: 'Cy', LastName: 'Gamma_100%', HasOptedOutOfEmail: true },
    { FirstName: 'Dot', LastName: 'Delta', Phone: '216-555-0104', CreatedDate: TUESDAY - 3 * 86_400_000 },
  ];
  for (const person of people) simulator.control.create('Contact', person);
});

afterAll(() => simulator.stop());

const named = async (where: string): Promise<unknown[]> => {
  const { records } = await caller.query(`SELECT FirstName FROM Contact ${where}`);
  return records.map((record) => record['FirstName']);
};

describe('WHERE', () => {
  it.each([
    ["WHERE LastName = 'ALPHA'", ['Ada']],
    ["WHERE lastname != 'alpha' ORDER BY FirstName", ['Ben', 'Cy', 'Dot']],
    ["WHERE LastName IN ('alpha', 'Beta') ORDER BY FirstName DESC", ['Ben', 'Ada']],
    ["WHERE LastName NOT IN ('alpha', 'Beta') ORDER BY FirstName", ['Cy', 'Dot']],
    ["WHERE LastName LIKE '%a' ORDER BY FirstName", ['Ada', 'Ben', 'Dot']],
    ["WHERE LastName LIKE 'Gamma\\_100\\%'", ['Cy']],
    ["WHERE LastName LIKE '_eta'", ['Ben']],
    ['WHERE Phone != null', ['Dot']],
    ["WHERE Phone != '216-555-0104' ORDER BY FirstName", ['Ada', 'Ben', 'Cy']],
    ['WHERE HasOptedOutOfEmail = TRUE', ['Cy']],
    ['WHERE Birthdate > 1985-01-01', ['Ben']],
    ["WHERE Account.Name = 'O\\'Dell \\\\ Sons' ORDER BY FirstName", ['Ada', 'Ben']],
    ['WHERE Account.NumberOfEmployees >= 7 ORDER BY FirstName', ['Ada', 'Ben']],
    ['WHERE NOT Account.NumberOfEmployees >= 7 ORDER BY FirstName', ['Cy', 'Dot']],
    ["WHERE (FirstName = 'Ada' OR FirstName = 'Ben') AND Birthdate < 1985-01-01", ['Ada']],
    ["WHERE NOT (FirstName = 'Ada' OR (FirstName = 'Ben' AND Phone = null)) ORDER BY FirstName", ['Cy', 'Dot']],
    ['WHERE CreatedDate >= 2026-11-24T16:00:00+01:00 ORDER BY FirstName', ['Ada', 'Ben', 'Cy']],
    ['WHERE CreatedDate < 2026-11-24T15:00:00Z', ['Dot']],
    ['WHERE CreatedDate = TODAY ORDER BY FirstName', ['Ada', 'Ben', 'Cy']],
    ['WHERE CreatedDate < TODAY', ['Dot']],
    ["WHERE AccountId IN (SELECT Id FROM Account WHERE Name LIKE 'O%') ORDER BY FirstName", ['Ada', 'Ben']],
    ["WHERE FirstName > 'Ben' ORDER BY FirstName LIMIT 1 OFFSET 1", ['Dot']],
    ['ORDER BY Birthdate', ['Cy', 'Dot', 'Ada', 'Ben']],
    ['ORDER BY Birthdate DESC NULLS LAST LIMIT 2', ['Ben', 'Ada']],
    ["WHERE Email = 'ada@EXAMPLE.test'", ['Ada']],
  ])('%s', async (where, people) => {
    expect(await named(where)).toEqual(people);
  });

  it('takes ids of 15 and of 18 characters', async () => {
    const id = simulator.control.records('Account')[0]?.Id ?? '';
    expect(await named(`WHERE AccountId = '${id.slice(0, 15)}' ORDER BY FirstName`)).toEqual(['Ada', 'Ben']);
    expect(await named(`WHERE AccountId IN ('${id}') AND FirstName = 'Ben'`)).toEqual(['Ben']);
  });

  it('looks into lists with several values', async () => {
    simulator.control.create('i360core__Sales_Appointment__c', { i360core__Product_Categories__c: 'Windows;Doors' });
    const count = async (condition: string): Promise<number> =>
      (
        await caller.query(
          `SELECT COUNT() FROM i360core__Sales_Appointment__c WHERE i360core__Product_Categories__c ${condition}`,
        )
      ).totalSize;
    expect(await count("INCLUDES ('Doors')")).toBe(1);
    expect(await count("INCLUDES ('Doors;Bath', 'Roofing')")).toBe(0);
    expect(await count("EXCLUDES ('Bath')")).toBe(1);
  });
});

describe('SELECT', () => {
  it('prints only what is asked for, under real names, with null for what is empty', async () => {
    const { records } = await caller.query("SELECT lastNAME, email, account.id FROM contact WHERE FirstName = 'Cy'");
    expect(records).toEqual([
      {
        attributes: {
          type: 'Contact',
          url: expect.stringMatching(/^\/services\/data\/v62\.0\/sobjects\/Contact\/003/),
        },
        LastName: 'Gamma_100%',
        Email: null,
        Account: null,
      },
    ]);
  });

  it('prints instants in UTC with an offset that has no colon', async () => {
    const { records } = await caller.query("SELECT CreatedDate FROM Contact WHERE FirstName = 'Ada'");
    expect(records[0]?.['CreatedDate']).toBe('2026-11-24T15:00:00.000+0000');
  });

  it('prints children as a result of their own, and null when there are none', async () => {
    const { records } = await caller.query(
      "SELECT Name, (SELECT FirstName FROM Contacts WHERE FirstName = 'Ada'), (SELECT Id FROM ContentDocumentLinks) FROM Account a WHERE a.Name LIKE 'O%'",
    );
    expect(records[0]).toMatchObject({
      Contacts: { totalSize: 1, done: true, records: [{ FirstName: 'Ada' }] },
      ContentDocumentLinks: null,
    });
  });

  it('takes all fields of an object', async () => {
    const { records } = await caller.query('SELECT FIELDS(ALL) FROM Account LIMIT 200');
    expect(records[0]).toMatchObject({ Name: "O'Dell \\ Sons", IsDeleted: false, Website: null });
  });
});

describe('a wrong statement', () => {
  it.each([
    ['SELECT Id FROM Nowhere__c', 'INVALID_TYPE', "sObject type 'Nowhere__c' is not supported."],
    [
      'SELECT Id, Wrong__c FROM Contact',
      'INVALID_FIELD',
      "ERROR at Row:1:Column:12\nNo such column 'Wrong__c' on entity 'Contact'.",
    ],
    ['SELECT Id FROM Contact WHERE Account.Wrong = 1', 'INVALID_FIELD', "No such column 'Wrong' on entity 'Account'."],
    ['SELECT Id FROM Contact ORDER BY Wrong', 'INVALID_FIELD', "No such column 'Wrong'"],
    ['SELECT Wrong__r.Name FROM Contact', 'INVALID_FIELD', "Didn't understand relationship 'Wrong__r' in field path."],
    [
      'SELECT (SELECT Id FROM Wrongs__r) FROM Contact',
      'INVALID_TYPE',
      "Didn't understand relationship 'Wrongs__r' in FROM part",
    ],
    ['SELECT Id FROM Contact WHERE Id IN ()', 'MALFORMED_QUERY', 'unexpected token'],
    ['SELECT Id Name FROM Contact WHERE', 'MALFORMED_QUERY', 'ERROR at Row:1'],
    ["SELECT Id FROM Contact WHERE LastName = 'open", 'MALFORMED_QUERY', 'ERROR at Row:1:Column:41'],
    ["SELECT Id FROM Contact WHERE LastName = 'a\\_b'", 'MALFORMED_QUERY', "Illegal character sequence '\\_'"],
    ['SELECT Id FROM Contact WHERE LastName = 5', 'INVALID_FIELD', 'must be of type string'],
    ['SELECT Id FROM Contact WHERE CreatedDate > 2026-11-01', 'INVALID_FIELD', 'must be of type dateTime'],
    [
      "SELECT Id FROM Contact WHERE CreatedDate > '2026-11-01T00:00:00Z'",
      'INVALID_FIELD',
      'should not be enclosed in quotes',
    ],
    ['SELECT Id FROM Contact WHERE Birthdate > 2026-11-01T00:00:00Z', 'INVALID_FIELD', 'must be of type date'],
    [
      "SELECT Id FROM Contact WHERE AccountId = 'nonsense'",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid ID field: nonsense',
    ],
    [
      "SELECT Id FROM Contact WHERE LastName = 'a' OR LastName = 'b' AND LastName = 'c'",
      'MALFORMED_QUERY',
      "unexpected token: 'AND'",
    ],
    ['SELECT Id, Id FROM Contact', 'INVALID_FIELD', 'duplicate field selected: Id'],
    ['SELECT Id FROM Contact LIMIT 1 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
    [`SELECT Id FROM Contact WHERE LastName = '${'x'.repeat(4001)}'`, 'MALFORMED_QUERY', '4000'],
  ])('%s', async (soql, errorCode, text) => {
    const answer = await caller.get(`/query?q=${encodeURIComponent(soql)}`);
    expect(answer.status).toBe(400);
    const [error] = answer.json() as { errorCode: string; message: string }[];
    expect(error?.errorCode).toBe(errorCode);
    expect(error?.message).toContain(text);
  });

  it('fails as a whole for a field that is hidden or gone', async () => {
    const soql = 'SELECT Id, MobilePhone, Account.Website FROM Contact';
    simulator.control.hideField('Contact', 'MobilePhone');
    await expect(caller.query(soql)).rejects.toThrow("No such column 'MobilePhone' on entity 'Contact'");
    simulator.control.showField('Contact', 'MobilePhone');
    simulator.control.dropField('Account', 'Website');
    await expect(caller.query(soql)).rejects.toThrow("No such column 'Website' on entity 'Account'");
  });
});
