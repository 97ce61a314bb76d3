import type { Request, Response } from 'express';
import type { Access } from '../access/access.ts';
import type { Faults } from '../faults/faults.ts';
import type { Limits } from '../limits/limits.ts';
import type { Org } from '../records/org.ts';
import type { Queries } from '../soql/pages.ts';
import type { RestAnswer, RestCall, RestParts } from './rest-call.ts';
import { SalesforceError } from '../records/salesforce-error.ts';
import { dispatch } from './dispatch.ts';
import { requestBody } from './request-body.ts';
import { versionList, versionOf } from './versions.ts';

/** Bytes of an address, and of an address with its headers, that the vendor accepts. */
const LARGEST_HEAD = 16_384;

/** What the API's front door is made of. */
export interface FrontDoor {
  org: Org;
  queries: Queries;
  access: Access;
  limits: Limits;
  faults: Faults;
}

/** The REST API below `/services/data`: who calls, how often, and what is answered. */
export function restHandler(door: FrontDoor): (request: Request, response: Response) => Promise<void> {
  return async (request, response) => {
    response.setHeader('Date', new Date(door.org.clock.now()).toUTCString());
    try {
      const answer = await answerTo(door, request, response);
      if (answer) send(response, answer);
    } catch (error) {
      send(response, refusalOf(error));
    }
  };
}

async function answerTo(door: FrontDoor, request: Request, response: Response): Promise<RestAnswer | undefined> {
  const { org, access, limits } = door;
  const tooLong = headRefusal(request);
  if (tooLong) return tooLong;
  const elsewhere = access.instances.refusal(request.socket.localPort);
  if (elsewhere) return elsewhere;
  if (/^\/?$/.test(request.path)) return { status: 200, body: versionList() };
  const { version, path } = versionOf(request.path);
  const caller = access.bearer(request.headers.authorization);
  if ('refusal' in caller) return caller.refusal;
  const spent = limits.refusal();
  if (!spent) limits.count();
  response.setHeader('Sforce-Limit-Info', limits.header());
  if (spent) return spent;
  const content = await requestBody(request, org.switches.fileLimit);
  // A caller that went away before its call was whole has asked for nothing.
  if (request.destroyed && !request.complete) return undefined;
  const call: RestCall = {
    method: request.method,
    path,
    query: new URL(request.originalUrl, 'http://org.invalid').searchParams,
    headers: singleHeaders(request),
    ...content,
    version,
    base: `/services/data/v${version}.0`,
    by: { userId: caller.user.id, api: true },
  };
  const parts: RestParts = {
    org,
    queries: door.queries,
    limits,
    identityUrl: () => access.identityUrl(caller.user),
    notePart: (part) => door.faults.part(response, part),
  };
  return dispatch(parts, call);
}

function send(response: Response, answer: RestAnswer): void {
  if (response.headersSent || response.destroyed) return;
  response.status(answer.status).set(answer.headers ?? {});
  if (answer.bytes) response.type('application/octet-stream').send(answer.bytes);
  else if (answer.body === undefined) response.end();
  else response.type('application/json;charset=UTF-8').send(JSON.stringify(answer.body));
}

function refusalOf(error: unknown): RestAnswer {
  if (error instanceof SalesforceError) return { status: error.status, body: [error.item()] };
  const message = `An unexpected error occurred in the simulator: ${error instanceof Error ? error.message : String(error)}`;
  return { status: 500, body: [{ message, errorCode: 'UNKNOWN_EXCEPTION' }] };
}

function headRefusal(request: Request): RestAnswer | undefined {
  const uri = Buffer.byteLength(request.originalUrl);
  if (uri > LARGEST_HEAD) return { status: 414, body: [{ message: 'URI Too Long', errorCode: 'URI_TOO_LONG' }] };
  const headers = request.rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0);
  if (uri + headers <= LARGEST_HEAD) return undefined;
  return {
    status: 431,
    body: [{ message: 'Request Header Fields Too Large', errorCode: 'REQUEST_HEADER_FIELDS_TOO_LARGE' }],
  };
}

function singleHeaders(request: Request): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
