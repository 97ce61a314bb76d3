import type { Router } from 'express';
import express from 'express';
import type { Html } from '@occ-hub/simulator-stage';
import { html, pageDocument } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import { simulatorState } from '../control/state.ts';
import { appointmentsTable, viewFrom } from './appointments-table.ts';
import { breakPanel } from './break-panel.ts';
import { callsTable } from './calls-table.ts';
import { tiles, troubles } from './overview.ts';
import { filesTable, salesTable, writesTable } from './received-tables.ts';

/** Its tables are wider than those of other simulators: they hold ids of 18 characters. */
const STYLE = `
.page { max-width: 1440px; }
@media (min-width: 981px) { .split { grid-template-columns: minmax(380px, 7fr) 9fr; } }
`;

/** The page for people, at `/`; with `?part=live` only the part that is read again every two seconds. */
export function pageRoutes(control: SimulatorControl): Router {
  const router = express.Router();
  router.get('/', (request, response) => {
    const live = livePart(control, viewFrom(request.query));
    response.setHeader('cache-control', 'no-store');
    response.type('html').send((request.query['part'] === 'live' ? live : document(live)).markup);
  });
  return router;
}

function livePart(control: SimulatorControl, view: ReturnType<typeof viewFrom>): Html {
  const state = simulatorState(control);
  return html`${tiles(state)}${troubles(state)}
    <div class="split">
      <div>${filesTable(control)}${salesTable(control)}</div>
      <div>${writesTable(control)}${callsTable(control)}</div>
    </div>
    ${appointmentsTable(control, view)}`;
}

function document(live: Html): Html {
  return pageDocument({
    title: 'Simulated improveit360 on Salesforce',
    heading: 'improveit360 Lightning on Salesforce',
    intro:
      'A stand-in for a customer’s org: the same login, REST calls and files, nobody real in it. What callers ' +
      'write shows up below as it would on the office’s screens.',
    content: html`${breakPanel()}
      <div id="live">${live}</div>`,
    style: STYLE,
  });
}
