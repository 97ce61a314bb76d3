import type { Router } from 'express';
import express from 'express';
import type { SimulatorControl } from '../control/control.ts';
import type { Html } from './html.ts';
import { simulatorState } from '../control/state.ts';
import { appointmentsTable, viewFrom } from './appointments-table.ts';
import { breakPanel } from './break-panel.ts';
import { callsTable } from './calls-table.ts';
import { Html as Markup, html } from './html.ts';
import { tiles, troubles } from './overview.ts';
import { filesTable, salesTable, writesTable } from './received-tables.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

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
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Simulated improveit360 on Salesforce</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <div class="page">
          <header>
            <h1>improveit360 Lightning on Salesforce</h1>
            <span class="badge warn">simulated, invented data</span>
            <p>
              A stand-in for a customer's org: the same login, REST calls and files, nobody real in it. What callers
              write shows up below as it would on the office's screens.
            </p>
          </header>
          ${breakPanel()}
          <div id="live">${live}</div>
        </div>
        <script>
          ${new Markup(SCRIPT)};
        </script>
      </body>
    </html>`;
}
