import type { Response, Router } from 'express';
import type { SimulatorControl } from './control.ts';
import * as inputs from './control-inputs.ts';

/** Records and files over HTTP. */
export function routeRecords(router: Router, control: SimulatorControl): void {
  router.get('/records', (_, response) => void response.json(control.objectCounts()));
  router.get('/records/:type', (request, response) => {
    response.json(control.records(request.params.type, inputs.recordsQuery.parse(request.query)));
  });
  router.post('/records/:type', (request, response) => {
    response.status(201).json(control.create(request.params.type, inputs.fieldsBody.parse(request.body ?? {})));
  });
  router.get('/records/:type/:id', (request, response) => {
    response.json(control.record(request.params.type, request.params.id));
  });
  router.patch('/records/:type/:id', (request, response) => {
    response.json(control.update(request.params.type, request.params.id, inputs.updateBody.parse(request.body)));
  });
  router.delete('/records/:type/:id', (request, response) => {
    control.remove(request.params.type, request.params.id);
    response.status(204).end();
  });
  router.post('/records/:type/:id/undelete', (request, response) => {
    control.undelete(request.params.type, request.params.id);
    response.json(control.record(request.params.type, request.params.id));
  });
  router.post('/records/:type/:id/hard-delete', (request, response) => {
    control.hardDelete(request.params.type, request.params.id);
    response.status(204).end();
  });
  router.get('/writes', (request, response) => {
    response.json(control.writes(inputs.writesQuery.parse(request.query)));
  });
  router.get('/files', (request, response) => {
    response.json(control.files(inputs.filesQuery.parse(request.query)));
  });
  router.get('/files/:id/bytes', (request, response) => sendFile(control, request.params.id, response));
}

function sendFile(control: SimulatorControl, id: string, response: Response): void {
  const bytes = control.fileContent(id);
  const isPdf = bytes.subarray(0, 5).toString('latin1') === '%PDF-';
  // Received files are strangers' bytes: shown when they are a PDF, otherwise only offered for download.
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-disposition', isPdf ? 'inline' : 'attachment');
  response.type(isPdf ? 'application/pdf' : 'application/octet-stream').send(bytes);
}
