import type { Router } from 'express';
import express from 'express';
import type { Html } from '@occ-hub/simulator-stage';
import { html, pageDocument } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import type { Choice } from './appointments-table.ts';
import { ACTIONS } from '../api/actions.ts';
import { CLASSIC_PAGES } from '../posting/classic-pages.ts';
import { leadsTable } from '../posting/leads-table.ts';
import { simulatorState } from '../control/state.ts';
import { appointmentsTable, choiceFrom } from './appointments-table.ts';
import { breakPanel } from './break-panel.ts';
import { reps, tiles, troubles } from './overview.ts';
import { callsTable, documentsTable } from './received-tables.ts';

/** The page for people, at `/`; with `?part=live` only the part that is read again every two seconds. */
export function pageRoutes(control: SimulatorControl): Router {
  const router = express.Router();
  router.get('/', (request, response) => {
    const choice = choiceFrom(request.query);
    const page = request.query['part'] === 'live' ? livePart(control, choice) : document(control, choice);
    response.setHeader('cache-control', 'no-store');
    response.type('html').send(page.markup);
  });
  return router;
}

function livePart(control: SimulatorControl, choice: Choice): Html {
  const state = simulatorState(control);
  return html`${tiles(state)}${troubles(state)}
    <div class="split">
      ${reps(control, state)}
      <div>${documentsTable(control)}${callsTable(control)}</div>
    </div>
    ${leadsTable(control)}${appointmentsTable(control, state, choice)}`;
}

function document(control: SimulatorControl, choice: Choice): Html {
  return pageDocument({
    title: 'Simulated LeadPerfection',
    heading: 'LeadPerfection',
    intro:
      'A stand-in for a LeadPerfection company: the same REST calls, nobody real in it. What callers write ' +
      'shows up below as it would on the office’s screens.',
    content: html`${breakPanel([...ACTIONS.map((action) => action.name), 'addlead', ...CLASSIC_PAGES])}
      <div id="live">${livePart(control, choice)}</div>`,
  });
}
