import { setTimeout as pause } from 'node:timers/promises';
import type { Response } from 'express';
import type { Captured } from './captured.ts';
import type { Fault } from './fault.ts';
import { standInOf } from './stand-in.ts';

/** Answers in the org's place. */
export function answerInstead(fault: Fault, response: Response): void {
  const standIn = standInOf(fault);
  if (!standIn) {
    response.socket?.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.statusCode = standIn.status;
  response.setHeader('content-type', standIn.contentType);
  response.setHeader('content-length', Buffer.byteLength(standIn.body));
  response.end(standIn.body);
}

/** Lets an answer that is ready meet its fault. */
export async function spoil(fault: Fault, answer: Captured, response: Response): Promise<void> {
  if (answer.isGone) return;
  switch (fault.kind) {
    case 'lose':
      response.socket?.destroy();
      return;
    case 'cut':
    case 'stall':
      return half(fault.kind, answer.body, response);
    case 'delay':
      await pause(fault.ms, undefined, { ref: false });
      response.end(answer.body);
      return;
    default:
      answerInstead(fault, response);
  }
}

/** Announces the whole body and sends half of it; an answer without a body ends after its announcement. */
function half(kind: 'cut' | 'stall', body: Buffer, response: Response): void {
  if (body.length === 0) {
    // There is nothing to halve: an announced byte never comes.
    response.statusCode = 200;
    response.setHeader('content-type', 'application/json;charset=UTF-8');
  }
  response.removeHeader('transfer-encoding');
  response.setHeader('content-length', Math.max(1, body.length));
  response.flushHeaders();
  const cut = (): void => {
    if (kind === 'cut') response.socket?.destroy();
  };
  if (body.length === 0) setImmediate(cut);
  else response.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))), cut);
}
