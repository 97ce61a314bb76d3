import { isHubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readSettings, secret, secretNames, settingsSchema, splitSettings } from './settings.ts';

const Settings = z.object({
  user: z.string().min(1, 'Enter the user name.'),
  password: secret(z.string().min(1, 'Enter the password.').meta({ title: 'Password' })),
  token: secret(z.string()).optional(),
  pin: secret(z.string()).default('0000'),
  key: secret(z.string().optional()),
  zone: z.string().default('UTC'),
});

describe('secretNames', () => {
  it('finds secrets through whatever is wrapped around them, on either side', () => {
    expect(secretNames(Settings)).toEqual(['password', 'token', 'pin', 'key']);
  });
});

describe('secret', () => {
  it('keeps what was said of the field and marks it for the form', () => {
    const { properties } = settingsSchema(Settings) as { properties: Record<string, object> };
    expect(properties['password']).toMatchObject({ title: 'Password', writeOnly: true, format: 'password' });
    expect(properties['user']).not.toHaveProperty('writeOnly');
  });
});

describe('settingsSchema', () => {
  it('asks only for what a person must enter', () => {
    expect(settingsSchema(Settings)['required']).toEqual(['user', 'password']);
  });
});

describe('splitSettings', () => {
  it('shows everything but the secrets, and keeps no place for one that was not given', () => {
    const settings = { user: 'u', password: 'p', token: undefined, pin: '1', zone: 'UTC' };
    expect(splitSettings(Settings, settings)).toEqual({
      open: { user: 'u', zone: 'UTC' },
      secrets: { password: 'p', pin: '1' },
    });
  });
});

describe('readSettings', () => {
  it('fills in defaults and drops what nobody asked for', () => {
    const read = readSettings(Settings, { user: 'u', password: 'p', colour: 'red' });
    expect(read).toEqual({ user: 'u', password: 'p', pin: '0000', zone: 'UTC' });
  });

  it('names every field at fault, by pointer and in the words of its schema, and no value', () => {
    try {
      readSettings(Settings, { user: '', password: '', zone: 7, token: { hidden: 'hunter2' } });
      expect.unreachable();
    } catch (error) {
      if (!isHubError(error, 'rejected')) throw error;
      expect(error.code).toBe('settings.invalid');
      expect(error.fields.map(({ pointer }) => pointer)).toEqual(['/user', '/password', '/token', '/zone']);
      expect(error.message).toContain('user: Enter the user name. password: Enter the password.');
      expect(error.message).not.toContain('hunter2');
    }
  });
});
