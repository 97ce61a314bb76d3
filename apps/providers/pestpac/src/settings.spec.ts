import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Settings } from './settings.ts';

const entered = {
  ...{ api_key: 'key', tenant_id: '100200', client_id: 'client', client_secret: 'secret', username: 'hub@example.com' },
  ...{ password: ' word ', time_zone: 'America/New_York', failure_email: 'owner@example.com' },
};
const faultsOf = (more: object) =>
  Settings.safeParse({ ...entered, ...more }).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('the settings', () => {
  it('begin with ClickPoint’s own advice: two attempts more, ten seconds apart', () => {
    expect(Settings.parse(entered)).toMatchObject({
      ...{ retry_attempts: 2, retry_interval_seconds: 10, host_url: 'https://api.workwave.com/pestpac/v1' },
      ...{ choice_wait_minutes: 1440, password: ' word ' },
    });
  });

  it.each([
    [{ api_key: '' }],
    [{ api_key: 'two words' }],
    [{ tenant_id: 'línea' }],
    [{ client_secret: ' ' }],
    [{ password: '' }],
    [{ host_url: 'api.workwave.com' }],
    [{ time_zone: 'Mars/North' }],
    [{ retry_attempts: -1 }],
    [{ retry_attempts: 1.5 }],
    [{ retry_interval_seconds: 0 }],
    [{ failure_email: 'one@example.com, two@example.com' }],
    [{ choice_wait_minutes: 0 }],
  ])('name the field at fault: %j', (more) => {
    expect(faultsOf(more)).toEqual(Object.keys(more));
  });

  it('have all but the retries and the waiting entered by a person, and hide what is secret', () => {
    expect(faultsOf(Object.fromEntries(Object.keys(entered).map((name) => [name, undefined])))).toEqual(
      Object.keys(entered),
    );
    const { properties } = z.toJSONSchema(Settings, { io: 'input' }) as {
      properties: Record<string, { writeOnly?: boolean; title?: string }>;
    };
    const secrets = Object.entries(properties).flatMap(([name, { writeOnly }]) => (writeOnly ? [name] : []));
    expect(secrets).toEqual(['api_key', 'client_secret', 'password']);
    expect(Object.values(properties).every(({ title }) => Boolean(title))).toBe(true);
  });
});
