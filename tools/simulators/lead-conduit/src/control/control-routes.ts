import type { Router } from 'express';
import { z } from 'zod';
import { controlRouter } from '@occ-hub/simulator-stage';
import type { FaultOrder } from '../feedback/faults.ts';
import type { FeedbackRules, FlowDefinition } from '../platform/flow.ts';
import type { SimulatorControl } from './control.ts';
import { FAULT_KINDS } from '../feedback/faults.ts';

const faultBody = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  count: z.union([z.int().min(1), z.literal('forever')]).optional(),
  skip: z.int().min(0).optional(),
  when: z.enum(['before', 'after']).optional(),
  ms: z.int().min(0).max(600_000).optional(),
});

const rulesShape = {
  conversions: z.boolean().optional(),
  returns: z.boolean().optional(),
  maxReturnAgeSeconds: z.number().min(0).nullable().optional(),
};

/** Over HTTP a step is always a recipient: a module is code, and code comes in at the start alone. */
const flowBody = z.strictObject({
  id: z.string().min(1).optional(),
  name: z.string().min(1),
  sources: z.array(z.strictObject({ id: z.string().min(1).optional(), name: z.string().min(1) })).min(1),
  steps: z.array(
    z.strictObject({
      name: z.string().min(1),
      url: z.url(),
      headers: z.record(z.string(), z.string()).optional(),
      as: z.enum(['json', 'form']).optional(),
      variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).optional(),
      credentials: z.array(z.string()).optional(),
      timeoutSeconds: z.number().positive().optional(),
      feedback: z.strictObject(rulesShape).optional(),
    }),
  ),
});

const submitBody = z.strictObject({
  fields: z.record(z.string(), z.unknown()),
  flow: z.string().optional(),
  source: z.string().optional(),
});

/** What was parsed has no undefined values; zod's type cannot say so. */
const given = <T>(parsed: object): T => parsed as T;

/** The HTTP twin of `control`, as JSON under `/_simulator`, for other processes and for the page's buttons. */
export function controlRoutes(control: SimulatorControl): Router {
  return controlRouter((router) => {
    routeReads(router, control);
    routeWishes(router, control);
  });
}

function routeReads(router: Router, control: SimulatorControl): void {
  router.get('/state', (_, response) => {
    const [counts, flows, faults] = [control.counts(), control.flows(), control.faults()];
    response.json({ simulator: 'lead-conduit', counts, flows, faults });
  });
  router.get('/flows', (_, response) => void response.json(control.flows()));
  router.get('/events', (request, response) => {
    const query = z.object({ leadId: z.string().optional(), step: z.string().optional() }).parse(request.query);
    response.json(control.events(given(query)));
  });
  router.get('/events/:id', (request, response) => void response.json(control.event(request.params.id)));
  router.get('/feedback', (request, response) => {
    const query = z.object({ eventId: z.string().optional() }).parse(request.query);
    response.json(control.feedback(given(query)));
  });
  router.get('/faults', (_, response) => void response.json(control.faults()));
}

function routeWishes(router: Router, control: SimulatorControl): void {
  router.post('/flows', (request, response) => {
    response.status(201).json(control.addFlow(given<FlowDefinition>(flowBody.parse(request.body))));
  });
  router.post('/submit', async (request, response) => {
    const { fields, ...to } = submitBody.parse(request.body);
    response.status(201).json(await control.submit(fields, given(to)));
  });
  router.post('/events/:id/resubmit', async (request, response) => {
    response.json(await control.resubmit(request.params.id));
  });
  router.put('/flows/:flow/steps/:step/feedback', (request, response) => {
    const rules = given<Partial<FeedbackRules>>(z.strictObject(rulesShape).parse(request.body));
    response.json(control.setFeedback(request.params.flow, request.params.step, rules));
  });
  router.post('/faults', (request, response) => {
    response.status(201).json(control.fault(given<FaultOrder>(faultBody.parse(request.body))));
  });
  router.delete('/faults', (_, response) => {
    control.clearFaults();
    response.json([]);
  });
  router.post('/reset', (_, response) => {
    control.reset();
    response.json(control.counts());
  });
}
