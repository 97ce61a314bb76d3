import type { Html } from './html.ts';
import { html } from './html.ts';

/** A control call as a button; the page's script sends it. */
export interface Press {
  label: string;
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  title?: string;
  look?: string;
  /** A fault: what is chosen above the buttons is sent with the body. */
  isFault?: boolean;
}

/** The button itself; label and title are text, `look` names classes of the common style sheet. */
export function button({ label, method, path, body, title, look, isFault }: Press): Html {
  const payload = body === undefined ? '' : html` data-body="${JSON.stringify(body)}"`;
  return html`<button
    class="${look ?? ''}"
    title="${title ?? ''}"
    data-method="${method}"
    data-path="${path}"
    ${payload}
    ${isFault && html`data-fault`}
  >
    ${label}
  </button>`;
}
