import { describe, expect, it } from 'vitest';
import { describeBody, hideSecrets } from './describe-body.ts';

describe('describeBody', () => {
  it('counts rows instead of showing people', () => {
    expect(describeBody(JSON.stringify([{ CustName: 'Pat Moreno' }, { CustName: 'Lee Moreno' }]))).toBe('[2 rows]');
    expect(describeBody(JSON.stringify({ CustName: 'Pat Moreno' }))).toBe('{CustName}');
  });

  it("keeps the vendor's words about the call, without addresses and phone numbers", () => {
    expect(describeBody('"UPDATED SUCCESSFULLY!"')).toBe('"UPDATED SUCCESSFULLY!"');
    expect(
      describeBody('{"message":"","status":"ERROR","error":"pat@example.test 410-555-0143 is on hold"}'),
    ).toContain('error: ••• ••• is on hold');
    expect(describeBody('[{"Result":0,"Message":"Error: no such customer"}]')).toBe(
      '[{Message: Error: no such customer, Result: 0}]',
    );
  });

  it('blanks secrets wherever they are quoted, also where what is shown is cut', () => {
    const secret = 'top/secret "token"';
    const hide = hideSecrets([secret, '']);
    const bodies = [
      secret,
      { error: `no user with ${secret}` },
      { error: `/jobs?token=${encodeURIComponent(secret)}` },
      { error: `/jobs?${new URLSearchParams({ token: secret }).toString()}` },
      { [secret]: 1 },
      [{ Message: `${'x'.repeat(270)} ${secret}` }],
    ];
    for (const body of bodies) {
      const shown = describeBody(JSON.stringify(body), hide);
      expect(shown).toContain('•••');
      expect(shown).not.toMatch(/top|secret/);
    }
    expect(hide('nothing of the kind')).toBe('nothing of the kind');
  });

  it('only measures what is not JSON', () => {
    expect(describeBody('<html>Pat</html>')).toBe('(markup, 16 characters)');
    expect(describeBody('')).toBe('(empty)');
  });
});
