import type { Request, RequestHandler } from 'express';
import type { Company } from '../company/company.ts';
import type { LeadFields } from './inbound-lead.ts';
import type { Naming, Sent } from './lead-fields.ts';
import type { PostingAnswer } from './posting-answer.ts';
import type { PostingDesk } from './posting-desk.ts';
import { leadFields } from './lead-fields.ts';
import { firstMissing, queueLead } from './post-lead.ts';
import { pageRefuses, pageSays } from './posting-answer.ts';
import { readForm } from './posting-body.ts';
import { postingExchange } from './posting-exchange.ts';

/** One classic ASP page: the names it takes, what it insists on, and whether it asks who is posting. */
interface Page {
  name: string;
  naming: Naming;
  required: readonly (keyof LeadFields)[];
  asksWho: boolean;
}

const PAGES: readonly Page[] = [
  { name: 'addleads.asp', naming: 'posted', required: ['zip', 'phone1', 'sender', 'srs_id'], asksWho: false },
  { name: 'addleadsinternet.asp', naming: 'internet', required: ['zip', 'phone1'], asksWho: false },
  { name: 'LeadFormExtraFields.asp', naming: 'lead-form', required: ['zip', 'phone1'], asksWho: true },
  { name: 'LeadFormTransfer.asp', naming: 'lead-form', required: ['zip', 'phone1'], asksWho: true },
  { name: 'leadformgenerictest.asp', naming: 'lead-form', required: ['zip', 'phone1'], asksWho: true },
];
const byName = new Map(PAGES.map((page) => [page.name.toLowerCase(), page]));
const VENDOR_HOST = '.leadperfection.com';

/** The names of the classic pages, as faults and the log call them. */
export const CLASSIC_PAGES: readonly string[] = PAGES.map((page) => page.name);

/** `/batch/{page}`, GET or POST, parameters in the query, the body or both, names in any case. */
export function classicPages(company: Company, desk: PostingDesk, stopping: AbortSignal): RequestHandler {
  return (request, response) => {
    const asked = String(request.params['page']);
    const page = byName.get(asked.toLowerCase());
    return postingExchange({
      company,
      request,
      response,
      stopping,
      door: page?.name ?? `batch/${asked}`,
      words: { refusal: pageRefuses('Error: the lead could not be saved.'), numberless: pageSays('[OK]') },
      decide: (bytes) => {
        const form = readForm(bytes, request.originalUrl.split('?')[1] ?? '');
        return { answer: answerOf({ company, desk, request, page, ...form }), sent: form.sent };
      },
    });
  };
}

interface Visit {
  company: Company;
  desk: PostingDesk;
  request: Request;
  page: Page | undefined;
  raw: string;
  sent: Sent;
}

function answerOf({ company, desk, request, page, raw, sent }: Visit): PostingAnswer {
  if (!isThisCompany(company, request)) return pageRefuses('Error: no such company.', 404);
  if (!page) return pageRefuses('The page cannot be found.', 404);
  if (page.asksWho && !knowsUs(company, sent)) return pageRefuses('NOT VALID USER');
  const fields = leadFields(sent, page.naming);
  const missing = firstMissing(fields, page.required);
  if (missing) return pageRefuses(`Error: ${missing} is required.`);
  const lead = queueLead(company, desk, { door: page.name, raw, sent, fields });
  // The number is the office's; a caller is promised no more than the two letters.
  return pageSays(`[OK] ${lead.in1Id}`);
}

/** The tenant's name is the host's first part there. A caller that comes by number or localhost is taken at its word. */
function isThisCompany(company: Company, request: Request): boolean {
  const host = (request.headers.host ?? '').toLowerCase().split(':')[0] ?? '';
  return !host.endsWith(VENDOR_HOST) || host.slice(0, -VENDOR_HOST.length) === company.clientId.toLowerCase();
}

function knowsUs({ posting }: Company, sent: Sent): boolean {
  return sent.get('txtuserid') === posting.webUser && sent.get('txtpassword') === posting.webPassword;
}
