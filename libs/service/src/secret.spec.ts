import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret, secretText } from './secret.ts';

describe('Secret', () => {
  it('shows dots however it is printed, and the value only when asked', () => {
    const secret = new Secret('hunter2');
    const prints = [String(secret), `${secret}`, JSON.stringify({ secret }), inspect({ secret }, { depth: 9 })];
    for (const print of prints) {
      expect(print).toContain('•••');
      expect(print).not.toContain('hunter2');
    }
    expect(secret.reveal()).toBe('hunter2');
  });
});

describe('secretText', () => {
  it('parses into a Secret and refuses a short one without repeating it', () => {
    expect(secretText().parse('hunter2').reveal()).toBe('hunter2');
    const refused = secretText(20).safeParse('hunter2');
    expect(refused.success).toBe(false);
    expect(JSON.stringify(refused.error)).not.toContain('hunter2');
  });
});
