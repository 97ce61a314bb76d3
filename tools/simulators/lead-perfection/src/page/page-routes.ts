import type { Router } from 'express';
import express from 'express';
import type { SimulatorControl } from '../control/control.ts';
import type { Choice } from './appointments-table.ts';
import type { Html } from './html.ts';
import { ACTIONS } from '../api/actions.ts';
import { CLASSIC_PAGES } from '../posting/classic-pages.ts';
import { leadsTable } from '../posting/leads-table.ts';
import { simulatorState } from '../control/state.ts';
import { appointmentsTable, choiceFrom } from './appointments-table.ts';
import { breakPanel } from './break-panel.ts';
import { Html as Markup, html } from './html.ts';
import { reps, tiles, troubles } from './overview.ts';
import { callsTable, documentsTable } from './received-tables.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

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
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Simulated LeadPerfection</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <div class="page">
          <header>
            <h1>LeadPerfection</h1>
            <span class="badge warn">simulated, invented data</span>
            <p>
              A stand-in for a LeadPerfection company: the same REST calls, nobody real in it. What callers write shows
              up below as it would on the office's screens.
            </p>
          </header>
          ${breakPanel([...ACTIONS.map((action) => action.name), 'addlead', ...CLASSIC_PAGES])}
          <div id="live">${livePart(control, choice)}</div>
        </div>
        <script>
          ${new Markup(SCRIPT)};
        </script>
      </body>
    </html>`;
}
