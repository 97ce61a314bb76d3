import type { Express } from 'express';
import express from 'express';
import type { SimulatorControl } from './control/control.ts';
import type { FrontDoor } from './rest/rest-handler.ts';
import { controlRoutes } from './control/control-routes.ts';
import { pageRoutes } from './page/page-routes.ts';
import { restHandler } from './rest/rest-handler.ts';

/** The simulator's HTTP side: the vendor's own addresses first, then the control and the page for people. */
export function createApp(door: FrontDoor, control: SimulatorControl): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(door.access.routes);
  app.use('/services/data', door.faults.wrap(restHandler(door)));
  app.use('/_simulator', controlRoutes(control));
  app.use(pageRoutes(control));
  return app;
}
