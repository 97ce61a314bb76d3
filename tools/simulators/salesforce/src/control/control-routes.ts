import type { Router } from 'express';
import { controlRouter } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from './control.ts';
import * as inputs from './control-inputs.ts';
import { routeRecords } from './record-routes.ts';
import { routeSchema } from './schema-routes.ts';
import { simulatorState } from './state.ts';
import { routeTokens } from './token-routes.ts';

/** The HTTP twin of `control`, as JSON under `/_simulator`, for other processes and for the page's buttons. */
export function controlRoutes(control: SimulatorControl): Router {
  return controlRouter((router) => {
    router.get('/state', (_, response) => void response.json(simulatorState(control)));
    routeFaults(router, control);
    routeRules(router, control);
    routeTokens(router, control);
    routeRecords(router, control);
    routeSchema(router, control);
  });
}

function routeFaults(router: Router, control: SimulatorControl): void {
  router.get('/faults', (_, response) => void response.json(control.faults()));
  router.post('/faults', (request, response) => {
    response.status(201).json(control.fault(inputs.faultBody.parse(request.body)));
  });
  router.post('/locks', (request, response) => {
    response.status(201).json(control.lockRow(inputs.lockBody.parse(request.body ?? {})));
  });
  router.delete('/faults', (_, response) => {
    control.clearFaults();
    response.json(control.faults());
  });
  router.get('/calls', (request, response) => {
    response.json(control.calls(inputs.callsQuery.parse(request.query)));
  });
  router.delete('/calls', (_, response) => {
    control.forget();
    response.json(control.counts());
  });
  router.get('/counts', (_, response) => void response.json(control.counts()));
}

function routeRules(router: Router, control: SimulatorControl): void {
  router.get('/limits', (_, response) => void response.json(control.limits()));
  router.put('/limits', (request, response) => {
    response.json(control.setLimits(inputs.limitsBody.parse(request.body)));
  });
  router.get('/switches', (_, response) => void response.json(control.switches()));
  router.patch('/switches', (request, response) => {
    response.json(control.configure(inputs.switchesBody.parse(request.body)));
  });
  router.get('/clock', (_, response) => void response.json({ now: control.clock() }));
  router.put('/clock', (request, response) => {
    const order = inputs.clockBody.parse(request.body);
    response.json({ now: 'at' in order ? control.setClock(order.at) : control.advance(order.advanceMs) });
  });
  router.post('/locators/expire', (_, response) => {
    control.expireLocators();
    response.json({ expired: true });
  });
  router.put('/updated-lag', (request, response) => {
    const { ms } = inputs.lagBody.parse(request.body);
    control.lagUpdatedBy(ms);
    response.json({ ms });
  });
}
