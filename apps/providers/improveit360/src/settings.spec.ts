import { describe, expect, it } from 'vitest';
import { Settings } from './settings.ts';

const entered = { consumer_key: '3MVG9example', consumer_secret: 'secret', time_zone: 'America/New_York' };
const faults = (changes: object) =>
  Settings.safeParse({ ...entered, ...changes }).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
const hostFault = 'login_host: Enter login.salesforce.com, test.salesforce.com for a sandbox, or your My Domain host.';

describe('Settings', () => {
  it('need no more than the seed asks of an admin, and a time zone', () => {
    expect(Settings.parse(entered)).toEqual({
      ...entered,
      ...{ platform: 'Lightning', login_host: 'login.salesforce.com', pkce: true },
      attach_documents: ['signed_agreement', 'proposal', 'signable_document'],
    });
  });

  it('refuse Classic with the sentence that helps', () => {
    expect(faults({ platform: 'Classic' })).toEqual([
      'platform: The hub works with improveit360 Lightning only. Choose Lightning; for Classic, ask improveit360 about moving to Lightning.',
    ]);
    expect(faults({ platform: 'lightning' })).toHaveLength(1);
  });

  it.each([
    'login.salesforce.com',
    'test.salesforce.com',
    'acme.my.salesforce.com',
    'acme--uat.sandbox.my.salesforce.com',
    'acme-dev-ed.develop.my.salesforce.com',
    ' Login.Salesforce.com ',
  ])("take Salesforce's own host %j", (host) => {
    expect(Settings.parse({ ...entered, login_host: host }).login_host).toBe(host.trim().toLowerCase());
  });

  it.each([
    'example.com',
    'salesforce.com',
    'evil.salesforce.com.example.com',
    'login.salesforce.com.example.com',
    'login.salesforce.com@example.com',
    'login.salesforce.com/x',
    'login.salesforce.com:444',
    'https://login.salesforce.com',
    'loginxsalesforce.com',
    'evil.example.com#.my.salesforce.com',
    'evil.example.com/.my.salesforce.com',
    'a.b.my.salesforce.com',
    'acme.lightning.force.com',
    '127.0.0.1',
    '169.254.169.254',
    'localhost',
    '',
    'login.salesforce.com\nexample.com',
  ])('refuse the host %j: the secret would be sent there', (host) => {
    expect(faults({ login_host: host })).toEqual([hostFault]);
  });

  it('say in words where key and secret are to be found', () => {
    expect(faults({ consumer_key: ' ' })).toEqual([
      'consumer_key: Enter the consumer key of the app "OCC" in Salesforce (Manage Consumer Details).',
    ]);
    expect(faults({ consumer_secret: '' })).toEqual([
      'consumer_secret: Enter the consumer secret of the app "OCC" in Salesforce (Manage Consumer Details).',
    ]);
  });

  it('take key and secret with the blanks that copying brings', () => {
    const { consumer_key, consumer_secret } = Settings.parse({
      ...{ ...entered, consumer_key: ' 3MVG9example\n', consumer_secret: '\tsecret ' },
    });
    expect([consumer_key, consumer_secret]).toEqual(['3MVG9example', 'secret']);
  });

  it('refuse a zone that no clock has', () => {
    expect(faults({ time_zone: 'Eastern' })).toEqual(['time_zone: Enter an IANA time zone such as America/New_York.']);
  });

  it('may send no documents at all, but none of a class that OCC does not have', () => {
    expect(Settings.parse({ ...entered, attach_documents: [] }).attach_documents).toEqual([]);
    expect(faults({ attach_documents: ['photo'] })).toHaveLength(1);
  });
});
