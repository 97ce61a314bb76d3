import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { ControlError, controlRouter } from '@occ-hub/simulator-stage';
import type { AppointmentRow } from '../data/appointment.ts';
import type { SimulatorControl } from './control.ts';
import { routePosting } from '../posting/posting-routes.ts';
import * as inputs from './control-inputs.ts';
import { simulatorState } from './state.ts';

type Fields = Partial<Omit<AppointmentRow, 'ID'>>;

/** The HTTP twin of `control`, as JSON under `/_simulator`, for other processes and for the page's buttons. */
export function controlRoutes(control: SimulatorControl): Router {
  return controlRouter((router) => {
    routeReads(router, control);
    routeAppointments(router, control);
    routeRules(router, control);
    routePosting(router, control);
  });
}

function routeReads(router: Router, control: SimulatorControl): void {
  router.get('/state', (_, response) => void response.json(simulatorState(control)));
  router.get('/window', (request, response) => {
    response.json(control.appointmentsInWindow(inputs.windowQuery.parse(request.query)));
  });
  router.get('/received', (request, response) => {
    const { action } = z.object({ action: z.string().optional() }).parse(request.query);
    response.json(control.received(action ? { action } : {}));
  });
  router.delete('/received', (_, response) => {
    control.forget();
    response.json(control.counts());
  });
  router.get('/counts', (_, response) => void response.json(control.counts()));
  router.get('/notes', (_, response) => void response.json(control.notes()));
  router.get('/documents', (request, response) => {
    const { ilsid } = z.object({ ilsid: z.coerce.number().optional() }).parse(request.query);
    response.json(control.documents(ilsid === undefined ? {} : { ilsid }));
  });
  router.get('/documents/:id/bytes', (request, response) => sendDocument(control, request.params.id, response));
}

function routeAppointments(router: Router, control: SimulatorControl): void {
  const idOf = (request: Request<{ id: string }>): number => Number(request.params.id);
  router.get('/appointments', (request, response) => {
    const { slr_id: slrId, ...window } = inputs.appointmentsQuery.parse(request.query);
    response.json(control.appointments({ ...window, ...(slrId === undefined ? {} : { slrId }) }));
  });
  router.get('/appointments/:id', (request, response) => void response.json(control.appointment(idOf(request))));
  router.post('/appointments', (request, response) => {
    response.status(201).json(control.add(inputs.fieldsBody.parse(request.body ?? {}) as Fields));
  });
  router.patch('/appointments/:id', (request, response) => {
    response.json(control.change(idOf(request), inputs.fieldsBody.parse(request.body) as Fields));
  });
  router.delete('/appointments/:id', (request, response) => {
    control.remove(idOf(request));
    response.status(204).end();
  });
  router.post('/appointments/:id/move', (request, response) => {
    response.json(control.move(idOf(request), inputs.moveBody.parse(request.body).apptDate));
  });
  router.post('/appointments/:id/assign', (request, response) => {
    response.json(control.assign(idOf(request), inputs.assignBody.parse(request.body).slrId));
  });
}

function routeRules(router: Router, control: SimulatorControl): void {
  router.get('/faults', (_, response) => void response.json(control.faults()));
  router.post('/faults', (request, response) => {
    response.status(201).json(control.fault(inputs.faultBody.parse(request.body)));
  });
  router.delete('/faults', (_, response) => {
    control.clearFaults();
    response.json([]);
  });
  router.put('/permissions', (request, response) => {
    control.setPermission(inputs.permissionBody.parse(request.body));
    response.json(control.denied());
  });
  router.put('/document-types', (request, response) => {
    control.setDocumentTypes(inputs.documentTypesBody.parse(request.body));
    response.json(control.lookups().documentTypes);
  });
  router.get('/clock', (_, response) => void response.json(control.clock()));
  router.put('/clock', (request, response) => {
    const { at, frozen } = inputs.clockBody.parse(request.body);
    response.json(control.setClock(at, { frozen: frozen ?? false }));
  });
  router.get('/switches', (_, response) => void response.json(control.switches()));
  router.patch('/switches', (request, response) => {
    response.json(control.configure(inputs.switchesBody.parse(request.body)));
  });
  router.post('/tokens/expire', (_, response) => {
    control.expireTokens();
    response.json({ expired: true });
  });
  router.post('/reset', (request, response) => {
    control.reset(inputs.resetBody.parse(request.body ?? {}));
    response.json(simulatorState(control));
  });
  router.post('/down', async (request, response) => {
    const order = inputs.downBody.parse(request.body ?? {});
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

function sendDocument(control: SimulatorControl, id: string, response: Response): void {
  const bytes = control.documentBytes(Number(id));
  const isPdf = bytes.subarray(0, 5).toString('latin1') === '%PDF-';
  // Received files are strangers' bytes: shown when they are a PDF, otherwise only offered for download.
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-disposition', isPdf ? 'inline' : 'attachment');
  response.type(isPdf ? 'application/pdf' : 'application/octet-stream').send(bytes);
}
