import { isHubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Env } from './env.ts';
import { apiOf, checkSettings, hostFault } from './hosts.ts';
import { Settings } from './settings.ts';

const env = (given: Record<string, string> = {}) => z.object(Env.shape).parse(given);
const settings = (host_url?: string) =>
  Settings.parse({
    ...{ api_key: 'key', tenant_id: '100200', client_id: 'client', client_secret: 'secret', username: 'hub' },
    ...{ password: 'p', time_zone: 'America/New_York', failure_email: 'owner@example.com' },
    ...(host_url === undefined ? {} : { host_url }),
  });

describe('the host of a connection', () => {
  it('is WorkWave’s own where nobody says otherwise', () => {
    expect(checkSettings(settings(), env())).toEqual([]);
    expect(apiOf(settings(), env())).toEqual({ url: 'https://api.workwave.com/pestpac/v1', publicOnly: true });
  });

  it.each(['https://api.pestpac.com', 'https://API.PestPac.com/v1/', 'https://api.workwave.com./pestpac/v1'])(
    'may be %s',
    (url) => {
      expect(hostFault(url, env())).toBeUndefined();
    },
  );

  it.each([
    'https://api.workwave.com/pestpac/v1?',
    'https://api.workwave.com/pestpac/v1#',
    'http://api.workwave.com/pestpac/v1',
    'ftp://api.workwave.com',
    'https://user:word@api.workwave.com/',
    'https://api.workwave.com/?to=elsewhere',
    'https://api.workwave.com/#there',
    'https://api.workwave.com.example.com/',
    'https://example.com/api.workwave.com',
    'https://api.workwave.com:8443/',
    'https://api.workwave.com@example.com/',
    'not an address',
  ])('may not be %s', (url) => {
    expect(hostFault(url, env())).toBeTypeOf('string');
  });

  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest',
    'https://localhost/',
    'https://mongo/',
    'https://vault.internal/',
    'https://printer.local./',
  ])('is never inside a network, whatever an operator allows: %s', (url) => {
    const { hostname } = new URL(url);
    expect(hostFault(url, env({ PESTPAC_HOSTS: `${hostname},${hostname.replace(/\.$/, '')}` }))).toMatch(/internet/);
  });

  it('may be one that an operator added, with its port', () => {
    const more = env({ PESTPAC_HOSTS: ' pest.example.com , Gate.example.com:8443,' });
    expect(hostFault('https://pest.example.com/v1', more)).toBeUndefined();
    expect(hostFault('https://gate.example.com:8443/v1', more)).toBeUndefined();
    expect(hostFault('https://gate.example.com/v1', more)).toMatch(/PESTPAC_HOSTS/);
  });

  it('is named at fault when settings are saved', () => {
    expect(checkSettings(settings('https://example.com/'), env())).toEqual([
      { pointer: '/host_url', message: expect.stringContaining('api.workwave.com') as string },
    ]);
  });

  it('is not called where it was saved before an operator took it away: nothing is sent until it is corrected', () => {
    const attempt = () => apiOf(settings('https://pest.example.com/v1'), env());
    expect(attempt).toThrow(/PestPac host URL/);
    try {
      attempt();
    } catch (error) {
      expect(isHubError(error, 'credential')).toBe(true);
    }
  });

  it('gives way to the simulator where the service is given one', () => {
    const simulated = env({ PESTPAC_URL: 'http://127.0.0.1:4040/pestpac/v1/' });
    expect(checkSettings(settings('https://pest.example.com/v1'), simulated)).toEqual([]);
    const api = apiOf(settings('https://pest.example.com/v1'), simulated);
    expect(api).toEqual({ url: 'http://127.0.0.1:4040/pestpac/v1', publicOnly: false });
  });
});
