import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PestPacClient } from './client.ts';
import { Env } from './env.ts';
import { Settings } from './settings.ts';
import { json, plainIo } from './testing/plain-io.ts';

const settings = Settings.parse({
  ...{
    api_key: 'key-1',
    tenant_id: '100200',
    client_id: 'client',
    client_secret: 's:cret',
    username: 'hub@example.com',
  },
  ...{ password: 'p&ss=word', time_zone: 'America/New_York', failure_email: 'owner@example.com' },
});
const env = z.object(Env.shape).parse({});

function world(body: unknown = [], token: object = { access_token: 'token-1', expires_in: 3600 }) {
  const plain = plainIo({ answer: ({ url }) => (url.includes('/oauth2/') ? json(token) : json(body)) });
  return { ...plain, client: new PestPacClient(settings, plain.io, env) };
}

describe('a call to PestPac', () => {
  it('logs in with the user’s password, the client by Basic', async () => {
    const { client, sent } = world();
    await client.probe();
    expect(sent[0]).toMatchObject({ method: 'POST', url: 'https://is.workwave.com/oauth2/token?scope=openid' });
    expect(sent[0]?.headers?.['authorization']).toBe(`Basic ${Buffer.from('client:s:cret').toString('base64')}`);
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.body as string))).toEqual({
      ...{ grant_type: 'password', username: 'hub@example.com', password: 'p&ss=word' },
    });
    expect(sent[0]?.shown).toBe('grant_type=password');
  });

  it('carries token, API key and tenant, and never leads inside a network', async () => {
    const { client, sent } = world({ LeadID: 30911 });
    await client.createLead({ LocationID: 7, Name: 'Ngozi Okafor', Phone: '4135550142' });
    expect(sent[1]).toMatchObject({
      ...{ method: 'POST', url: 'https://api.workwave.com/pestpac/v1/Leads', writes: true, publicOnly: true },
      headers: { authorization: 'Bearer token-1', apikey: 'key-1', 'tenant-id': '100200', accept: 'application/json' },
    });
    expect(sent[1]?.headers?.['content-type']).toBe('application/json');
    expect(JSON.parse(sent[1]?.body as string)).toEqual({ LocationID: 7, Name: 'Ngozi Okafor', Phone: '4135550142' });
  });

  it('shows an operator which fields were sent, and nobody’s data', async () => {
    const { client, sent } = world([]);
    await client.search(['4135550142']);
    await client.createTask({ Subject: 'Call Ngozi Okafor' }).catch(() => undefined);
    const shown = sent.map((call) => call.shown);
    expect(shown).toContain('q=••• includeInactive=true skip=0 top=100');
    expect(shown.at(-1)).toBe('{Subject}');
    expect(shown.join(' ')).not.toMatch(/Okafor|0142|key-1|token-1/);
  });

  it.each([
    [{ expires_in: 3600 }, 'pestpac.no-token'],
    [{ access_token: '', expires_in: 3600 }, 'pestpac.no-token'],
    [null, 'pestpac.no-token'],
  ])('does not go out without a token: %j', async (token, code) => {
    const { client, sent } = world([], token as object);
    await expect(client.probe()).rejects.toMatchObject({ kind: 'transient', code });
    expect(sent).toHaveLength(1);
  });

  it.each([[null], [{}], ['javascript:alert(1)'], [['https://pay.example.com/1']]])(
    'takes no payment link that is none: %j',
    async (body) => {
      await expect(world(body).client.paymentLink(7)).rejects.toMatchObject({ code: 'pestpac.answer-unknown' });
    },
  );
});
