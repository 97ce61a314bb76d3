import type { Router } from 'express';
import { ControlError, controlRouter } from '@occ-hub/simulator-stage';
import type { DownOrder, PestPacControl } from './control.ts';
import type { FaultOrder } from '../company/faults.ts';
import type { Switches } from '../settings.ts';
import * as inputs from './control-inputs.ts';
import { simulatorState } from './state.ts';

/** The HTTP twin of `control`, as JSON under `/_simulator`, for other processes and for the page's buttons. */
export function controlRoutes(control: PestPacControl): Router {
  return controlRouter((router) => {
    routeReads(router, control);
    routeRecords(router, control);
    routeRules(router, control);
    routeDoor(router, control);
  });
}

function routeReads(router: Router, control: PestPacControl): void {
  router.get('/state', (_, response) => void response.json(simulatorState(control)));
  router.get('/received', (request, response) => {
    const { call } = request.query;
    response.json(control.received(typeof call === 'string' ? call : undefined));
  });
  router.delete('/received', (_, response) => {
    control.forget();
    response.json(control.counts());
  });
  router.get('/counts', (_, response) => void response.json(control.counts()));
  router.get('/lookups', (_, response) => void response.json(control.lookups()));
  router.put('/lookups/:name', (request, response) => {
    control.setLookup(inputs.lookupParam.parse(request.params.name), inputs.rowsBody.parse(request.body));
    response.json(control.lookups()[inputs.lookupParam.parse(request.params.name)]);
  });
}

function routeRecords(router: Router, control: PestPacControl): void {
  const at = (params: { kind: string; id: string }): readonly [ReturnType<typeof inputs.kindParam.parse>, number] => [
    inputs.kindParam.parse(params.kind),
    inputs.idParam.parse(params.id),
  ];
  router.get('/records/:kind', (request, response) => {
    response.json(control.records(inputs.kindParam.parse(request.params.kind)));
  });
  router.get('/records/:kind/:id', (request, response) => void response.json(control.record(...at(request.params))));
  router.patch('/records/:kind/:id', (request, response) => {
    response.json(control.change(...at(request.params), inputs.fieldsBody.parse(request.body)));
  });
  router.delete('/records/:kind/:id', (request, response) => {
    control.remove(...at(request.params));
    response.status(204).end();
  });
  router.post('/customers', (request, response) => {
    const { billTo, locations } = inputs.customerBody.parse(request.body);
    response.status(201).json(control.addCustomer(billTo, locations ?? []));
  });
  router.post('/locations', (request, response) => {
    response.status(201).json(control.addLocation(inputs.fieldsBody.parse(request.body)));
  });
  router.post('/cards', (request, response) => {
    response.status(201).json(control.addCard(inputs.fieldsBody.parse(request.body)));
  });
  router.post('/pay', (request, response) => {
    response.status(201).json(control.payByLink(inputs.linkBody.parse(request.body).link));
  });
}

function routeRules(router: Router, control: PestPacControl): void {
  router.get('/faults', (_, response) => void response.json(control.faults()));
  router.post('/faults', (request, response) => {
    response.status(201).json(control.fault(inputs.faultBody.parse(request.body) as FaultOrder));
  });
  router.delete('/faults', (_, response) => {
    control.clearFaults();
    response.json([]);
  });
  router.get('/switches', (_, response) => void response.json(control.switches()));
  router.patch('/switches', (request, response) => {
    response.json(control.configure(inputs.switchesBody.parse(request.body) as Partial<Switches>));
  });
  router.get('/clock', (_, response) => void response.json(control.clock()));
  router.put('/clock', (request, response) => {
    response.json(control.setClock(inputs.clockBody.parse(request.body).at));
  });
  router.post('/tokens/expire', (request, response) => {
    control.expireTokens(inputs.expireBody.parse(request.body ?? {}).refreshToo ?? false);
    response.json({ expired: true });
  });
  router.delete('/usage', (_, response) => {
    control.clearUsage();
    response.json({ callsToday: control.callsToday() });
  });
  router.post('/reset', (_, response) => {
    control.reset();
    response.json(simulatorState(control));
  });
}

function routeDoor(router: Router, control: PestPacControl): void {
  router.post('/down', (request, response) => {
    const order = inputs.downBody.parse(request.body ?? {}) as DownOrder;
    if (order.refuse && order.forMs === undefined) {
      throw new ControlError(400, 'With "refuse" nobody could call it back up: say "forMs", too.');
    }
    response.json({ door: 'closing', ...order });
    // The answer has to be out before the listener goes away with every connection.
    response.once('finish', () => void control.down(order));
  });
  router.post('/up', async (_, response) => {
    await control.up();
    response.json({ door: control.door() });
  });
}
