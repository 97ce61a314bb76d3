import type { Router } from 'express';
import { controlRouter } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from './control.ts';
import * as inputs from './control-inputs.ts';

/** What was parsed has no undefined values; zod's type cannot say so. */
const given = <T>(parsed: object): T => parsed as T;

/** The HTTP twin of `control`, as JSON under `/_simulator`, for other processes and for the page's buttons. */
export function controlRoutes(control: SimulatorControl): Router {
  return controlRouter((router) => {
    routeAccounts(router, control);
    routeRecords(router, control);
    routeRules(router, control);
  });
}

function routeAccounts(router: Router, control: SimulatorControl): void {
  router.get('/accounts', (_, response) => void response.json(control.accounts()));
  router.patch('/accounts/:id', (request, response) => {
    const { apiAllowed } = inputs.allowBody.parse(request.body);
    response.json(control.allowApi(apiAllowed, inputs.idParam(request.params.id)));
  });
  router.post('/accounts/:id/revoke-token', (request, response) => {
    control.revokeToken(inputs.idParam(request.params.id));
    response.status(204).end();
  });
  router.put('/accounts/:id/operations', (request, response) => {
    const operation = inputs.operationBody.parse(request.body);
    response.json(control.setOperation(given(operation), inputs.idParam(request.params.id)));
  });
  router.delete('/operations/:id', (request, response) => {
    control.removeOperation(inputs.idParam(request.params.id));
    response.status(204).end();
  });
  router.put('/accounts/:id/custom-inputs', (request, response) => {
    const input = inputs.customInputBody.parse(request.body);
    response.json(control.setCustomInput(given(input), inputs.idParam(request.params.id)));
  });
  router.delete('/custom-inputs/:id', (request, response) => {
    control.removeCustomInput(inputs.idParam(request.params.id));
    response.status(204).end();
  });
}

function routeRecords(router: Router, control: SimulatorControl): void {
  router.get('/clients', (request, response) => {
    response.json(control.clients(given(inputs.ofAccount.parse(request.query))));
  });
  router.post('/clients', (request, response) => {
    response.status(201).json(control.addClient(given(inputs.clientBody.parse(request.body))));
  });
  router.get('/clients/:id', (request, response) => {
    response.json(control.client(inputs.idParam(request.params.id)));
  });
  router.patch('/clients/:id', (request, response) => {
    const change = inputs.clientChange.parse(request.body);
    response.json(control.changeClient(inputs.idParam(request.params.id), given(change)));
  });
  router.post('/clients/:id/merge', (request, response) => {
    const { into } = inputs.mergeBody.parse(request.body);
    response.json(control.mergeClient(inputs.idParam(request.params.id), into));
  });
  router.get('/leads', (request, response) => {
    response.json(control.leads(given(inputs.ofLead.parse(request.query))));
  });
  router.get('/leads/:id', (request, response) => {
    response.json(control.lead(inputs.idParam(request.params.id)));
  });
  router.post('/leads/:id/confirm', (request, response) => {
    const how = inputs.confirmBody.parse(request.body ?? {});
    response.json(control.confirmLead(inputs.idParam(request.params.id), given(how)));
  });
  router.post('/leads/:id/hold', (request, response) => {
    const { onHold } = inputs.holdBody.parse(request.body);
    response.json(control.holdLead(inputs.idParam(request.params.id), onHold));
  });
}

function routeRules(router: Router, control: SimulatorControl): void {
  router.get('/state', (_, response) => {
    const accounts = control.accounts().map(({ id, name, apiAllowed, counts }) => ({ id, name, apiAllowed, counts }));
    const [clock, counts, faults, switches] = [control.clock(), control.counts(), control.faults(), control.switches()];
    response.json({ simulator: 'singleops', clock, accounts, counts, faults, switches });
  });
  router.get('/faults', (_, response) => void response.json(control.faults()));
  router.post('/faults', (request, response) => {
    response.status(201).json(control.fault(given(inputs.faultBody.parse(request.body))));
  });
  router.delete('/faults', (_, response) => {
    control.clearFaults();
    response.json([]);
  });
  router.get('/switches', (_, response) => void response.json(control.switches()));
  router.patch('/switches', (request, response) => {
    response.json(control.configure(given(inputs.switchesBody.parse(request.body))));
  });
  router.post('/clock/pass', (request, response) => {
    response.json({ clock: control.passDays(inputs.daysBody.parse(request.body).days) });
  });
  router.post('/down', (request, response) => {
    const how = inputs.downBody.parse(request.body);
    response.status(202).json(how);
    response.once('finish', () => void control.down(how));
  });
  router.get('/received', (request, response) => {
    response.json(control.received(inputs.receivedQuery.parse(request.query).call));
  });
  router.delete('/received', (_, response) => {
    control.clearReceived();
    response.json([]);
  });
  router.post('/reset', (_, response) => {
    control.reset();
    response.status(204).end();
  });
}
