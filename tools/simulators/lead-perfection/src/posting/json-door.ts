import type { Request, RequestHandler } from 'express';
import type { Company } from '../company/company.ts';
import type { Sent } from './lead-fields.ts';
import type { PostingAnswer } from './posting-answer.ts';
import type { PostingDesk } from './posting-desk.ts';
import { leadFields } from './lead-fields.ts';
import { firstMissing, queueLead } from './post-lead.ts';
import { leadAdded, leadRefused } from './posting-answer.ts';
import { readJson } from './posting-body.ts';
import { postingExchange } from './posting-exchange.ts';

const NOTHING: Sent = new Map();
const ACTION = 'addlead';

/** The posting host: `POST /{client}/addlead`, JSON only, no credentials beyond the client id. */
export function jsonDoor(company: Company, desk: PostingDesk, stopping: AbortSignal): RequestHandler {
  return (request, response) => {
    const door = String(request.params['action']).toLowerCase();
    return postingExchange({
      company,
      request,
      response,
      stopping,
      door,
      words: {
        refusal: leadRefused('Lead could not be saved.'),
        numberless: leadAdded('lead added'),
      },
      decide: (bytes) => refusedAtTheDoor(company, request) ?? decide({ company, desk, request, bytes }),
    });
  };
}

function refusedAtTheDoor(company: Company, request: Request): { answer: PostingAnswer; sent: Sent } | null {
  const no = (error: string, status: number) => ({ answer: leadRefused(error, status), sent: NOTHING });
  if (String(request.params['client']).toLowerCase() !== company.clientId.toLowerCase()) {
    return no('Invalid client.', 404);
  }
  if (String(request.params['action']).toLowerCase() !== ACTION) return no('Invalid action.', 404);
  return request.method === 'POST' ? null : no(`The method ${request.method} is not supported.`, 405);
}

function decide(post: { company: Company; desk: PostingDesk; request: Request; bytes: Buffer }): {
  answer: PostingAnswer;
  sent: Sent;
} {
  const body = readJson(post.bytes, post.request.headers['content-type'] ?? '');
  if (body.sent === null) {
    const unsupported = body.trouble === 'unsupported';
    const answer = leadRefused(
      unsupported ? 'Content type must be application/json.' : 'Invalid JSON.',
      unsupported ? 415 : 400,
    );
    return { answer, sent: NOTHING };
  }
  const fields = leadFields(body.sent, 'posted');
  const missing = firstMissing(fields, ['zip', 'phone1']);
  if (missing) return { answer: leadRefused(`${missing} is required.`), sent: body.sent };
  const lead = queueLead(post.company, post.desk, { door: ACTION, raw: body.raw, sent: body.sent, fields });
  return { answer: leadAdded(`lead added: ${lead.in1Id}`), sent: body.sent };
}
