import type { Html, Part } from './html.ts';
import { button } from './button.ts';
import { html } from './html.ts';

/** A fault as a button offers it. */
export interface OfferedFault {
  label: string;
  title: string;
  /** What is posted to /faults, joined with what is chosen above the buttons. */
  order: object;
}

/** Which calls a fault may be for. */
export interface CallChoice {
  /** The field of the order that the choice becomes. */
  field: string;
  label: string;
  /** What the order is for while nothing is chosen. */
  any: string;
  kinds: readonly (string | { value: string; label: string })[];
}

export interface BreakParts {
  title?: string;
  hint?: string;
  calls?: CallChoice;
  faults: readonly OfferedFault[];
  /** Rows of other buttons, below the faults. */
  others: readonly Part[];
}

/** The buttons that break things. It stands outside the live part, so that its choices survive a refresh. */
export function breakCard(parts: BreakParts): Html {
  const { title = 'Break things', hint = 'The next calls meet the fault you press.', calls, faults, others } = parts;
  return html`<section class="card">
    <div class="head">
      <h2>${title}</h2>
      <span class="hint">${hint}</span>
    </div>
    ${calls && choices(calls)}
    <div class="breaks">
      ${faults.map(({ label, title: what, order }) => button({ label, title: what, method: 'POST', path: '/faults', body: order, isFault: true }))}
    </div>
    ${others.map((row) => html`<div class="breaks">${row}</div>`)}
  </section>`;
}

/** The script reads every select whose id begins with `fault-`. */
function choices({ field, label, any, kinds }: CallChoice): Html {
  return html`<div class="options">
    <label
      >${label}
      <select id="fault-${field}">
        <option value="">${any}</option>
        ${kinds.map((kind) => (typeof kind === 'string' ? option(kind, kind) : option(kind.value, kind.label)))}
      </select>
    </label>
    <label
      >How many
      <select id="fault-count">
        ${['1', '3', '10', 'forever'].map((count) => option(count, count))}
      </select>
    </label>
  </div>`;
}

function option(value: string, label: string): Html {
  return html`<option value="${value}">${label}</option>`;
}
