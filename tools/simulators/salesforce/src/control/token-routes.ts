import type { Router } from 'express';
import type { SimulatorControl } from './control.ts';
import * as inputs from './control-inputs.ts';

/** Apps, users, approvals, tokens and instances over HTTP. */
export function routeTokens(router: Router, control: SimulatorControl): void {
  router.post('/tokens', (request, response) => {
    response.status(201).json(control.token(inputs.tokenBody.parse(request.body ?? {})));
  });
  router.post('/tokens/expire', (_, response) => {
    control.expireAccessTokens();
    response.json({ expired: true });
  });
  router.get('/approvals', (_, response) => void response.json(control.approvals()));
  router.post('/approvals/revoke', (request, response) => {
    response.json({ revoked: control.revokeApprovals(inputs.revokeBody.parse(request.body ?? {}).username) });
  });
  router.get('/apps', (_, response) => void response.json(control.apps()));
  router.patch('/apps/:key', (request, response) => {
    control.changeApp(request.params.key, inputs.appBody.parse(request.body));
    response.json(control.apps());
  });
  router.get('/users', (_, response) => void response.json(control.users()));
  router.patch('/users/:username', (request, response) => {
    control.changeUser(request.params.username, inputs.userBody.parse(request.body));
    response.json(control.users());
  });
  router.get('/instances', (_, response) => void response.json(control.instances()));
  router.post('/instances/move', (request, response) => {
    response.json(control.moveInstance(inputs.moveBody.parse(request.body ?? {})));
  });
}
