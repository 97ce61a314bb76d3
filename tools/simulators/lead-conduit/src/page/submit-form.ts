import type { Html } from '@occ-hub/simulator-stage';
import { html } from '@occ-hub/simulator-stage';
import type { ShownFlow } from '../control/control.ts';

/** An invented lead to begin with. */
const FIELDS: readonly (readonly [name: string, value: string])[] = [
  ['first_name', 'Pat'],
  ['last_name', 'Moreno'],
  ['email', 'pat@example.test'],
  ['phone_1', '4105550143'],
  ['address_1', '18 Kestrel Ct'],
  ['city', 'Middle River'],
  ['state', 'MD'],
  ['postal_code', '21220'],
  ['product', 'WIN'],
  ['srs_id', '001'],
  ['comments', ''],
  ['trustedform_cert_url', ''],
  ['trustedform.page_url', ''],
  ['trustedform.age_in_seconds', ''],
];

/** Submits the form; `call`, `press` and `said` are the common script's. */
export const SUBMIT_SCRIPT = `
document.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const { to, ...typed } = Object.fromEntries(new FormData(form));
  const fields = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
  const [flow, source] = String(to).split('/');
  void press(form.querySelector('button'), async () => {
    const told = await call('POST', '/submit', { fields, flow, source });
    said.textContent = told.outcome + (told.reason ? ': ' + told.reason : '');
  });
});
`;

/** Sends a lead in, as a source would. It stands outside the live part, so that what is typed survives a refresh. */
export function submitForm(flows: readonly ShownFlow[]): Html {
  const choices = flows.flatMap((flow) => flow.sources.map((source) => ({ flow, source })));
  return html`<section class="card">
    <div class="head"><h2>Submit a lead</h2></div>
    ${
      choices.length === 0
        ? html`<div class="empty">There is no flow yet. One is added with POST /_simulator/flows.</div>`
        : html`<form class="lead">
            <label
              >to
              <select name="to">
                ${choices.map(({ flow, source }) => html`<option value="${flow.id}/${source.id}">${flow.name}, ${source.name}</option>`)}
              </select>
            </label>
            ${FIELDS.map(([name, value]) => html`<label>${name} <input name="${name}" value="${value}" /></label>`)}
            <button>Submit</button>
          </form>`
    }
  </section>`;
}
