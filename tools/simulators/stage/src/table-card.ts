import type { Html, Part } from './html.ts';
import { html } from './html.ts';

/** The head of a column; one of numbers stands to the right, as its cells do. */
export type Column = string | { number: string };

/** A card with a table in it. */
export interface TableParts {
  title: string;
  hint?: Part;
  /** What stands beside the title, for example a choice of what is shown. */
  beside?: Part;
  columns: readonly Column[];
  rows: readonly Html[];
  /** What stands there while there is nothing to show. */
  empty: string;
}

/** The card itself; where the reader scrolled to is kept by its title when the page reads itself again. */
export function tableCard({ title, hint, beside, columns, rows, empty }: TableParts): Html {
  const body = html`<div class="tall" data-scroll="${title}">${plainTable(columns, rows)}</div>`;
  return html`<section class="card">
    <div class="head">
      <h2>${title}</h2>
      <span class="hint">${hint}</span> ${beside}
    </div>
    ${rows.length === 0 ? html`<div class="empty">${empty}</div>` : body}
  </section>`;
}

/** A table without a card around it. */
export function plainTable(columns: readonly Column[], rows: readonly Html[]): Html {
  return html`<table>
    <thead>
      <tr>
        ${columns.map(headCell)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function headCell(column: Column): Html {
  return typeof column === 'string' ? html`<th>${column}</th>` : html`<th class="number">${column.number}</th>`;
}
