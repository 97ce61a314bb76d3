import type { NextFunction, Request, Response, Router } from 'express';
import express from 'express';
import { z } from 'zod';
import { ControlError } from './control-error.ts';

/**
 * A control API as JSON, for other processes and for the page's buttons; `route` adds the vendor's own controls. What
 * they throw is answered as `{ error }`: a ControlError with its status, a body or query that zod refuses or that is no
 * JSON with 400, anything else with 500. Calls from pages of other sites get 403, unknown controls 404.
 */
export function controlRouter(route: (router: Router) => void): Router {
  const router = express.Router();
  router.use(onlyFromHere, express.json({ limit: '1mb' }));
  route(router);
  router.use((request, response) => {
    response.status(404).json({ error: `The simulator has no control ${request.method} ${request.path}.` });
  });
  router.use(answerError);
  return router;
}

/** A page of another site, open in the same browser, must not be able to break things here. */
function onlyFromHere(request: Request, response: Response, next: NextFunction): void {
  const origin = request.headers.origin;
  if (origin === undefined || origin === `http://${request.headers.host}`) next();
  else response.status(403).json({ error: 'The control API takes no calls from other sites.' });
}

function answerError(error: unknown, _request: Request, response: Response, _next: NextFunction): void {
  if (error instanceof ControlError) response.status(error.status).json({ error: error.message });
  else if (error instanceof z.ZodError) response.status(400).json({ error: z.prettifyError(error) });
  else if (error instanceof SyntaxError) response.status(400).json({ error: 'The body is not JSON.' });
  else response.status(500).json({ error: String(error) });
}
