import type { RequestHandler, Router } from 'express';
import express from 'express';
import type { Html } from '@occ-hub/simulator-stage';
import { html, pageDocument } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import { breakPanel } from './break-panel.ts';
import { callsTable } from './calls-table.ts';
import { clientsTable } from './clients-table.ts';
import { leadsTable } from './leads-table.ts';
import { overview } from './overview.ts';

/** The page for people at `/`; `?part=live` is the part that is read again. */
export function pageRoutes(control: SimulatorControl): Router {
  const router = express.Router();
  router.get('/', (request, response) => {
    const page = request.query['part'] === 'live' ? livePart(control) : document(control);
    response.setHeader('cache-control', 'no-store');
    response.type('html').send(page.markup);
  });
  return router;
}

/** Where a caller ends that follows the redirect of a failed login: a page with status 200 that is no answer. */
export const loginPage: RequestHandler = (_request, response) => {
  response.type('html').send('<!DOCTYPE html><html><body><h1>Sign in to SingleOps</h1></body></html>');
};

function livePart(control: SimulatorControl): Html {
  return html`${overview(control)}${leadsTable(control)}${callsTable(control)}${clientsTable(control)}`;
}

function document(control: SimulatorControl): Html {
  return pageDocument({
    title: 'Simulated SingleOps',
    heading: 'SingleOps',
    intro:
      'A small stand-in for the lead entry API of SingleOps: divisions, custom inputs, client search and leads. A new client waits until a person confirms it here.',
    content: html`${breakPanel(control.accounts()[0]?.id)}
      <div id="live">${livePart(control)}</div>`,
  });
}
