import type { Html } from '@occ-hub/simulator-stage';
import { button, html, pageDocument } from '@occ-hub/simulator-stage';

/** What a customer finds behind a self-service link. There is no field for a number: the card is invented. */
export function payPage(key: string): Html {
  return pageDocument({
    title: 'Simulated payment page',
    heading: 'Add a card',
    intro: 'Here a customer of the real processor would type a card. This one adds an invented card with one press.',
    content: html`<section class="card">
      <div class="breaks">
        ${button({ label: 'Add an invented card', method: 'POST', path: '/pay', body: { link: key } })}
      </div>
    </section>`,
  });
}
