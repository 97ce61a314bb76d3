import type { Request, Response, Router } from 'express';
import express from 'express';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults/faults.ts';
import type { SimulatorOptions } from '../settings.ts';
import type { AccessExtras } from './access-options.ts';
import type { AccessControl } from './access-control.ts';
import type { Bearer } from './bearer.ts';
import type { Instances } from './instances.ts';
import type { Office } from './office.ts';
import type { SalesforceUser } from './users.ts';
import { accessControl } from './access-control.ts';
import { accessSettings } from './access-settings.ts';
import { answerAuthorize, answerConsent } from './authorize-route.ts';
import { Authorizations } from './authorizations.ts';
import { bearer } from './bearer.ts';
import { Grants } from './grants.ts';
import { answerIdentity } from './identity-route.ts';
import { createInstances } from './instances.ts';
import { answerIntrospect } from './introspect-route.ts';
import { identityUrl } from './office.ts';
import { answerRevoke } from './revoke-route.ts';
import { answerToken } from './token-route.ts';

/** The OAuth side of an org: who may call it, and by which token. */
export interface Access extends AccessControl {
  /** `/services/oauth2/*`, `/id/*` and the consent page, to be mounted at the root. */
  routes: Router;
  instances: Instances;
  /** Who a REST call comes from; a good token's idle time starts again. */
  bearer(header: string | undefined): Bearer;
  identityUrl(user: SalesforceUser): string;
}

export interface AccessParts {
  options: SimulatorOptions & AccessExtras;
  clock: Clock;
  /** Gives a fresh unguessable text. */
  newSecret: () => string;
  faults: Pick<Faults, 'wrap'>;
}

export function createAccess({ options, clock, newSecret, faults }: AccessParts): Access {
  const settings = accessSettings(options, clock.now());
  const office: Office = {
    settings,
    clock,
    grants: new Grants({ settings, clock, newSecret }),
    authorizations: new Authorizations({ settings, clock, newSecret }),
    instances: createInstances(),
  };
  return {
    routes: accessRoutes(office, faults),
    instances: office.instances,
    bearer: (header) => bearer(office, header),
    identityUrl: (user) => identityUrl(settings, user),
    ...accessControl(office),
  };
}

function accessRoutes(office: Office, faults: Pick<Faults, 'wrap'>): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '64kb' });
  const at = (answer: (office: Office, request: Request, response: Response) => void) => {
    return (request: Request, response: Response): void => answer(office, request, response);
  };
  // The form is read inside the fault, as a real front door fails before it reads.
  const token = express.Router().use(form, (request, response) => answerToken(office, request, response));
  router.post('/services/oauth2/token', faults.wrap(token));
  router.get('/services/oauth2/authorize', at(answerAuthorize));
  router.post('/_consent', form, at(answerConsent));
  router.post('/services/oauth2/revoke', form, faults.wrap(at(answerRevoke)));
  router.get('/services/oauth2/revoke', at(answerRevoke));
  router.post('/services/oauth2/introspect', form, at(answerIntrospect));
  router.get('/id/:org/:user', (request, response) => answerIdentity(office, request, response));
  return router;
}
