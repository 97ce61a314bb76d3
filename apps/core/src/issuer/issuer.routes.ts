import { HubId } from '@occ-hub/contracts';
import { z } from 'zod';
import { Role } from '../http/caller.ts';
import { NoParams } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { BuiltInIssuer } from './built-in-issuer.ts';

const tag = 'Demo';

const TokenRequest = z
  .object({ sub: HubId.describe('A member id'), role: Role, org: HubId.optional() })
  .refine(({ role, org }) => role === 'operator' || org !== undefined, { message: 'Name the org.', path: ['org'] });

export function issuerRoutes({ issuer }: { issuer: BuiltInIssuer }): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/dev/token',
      tag,
      summary: 'A token for anybody. Never in production',
      access: 'open',
      params: NoParams,
      body: TokenRequest,
      replies: { 200: z.object({ token: z.string() }) },
      handle: async ({ body }) => ({ status: 200, body: { token: await issuer.issue(body) } }),
    }),
    route({
      method: 'get',
      path: '/.well-known/jwks.json',
      tag,
      summary: 'The keys of the built-in issuer',
      access: 'open',
      params: NoParams,
      replies: { 200: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }) },
      handle: async () => ({ status: 200, body: issuer.jwks }),
    }),
  ];
}
