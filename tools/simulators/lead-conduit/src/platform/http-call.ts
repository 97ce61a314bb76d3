import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { OutboundRequest, OutboundResponse } from '../module/contract.ts';

/** Hosts (`lppost.leadperfection.com`, `*.leadperfection.com`) and the simulator that stands in for each. */
export type Hosts = Readonly<Record<string, string>>;

/** A call that got no answer; the message says why. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const ANSWER_LIMIT = 5 * 1024 * 1024;

/**
 * Makes the call a step asked for, to the stand-in of its host. Rejects with `NoAnswer` after the timeout, when the
 * connection breaks, and for a host that has no stand-in and is not this machine: nothing ever leaves it by accident.
 */
export function httpCall(
  call: OutboundRequest,
  how: { timeoutSeconds: number; hosts: Hosts; stopping: AbortSignal },
): Promise<OutboundResponse> {
  const target = standIn(call.url, how.hosts);
  const { promise, resolve, reject } = Promise.withResolvers<OutboundResponse>();
  const started = target.url.protocol === 'https:' ? secureRequest : plainRequest;
  const outgoing = started(target.url, {
    method: call.method,
    headers: { ...call.headers, host: target.host },
    signal: how.stopping,
    agent: false,
  });
  // Zero would mean for ever, so the wait is one millisecond at least.
  const timer = setTimeout(
    () => outgoing.destroy(new NoAnswer(`Timeout after ${how.timeoutSeconds} s`)),
    Math.max(1, how.timeoutSeconds * 1000),
  );
  outgoing.on('error', (error) => reject(error instanceof NoAnswer ? error : new NoAnswer(error.message)));
  outgoing.on('close', () => clearTimeout(timer));
  outgoing.on('response', (answer) => {
    const chunks: Buffer[] = [];
    let size = 0;
    answer.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > ANSWER_LIMIT) outgoing.destroy(new NoAnswer('The answer is too long'));
      else chunks.push(chunk);
    });
    answer.on('error', (error) => reject(error instanceof NoAnswer ? error : new NoAnswer(error.message)));
    answer.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      resolve({ status: answer.statusCode ?? 0, headers: canonical(answer.headers), body });
    });
  });
  outgoing.end(call.body ?? '');
  return promise;
}

function standIn(address: string, hosts: Hosts): { url: URL; host: string } {
  if (!URL.canParse(address)) throw new NoAnswer(`"${address}" is not an address`);
  const url = new URL(address);
  const wildcard = `*.${url.hostname.split('.').slice(1).join('.')}`;
  const instead = hosts[url.host] ?? hosts[url.hostname] ?? hosts[wildcard];
  if (instead !== undefined) return { url: new URL(url.pathname + url.search, instead), host: url.host };
  if (LOOPBACK.has(url.hostname)) return { url, host: url.host };
  throw new NoAnswer(`${url.host} has no stand-in here, and a simulator calls nobody real`);
}

/** `content-type` as `Content-Type`, the way modules look headers up. */
export function canonical(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const known = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    known.map(([name, value]) => [
      name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase()),
      String(value),
    ]),
  );
}
