import type { RestAnswer, RestCall, RestParts } from './rest-call.ts';
import { SalesforceError } from '../records/salesforce-error.ts';
import { isObject, objectBody } from './body.ts';

const MOST_PARTS = 25;
const MOST_QUERIES = 5;

interface Part {
  method: string;
  url: string;
  referenceId: string;
  body: unknown;
}

interface PartAnswer {
  body: unknown;
  httpHeaders: Readonly<Record<string, string>>;
  httpStatusCode: number;
  referenceId: string;
}

/** Carries out the parts of a composite call in their order. `carryOut` is the whole API, given from outside. */
export function composite(parts: RestParts, call: RestCall, carryOut: (call: RestCall) => RestAnswer): RestAnswer {
  const { compositeRequest, allOrNone } = objectBody(call.body);
  const asked = partsOf(compositeRequest);
  const answers: PartAnswer[] = [];
  const results = new Map<string, unknown>();
  const run = (): void => {
    for (const part of asked) {
      const answer = onePart(call, part, { results, carryOut });
      parts.notePart({ method: part.method, url: part.url, status: answer.httpStatusCode });
      answers.push(answer);
      if (answer.httpStatusCode < 400) results.set(part.referenceId, answer.body);
      else if (allOrNone === true) throw new Halted();
    }
  };
  try {
    parts.org.store.whole(run);
  } catch (error) {
    if (!(error instanceof Halted)) throw error;
    const failed = answers.at(-1);
    return {
      status: 200,
      body: {
        compositeResponse: asked.map((part) => (part.referenceId === failed?.referenceId ? failed : halted(part))),
      },
    };
  }
  return { status: 200, body: { compositeResponse: answers } };
}

class Halted extends Error {}

function onePart(
  call: RestCall,
  part: Part,
  { results, carryOut }: { results: ReadonlyMap<string, unknown>; carryOut: (call: RestCall) => RestAnswer },
): PartAnswer {
  try {
    const url = new URL(filled(part.url, results), 'http://org.invalid');
    const [, base = '', version = '', path = ''] = /^(\/services\/data\/v(\d+)\.0)(\/.*)$/.exec(url.pathname) ?? [];
    if (base === '' || path === '/composite') throw notAllowed(part.url);
    const answer = carryOut({
      ...call,
      method: part.method,
      path: path.replace(/\/+$/, ''),
      query: url.searchParams,
      body: filledBody(part.body, results),
      upload: undefined,
      version: Number(version),
      base,
    });
    return {
      body: answer.body ?? null,
      httpHeaders: answer.headers ?? {},
      httpStatusCode: answer.status,
      referenceId: part.referenceId,
    };
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    return { body: [error.item()], httpHeaders: {}, httpStatusCode: error.status, referenceId: part.referenceId };
  }
}

function partsOf(given: unknown): Part[] {
  if (!Array.isArray(given)) throw new SalesforceError('JSON_PARSER_ERROR', 'compositeRequest must be a list.');
  if (given.length > MOST_PARTS) {
    throw new SalesforceError('LIMIT_EXCEEDED', `The number of subrequests cannot be more than ${MOST_PARTS}.`);
  }
  const parts = given.map((part): Part => {
    const { method, url, referenceId, body } = isObject(part) ? part : {};
    if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
      throw new SalesforceError('JSON_PARSER_ERROR', 'A subrequest needs method, url and referenceId.');
    }
    return { method: method.toUpperCase(), url, referenceId, body };
  });
  if (new Set(parts.map((part) => part.referenceId)).size < parts.length) {
    throw new SalesforceError('INVALID_INPUT', 'A referenceId is used more than once.');
  }
  if (parts.filter((part) => /\/query|\/composite\/sobjects/.test(part.url)).length > MOST_QUERIES) {
    throw new SalesforceError('LIMIT_EXCEEDED', `No more than ${MOST_QUERIES} queries and collections in one call.`);
  }
  return parts;
}

/** Puts the values of earlier answers in the place of `@{reference.path}`. */
function filled(text: string, results: ReadonlyMap<string, unknown>): string {
  return text.replace(/@\{([^}]+)\}/g, (_, path: string) => String(valueOf(path, results)));
}

function filledBody(body: unknown, results: ReadonlyMap<string, unknown>): unknown {
  if (typeof body === 'string') return filled(body, results);
  if (Array.isArray(body)) return body.map((item) => filledBody(item, results));
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, filledBody(value, results)]));
}

function valueOf(path: string, results: ReadonlyMap<string, unknown>): unknown {
  const [reference = '', ...rest] = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  let value = results.get(reference);
  for (const name of rest) {
    value = Array.isArray(value) ? value[Number(name)] : isObject(value) ? value[name] : undefined;
  }
  if (value === undefined || value === null || typeof value === 'object') {
    throw new SalesforceError(
      'PROCESSING_HALTED',
      `Invalid reference specified. No value for ${path} found in ${reference}`,
    );
  }
  return value;
}

function halted(part: Part): PartAnswer {
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  return {
    body: [{ errorCode: 'PROCESSING_HALTED', message }],
    httpHeaders: {},
    httpStatusCode: 400,
    referenceId: part.referenceId,
  };
}

function notAllowed(url: string): SalesforceError {
  return new SalesforceError('INVALID_INPUT', `The url ${url} cannot be part of a composite call.`);
}
