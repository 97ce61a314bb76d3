import type { Express } from 'express';
import express from 'express';
import type { ApiParts } from './api/exchange.ts';
import type { SimulatorControl } from './control/control.ts';
import { LOGIN_PATH } from './api/decide.ts';
import { exchange } from './api/exchange.ts';
import { controlRoutes } from './control/control-routes.ts';
import { loginPage, pageRoutes } from './page/page-routes.ts';

/** The simulator's HTTP side. Bodies are read as text: a body that does not parse is SingleOps' to refuse. */
export function createApp(api: ApiParts, control: SimulatorControl): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/api/v1', express.text({ type: () => true, limit: '1mb' }), exchange(api));
  app.use('/_simulator', controlRoutes(control));
  app.get(LOGIN_PATH, loginPage);
  app.use(pageRoutes(control));
  return app;
}
