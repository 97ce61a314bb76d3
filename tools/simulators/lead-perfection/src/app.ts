import type { CallsInFlight } from '@occ-hub/simulator-stage';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import type { Express } from 'express';
import type { Company } from './company/company.ts';
import type { SimulatorControl } from './control/control.ts';
import type { PostingDesk } from './posting/posting-desk.ts';
import { apiHandler } from './api/api-handler.ts';
import { tokenHandler } from './api/token-handler.ts';
import { controlRoutes } from './control/control-routes.ts';
import { pageRoutes } from './page/page-routes.ts';
import { classicPages } from './posting/classic-pages.ts';
import { jsonDoor } from './posting/json-door.ts';

/** What the HTTP side is made of. */
export interface AppParts {
  company: Company;
  control: SimulatorControl;
  desk: PostingDesk;
  calls: CallsInFlight;
  stopping: AbortSignal;
}

/** The simulator's HTTP side: the vendor's API first and without middleware, for it is what benchmarks measure. */
export function createApp({ company, control, desk, calls, stopping }: AppParts): Express {
  const carried =
    (handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>) =>
    (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      calls.carry(response);
      return handler(request, response);
    };
  const app = express();
  app.disable('x-powered-by');
  app.use('/api', carried(apiHandler(company, stopping)));
  app.post('/token', carried(tokenHandler(company, stopping)));
  app.use('/_simulator', controlRoutes(control));
  app.use(pageRoutes(control));
  app.all('/batch/:page', classicPages(company, desk, stopping));
  app.all('/:client/:action', jsonDoor(company, desk, stopping));
  return app;
}
