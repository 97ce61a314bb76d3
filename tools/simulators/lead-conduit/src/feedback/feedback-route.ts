import { setTimeout as pause } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { Faults } from './faults.ts';
import type { Feedback } from './feedback.ts';
import { answerText, formatFor } from './answer-format.ts';
import { readSent, refusalOf } from './sent-body.ts';

/** What every way to give feedback needs. */
export interface FeedbackParts {
  feedback: Feedback;
  faults: Faults;
  stopping: AbortSignal;
}

/** `POST /feedback?event_id=`: form, JSON or XML in; 201 in the format asked for out, taken or not. */
export function feedbackRoute(parts: FeedbackParts): RequestHandler {
  return throughFaults(parts, (request, response) => {
    const format = formatFor(request.headers.accept);
    const sent = readSent({ request, methods: ['POST'] });
    const refusal = refusalOf(sent, format);
    if (refusal) {
      response.status(refusal.status).set(refusal.headers).type('text/plain').send(refusal.body);
      return;
    }
    const { event_id: eventId, type, reason } = sent.values ?? {};
    const answer = answerText(parts.feedback.take({ by: 'platform', eventId, type, reason }), format ?? 'json');
    response.status(201).type(answer.type).send(answer.body);
  });
}

/** Lets a call meet its faults on the way to `work`. */
export function throughFaults(
  { faults, stopping }: Omit<FeedbackParts, 'feedback'>,
  work: (request: Request, response: Response) => void,
): RequestHandler {
  return async (request, response) => {
    const { delayMs, fault } = faults.take();
    if (delayMs > 0) await pause(delayMs, undefined, { signal: stopping }).catch(() => request.socket.destroy());
    if (request.socket.destroyed) return;
    if (fault?.kind === 'html') {
      response.status(200).type('html').send('<!DOCTYPE html><html><body><h1>Scheduled maintenance</h1></body></html>');
    } else if (fault?.kind === 'cut') {
      request.socket.destroy();
    } else if (fault?.when === 'before') {
      response.status(500).type('text/plain').send('Internal server error');
    } else {
      if (fault) spoilAnswer(request, response, fault.kind);
      work(request, response);
    }
  };
}

/** The work is done as always; only its answer does not get out. */
function spoilAnswer(request: Request, response: Response, kind: string): void {
  response.send = () => {
    if (kind === 'lose') request.socket.destroy();
    else response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal server error');
    return response;
  };
}
