import type { Router } from 'express';
import express from 'express';
import type { Html } from '@occ-hub/simulator-stage';
import { html, pageDocument } from '@occ-hub/simulator-stage';
import type { PestPacControl } from '../control/control.ts';
import { simulatorState } from '../control/state.ts';
import { breakPanel } from './break-panel.ts';
import { callsTable } from './calls-table.ts';
import { customersTable } from './customers-table.ts';
import { tiles, troubles } from './overview.ts';
import { payPage } from './pay-page.ts';
import { leadsTable, servicesTable, tasksTable } from './received-tables.ts';

/** The pages for people: the company at `/`, and what a customer finds behind a self-service link. */
export function pageRoutes(control: PestPacControl): Router {
  const router = express.Router();
  router.get('/', (request, response) => {
    const page = request.query['part'] === 'live' ? livePart(control) : document(control);
    response.setHeader('cache-control', 'no-store');
    response.type('html').send(page.markup);
  });
  router.get('/ePay/:key', (request, response) => {
    response.type('html').send(payPage(request.params.key).markup);
  });
  return router;
}

function livePart(control: PestPacControl): Html {
  const state = simulatorState(control);
  return html`${tiles(state)}${troubles(state)}${leadsTable(control)}
    <div class="split">${tasksTable(control)}${servicesTable(control)}</div>
    ${customersTable(control)}${callsTable(control)}`;
}

function document(control: PestPacControl): Html {
  return pageDocument({
    title: 'Simulated PestPac',
    heading: 'PestPac',
    intro: 'A stand-in for a pest control company in PestPac: the same REST calls, nobody real in it.',
    content: html`${breakPanel()}
      <div id="live">${livePart(control)}</div>`,
  });
}
