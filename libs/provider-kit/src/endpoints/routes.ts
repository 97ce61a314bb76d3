import { HubError } from '@occ-hub/errors';
import { HttpProblem, type HttpShell, problemOf } from '@occ-hub/service';
import { withStoreFaults } from '@occ-hub/store';
import type { Registry } from '../connections/registry.ts';
import type { Endpoint, EndpointAnswer, EndpointRequest } from '../endpoint.ts';
import type { AnyProvider } from '../provider.ts';
import { type CallParts, callOf } from './call-of.ts';
import { type Allow, createLimits } from './limits.ts';
import type { StoredKey } from './key.store.ts';
import type { Keys } from './keys.ts';
import { refuseCardNumbers } from './refuse-card-numbers.ts';

export interface EndpointParts extends CallParts {
  readonly definition: AnyProvider;
  readonly keys: Keys;
  readonly registry: Registry;
  /** Calls a minute that one key may make at this replica. */
  readonly callsPerMinute: number;
}

type AnyEndpoint = Endpoint<never, never>;
type Routes = Parameters<HttpShell['serve']>[0];
type Router = Parameters<Routes>[0];
type Request = Parameters<Parameters<Router['all']>[1]>[0];
type Response = Parameters<Parameters<Router['all']>[1]>[1];

interface Door {
  readonly parts: EndpointParts;
  readonly endpoint: AnyEndpoint;
  readonly allow: Allow;
}

/** The provider's endpoints on its own door: method, key, rate, card numbers and connection are checked before anything is read. */
export function endpointRoutes(parts: EndpointParts): Routes {
  const limits = createLimits(parts.callsPerMinute);
  return (router) => {
    for (const endpoint of parts.definition.endpoints ?? []) {
      const door = { parts, endpoint, allow: limits.of(endpoint) };
      router.all(`/v1/orgs/:org/${parts.definition.id}${endpoint.path}`, async (request, response) => {
        send(response, await answered(door, request));
      });
    }
  };
}

const answering = withStoreFaults(answer);

/** An endpoint that speaks to people says itself what was refused. A bug is told and logged as everywhere. */
async function answered(door: Door, request: Request): Promise<EndpointAnswer> {
  try {
    return await answering(door, request);
  } catch (error) {
    const { status, code, detail: message, headers } = problemOf(error);
    const own = status === 500 ? undefined : door.endpoint.problem?.({ status, code, message });
    if (own === undefined) throw error;
    return { ...own, headers: { ...headers, ...own.headers } };
  }
}

async function answer({ parts, endpoint, allow }: Door, request: Request): Promise<EndpointAnswer> {
  if (!endpoint.methods.includes(request.method as never)) throw wrongMethod(endpoint);
  const read = requestOf(request);
  const { org = '', ...params } = read.params;
  const key = await allowedKey(parts.keys, request, { org, scope: endpoint.scope });
  await allow({ key: key._id, from: read.from, method: read.method });
  // After the key, which is kept and told nowhere: a look through a megabyte is nobody else's to ask for.
  if (parts.definition.refusesCardNumbers) refuseCardNumbers(request.originalUrl, read);
  const connection = parts.registry.get(key.connection);
  if (!connection || connection.org !== org) throw notConnected(parts.definition.title);
  return endpoint.handle(await callOf(parts, { connection, key, request: { ...read, params } }));
}

function requestOf(request: Request): EndpointRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  const params = Object.entries(request.params).map(([name, value]) => [name, String(value)] as const);
  return {
    method: request.method,
    uri: withoutKey(request.originalUrl),
    params: Object.fromEntries(params),
    headers: Object.fromEntries(headers),
    body: typeof request.body === 'string' ? request.body : '',
    from: request.ip ?? '',
  };
}

/** A caller that cannot set headers puts its key into the address: that is nobody else's to read. */
function withoutKey(uri: string): string {
  const url = new URL(uri, 'http://localhost');
  url.searchParams.delete('key');
  return `${url.pathname}${url.search}`;
}

async function allowedKey(
  keys: Keys,
  request: Request,
  { org, scope }: { org: string; scope: string },
): Promise<StoredKey> {
  const bearer = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  const text =
    bearer ?? request.get('x-api-key') ?? new URL(request.originalUrl, 'http://localhost').searchParams.get('key');
  if (!text) throw unknownKey('Send an API key of this org: Authorization: Bearer occ_…, or X-Api-Key.');
  const key = await keys.known(text);
  if (!key || key.org !== org) throw unknownKey('This API key is not known for this org, or was revoked.');
  if (key.scopes.includes(scope)) return key;
  throw new HttpProblem({
    status: 403,
    code: 'key.scope-missing',
    message: `This API key was not made for "${scope}". Make one that is.`,
  });
}

function send(response: Response, { status, headers, body }: EndpointAnswer): void {
  response.status(status).set(headers).end(body);
}

function wrongMethod({ methods }: AnyEndpoint): HttpProblem {
  const allow = methods.join(', ');
  return new HttpProblem({ status: 405, code: 'http.method', message: `Use ${allow}.`, headers: { allow } });
}

function unknownKey(message: string): HttpProblem {
  return new HttpProblem({ status: 401, code: 'key.unknown', message, headers: { 'www-authenticate': 'Bearer' } });
}

function notConnected(title: string): HubError {
  const message = `This org has no ${title} connection. Save its settings first.`;
  return new HubError({ kind: 'rejected', code: 'connection.unknown', message });
}
