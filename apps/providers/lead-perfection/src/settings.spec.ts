import { describe, expect, it } from 'vitest';
import { Settings, documentTypeId } from './settings.ts';

const entered = {
  client_id: 'demo1',
  password: 'secret',
  time_zone: 'America/New_York',
  document_type_ids: { signed_agreement: 12 },
};
const faults = (changes: object) =>
  Settings.safeParse({ ...entered, ...changes }).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('Settings', () => {
  it('needs no more than the seed asks of an admin', () => {
    expect(Settings.parse(entered)).toEqual({
      ...entered,
      user_name: 'OneClick',
      attach_documents: ['signed_agreement', 'proposal', 'signable_document'],
    });
  });

  it.each([
    'https://demo1.leadperfection.com',
    'demo1.leadperfection.com',
    'https://api.leadperfection.com/demo1',
    'demo1/',
    'demo 1',
    '',
    '//169.254.169.254',
    "demo1' OR 1=1",
  ])('refuses %j as a client ID with the sentence that helps', (clientId) => {
    expect(faults({ client_id: clientId })).toEqual([
      'client_id: Enter just the client ID, for example demo1, not the full URL.',
    ]);
  });

  it('takes a client ID with blanks around it', () => {
    expect(Settings.parse({ ...entered, client_id: ' demo1 ' }).client_id).toBe('demo1');
  });

  it('says in words what is wrong with a password, a zone and a type ID', () => {
    expect(faults({ password: '' })).toEqual(['password: Enter the password of the LeadPerfection user.']);
    expect(faults({ time_zone: 'Eastern' })).toEqual(['time_zone: Enter an IANA time zone such as America/New_York.']);
    expect(faults({ document_type_ids: {} })?.[0]).toMatch(/^document_type_ids.signed_agreement: /);
    expect(faults({ document_type_ids: { signed_agreement: 0 } })).toHaveLength(1);
    expect(faults({ document_type_ids: { signed_agreement: 1.5 } })).toHaveLength(1);
  });

  it('may send no documents at all, but none of a class that OCC does not have', () => {
    expect(Settings.parse({ ...entered, attach_documents: [] }).attach_documents).toEqual([]);
    expect(faults({ attach_documents: ['photo'] })).toHaveLength(1);
  });
});

describe('documentTypeId', () => {
  const settings = (ids: object) => Settings.parse({ ...entered, document_type_ids: { signed_agreement: 12, ...ids } });

  it("falls back to the signed agreement's for a class without one", () => {
    const types = ['signed_agreement', 'proposal', 'signable_document'] as const;
    expect(types.map((type) => documentTypeId(settings({}), type))).toEqual([12, 12, 12]);
    expect(types.map((type) => documentTypeId(settings({ proposal: 7 }), type))).toEqual([12, 7, 12]);
  });
});
