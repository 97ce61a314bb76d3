import type { Html } from '@occ-hub/simulator-stage';
import { html } from '@occ-hub/simulator-stage';

/** A card with a table in it. */
export interface TableParts {
  title: string;
  hint: string;
  columns: readonly string[];
  rows: readonly Html[];
  /** What stands there while there is nothing to show. */
  empty: string;
}

export function table({ title, hint, columns, rows, empty }: TableParts): Html {
  const head = columns.map((column) => html`<th>${column}</th>`);
  const body = html`<div class="tall" data-scroll="${title}">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
  return html`<section class="card">
    <div class="head">
      <h2>${title}</h2>
      <span class="hint">${hint}</span>
    </div>
    ${rows.length === 0 ? html`<div class="empty">${empty}</div>` : body}
  </section>`;
}
