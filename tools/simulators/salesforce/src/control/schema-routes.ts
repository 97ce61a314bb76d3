import type { Router } from 'express';
import type { SimulatorControl } from './control.ts';
import * as inputs from './control-inputs.ts';

/** The org's metadata over HTTP. A field is `hide`, `show` or `drop`; each answer is empty. */
export function routeSchema(router: Router, control: SimulatorControl): void {
  router.delete('/schema/:object', (request, response) => {
    control.dropObject(request.params.object);
    response.status(204).end();
  });
  router.put('/schema/:object/fields/:field/picklist', (request, response) => {
    const { object, field } = request.params;
    control.setPicklist(object, field, inputs.picklistBody.parse(request.body));
    response.status(204).end();
  });
  router.put('/schema/:object/fields/:field/restricted', (request, response) => {
    const { object, field } = request.params;
    control.setRestricted(object, field, inputs.restrictedBody.parse(request.body).restricted);
    response.status(204).end();
  });
  router.post('/schema/:object/fields/:field/:action', (request, response) => {
    const { object, field } = request.params;
    const { action } = inputs.fieldAction.parse({ action: request.params.action });
    const changes = { hide: control.hideField, show: control.showField, drop: control.dropField };
    changes[action](object, field);
    response.status(204).end();
  });
  router.post('/schema/:object/rules', (request, response) => {
    control.addRule(request.params.object, inputs.ruleBody.parse(request.body));
    response.status(204).end();
  });
  router.delete('/schema/:object/rules', (request, response) => {
    control.clearRules(request.params.object);
    response.status(204).end();
  });
}
