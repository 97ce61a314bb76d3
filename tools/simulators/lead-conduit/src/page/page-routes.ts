import type { Router } from 'express';
import express from 'express';
import type { Html } from '@occ-hub/simulator-stage';
import { html, pageDocument } from '@occ-hub/simulator-stage';
import type { SimulatorControl } from '../control/control.ts';
import { eventDetail } from './event-detail.ts';
import { eventsTable } from './events-table.ts';
import { breakPanel, feedbackTable } from './feedback-panels.ts';
import { flowsCard, tiles } from './overview.ts';
import { STYLE } from './style.ts';
import { submitForm, SUBMIT_SCRIPT } from './submit-form.ts';

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
  return pageDocument({
    title: 'Simulated LeadConduit',
    heading: html`<a href="/">LeadConduit</a>`,
    intro:
      'A small stand-in for LeadConduit: leads come in by a source, every delivery step runs an integration or ' +
      'posts to a recipient, and recipients send feedback. It calls only stand-ins and this machine.',
    content,
    style: STYLE,
    script: SUBMIT_SCRIPT,
  });
}
