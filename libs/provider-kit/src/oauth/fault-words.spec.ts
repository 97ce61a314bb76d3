import { describe, expect, it } from 'vitest';
import { createFaultWords } from './fault-words.ts';

const callbackUrl = 'https://hub.example.test/auth/some-crm/callback';
const vendor = { id: 'some-crm', title: 'Some CRM' };
const words = createFaultWords({
  vendor,
  consent: { sentence: ({ error }) => (error === 'inactive_org' ? 'The company is inactive at Some CRM.' : undefined) },
  callbackUrl,
});

describe('the words for a refusal', () => {
  it("are the provider's own where it has some", () => {
    expect(words({ error: 'inactive_org', description: '' })).toBe('The company is inactive at Some CRM.');
  });

  it('say exactly which callback to register', () => {
    expect(words({ error: 'redirect_uri_mismatch', description: '' })).toContain(callbackUrl);
  });

  it.each(['access_denied', 'access-denied', 'invalid_client_id', 'invalid_client', 'invalid_grant', 'never_heard_of'])(
    'name the side and what to do for %s',
    (error) => {
      expect(words({ error, description: '' })).toMatch(
        /Some CRM.*(start again|Authorize again|authorize again|Start again)/,
      );
    },
  );

  it("quote the vendor without people's data", () => {
    const said = words({ error: 'server_said', description: 'user pat@example.com has no seat' });
    expect(said).toContain('has no seat');
    expect(said).not.toContain('pat@example.com');
  });
});
