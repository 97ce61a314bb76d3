import type { CallsInFlight } from '@occ-hub/simulator-stage';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import express from 'express';
import type { Handler } from './api/api-handler.ts';
import type { Company } from './company/company.ts';
import type { PestPacControl } from './control/control.ts';
import { tokenHandler } from './access/token-handler.ts';
import { apiHandler } from './api/api-handler.ts';
import { controlRoutes } from './control/control-routes.ts';
import { pageRoutes } from './page/page-routes.ts';

/** What the HTTP side is made of. */
export interface AppParts {
  company: Company;
  control: PestPacControl;
  calls: CallsInFlight;
  stopping: AbortSignal;
}

/** The simulator's HTTP side: the vendor's API first and without middleware, for it is what benchmarks measure. */
export function createApp({ company, control, calls, stopping }: AppParts): Express {
  const carried =
    (handler: Handler) =>
    (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      calls.carry(response);
      return handler(request, response);
    };
  const app = express();
  app.disable('x-powered-by');
  app.use('/pestpac/v1', carried(apiHandler(company, stopping)));
  app.post('/oauth2/token', carried(tokenHandler(company, stopping)));
  app.use('/_simulator', controlRoutes(control));
  app.use(pageRoutes(control));
  return app;
}
