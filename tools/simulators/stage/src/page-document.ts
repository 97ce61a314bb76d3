import { Html, html } from './html.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** What one simulator's page is made of. */
export interface PageParts {
  /** Of the browser's tab. */
  title: string;
  heading: Html | string;
  /** What the simulator stands in for, in a sentence or two. */
  intro: string;
  /** Has an element with the id `live` around what is to be read again with `?part=live`. */
  content: Html;
  /** CSS that only this page needs, after the common sheet. */
  style?: string;
  /** Script that only this page needs; it may use `call`, `press` and `said` of the common one. */
  script?: string;
}

/** A whole page of a simulator, without outside assets. It says of itself that it is simulated. */
export function pageDocument({ title, heading, intro, content, style = '', script = '' }: PageParts): Html {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Html(STYLE)}${new Html(style)}
        </style>
      </head>
      <body>
        <div class="page">
          <header>
            <h1>${heading}</h1>
            <span class="badge warn">simulated, invented data</span><span id="said" role="status"></span>
            <p>${intro}</p>
          </header>
          ${content}
        </div>
        <script>
          ${new Html(SCRIPT)}${new Html(script)};
        </script>
      </body>
    </html>`;
}
