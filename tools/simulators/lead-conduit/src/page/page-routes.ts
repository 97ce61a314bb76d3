import type { Router } from 'express';
import express from 'express';
import type { SimulatorControl } from '../control/control.ts';
import type { Html } from './html.ts';
import { eventDetail } from './event-detail.ts';
import { eventsTable } from './events-table.ts';
import { breakPanel, feedbackTable } from './feedback-panels.ts';
import { Html as Markup, html } from './html.ts';
import { flowsCard, tiles } from './overview.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';
import { submitForm } from './submit-form.ts';

/** The page for people at `/`, one event at `/events/{id}`; `?part=live` is the part that is read again. */
export function pageRoutes(control: SimulatorControl): Router {
  const router = express.Router();
  router.get('/', (request, response) => {
    const page = request.query['part'] === 'live' ? livePart(control) : document(home(control));
    response.setHeader('cache-control', 'no-store');
    response.type('html').send(page.markup);
  });
  router.get('/events/:id', (request, response) => {
    const event = control.events().find(({ id }) => id === request.params.id);
    response.status(event ? 200 : 404).setHeader('cache-control', 'no-store');
    const part = event
      ? eventDetail(event, control.feedback({ eventId: event.id }))
      : html`<p>This event is not known here. <a href="/">Back</a></p>`;
    response.type('html').send(document(part).markup);
  });
  return router;
}

function home(control: SimulatorControl): Html {
  return html`<div class="split">${submitForm(control.flows())} ${breakPanel()}</div>
    <div id="live">${livePart(control)}</div>`;
}

function livePart(control: SimulatorControl): Html {
  return html`${tiles(control)}${flowsCard(control)}${eventsTable(control)}${feedbackTable(control)}`;
}

function document(content: Html): Html {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Simulated LeadConduit</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <div class="page">
          <header>
            <h1><a href="/">LeadConduit</a></h1>
            <span class="badge warn">simulated, invented data</span><span id="said"></span>
            <p>
              A small stand-in for LeadConduit: leads come in by a source, every delivery step runs an integration or
              posts to a recipient, and recipients send feedback. It calls only stand-ins and this machine.
            </p>
          </header>
          ${content}
        </div>
        <script>
          ${new Markup(SCRIPT)};
        </script>
      </body>
    </html>`;
}
