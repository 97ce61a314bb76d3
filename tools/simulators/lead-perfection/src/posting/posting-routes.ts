import type { Router } from 'express';
import { z } from 'zod';
import type { LeadChange } from './posting-desk.ts';
import type { PostingControl } from './posting-control.ts';
import type { PostingSwitches } from './posting-switches.ts';
import type { VerdictOrder } from './process-lead.ts';

const leadsQuery = z.object({
  state: z.enum(['queued', 'added', 'merged', 'deleted']).optional(),
  logNumber: z.string().optional(),
  eventId: z.string().optional(),
});

const processBody = z.strictObject({
  in1Id: z.int().optional(),
  verdict: z.enum(['add', 'merge', 'delete']).optional(),
  ikrId: z.int().optional(),
  ikrdescr: z.string().optional(),
});

const changeBody = z.strictObject({
  dispo: z.string().optional(),
  everSet: z.boolean().optional(),
  everGrossIssue: z.boolean().optional(),
  everDemo: z.boolean().optional(),
  sold: z.boolean().optional(),
  gross: z.number().nullable().optional(),
  calls: z.int().min(0).optional(),
  jobStatus: z.string().optional(),
  setter: z.string().optional(),
  salesRep: z.string().optional(),
  appt: z.string().optional(),
});

const styleShape = {
  as: z.enum(['query', 'form', 'json', 'xml']).optional(),
  keys: z.enum(['documented', 'lower', 'upper', 'wobble']).optional(),
  eventId: z.enum(['body', 'query']).optional(),
  flags: z.enum(['digits', 'words', 'letters']).optional(),
};

const feedbackBody = z.strictObject({
  url: z.string().nullable(),
  style: z.strictObject(styleShape).optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

const switchesBody = z.strictObject({
  queueSeconds: z.number().min(0).nullable().optional(),
  repeatMethod: z.boolean().optional(),
  logNumberInNotes: z.boolean().optional(),
  serviceArea: z.array(z.string()).optional(),
  webUser: z.string().optional(),
  webPassword: z.string().optional(),
});

/** What was parsed has no undefined values; zod's type cannot say so. */
const given = <T>(parsed: object): T => parsed as T;

/** The posting part of the HTTP control API. */
export function routePosting(router: Router, control: PostingControl): void {
  router.get('/leads', (request, response) => {
    response.json(control.leads(given(leadsQuery.parse(request.query))));
  });
  router.get('/leads/:id', (request, response) => void response.json(control.lead(Number(request.params.id))));
  router.post('/leads/process', async (request, response) => {
    const order = given<{ in1Id?: number } & Partial<VerdictOrder>>(processBody.parse(request.body ?? {}));
    response.json(await control.processQueue(order));
  });
  router.post('/leads/:id/advance', async (request, response) => {
    const change = given<LeadChange>(changeBody.parse(request.body));
    response.json(await control.advanceLead(Number(request.params.id), change));
  });
  router.post('/leads/:id/repeat', async (request, response) => {
    response.json(await control.repeatFeedback(Number(request.params.id)));
  });
  router.get('/posting', (_, response) => void response.json(control.posting()));
  router.patch('/posting', (request, response) => {
    response.json(control.configurePosting(given<Partial<PostingSwitches>>(switchesBody.parse(request.body))));
  });
  router.put('/feedback', (request, response) => {
    const { url, style, headers } = feedbackBody.parse(request.body);
    response.json(control.feedbackTo(url, given(style ?? {}), headers ?? {}));
  });
}
