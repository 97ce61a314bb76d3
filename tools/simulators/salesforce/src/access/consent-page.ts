import type { Html } from '@occ-hub/simulator-stage';
import { html, Html as Markup } from '@occ-hub/simulator-stage';
import type { AuthorizationRequest } from './authorizations.ts';

/** Colours only; the page asks for nothing from elsewhere. */
const STYLE = `
:root { color-scheme: light dark; --ground: #f3f5f8; --card: #fff; --ink: #1b2430; --quiet: #5d6b7c; --line: #d9e0e8; --accent: #1863ad; }
@media (prefers-color-scheme: dark) { :root { --ground: #12161b; --card: #1a2028; --ink: #e7ecf2; --quiet: #93a1b2; --line: #2c3743; --accent: #6fb0f2; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { width: min(420px, calc(100vw - 32px)); background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 28px; box-sizing: border-box; }
h1 { font-size: 20px; margin: 0 0 4px; } p { margin: 0 0 14px; color: var(--quiet); } ul { margin: 0 0 18px; padding-left: 20px; }
label { display: block; font-size: 13px; color: var(--quiet); margin-bottom: 18px; }
input { display: block; width: 100%; box-sizing: border-box; font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: 8px; padding: 8px 10px; margin-top: 4px; }
.acts { display: flex; flex-direction: row-reverse; gap: 10px; } button { flex: 1; font: inherit; padding: 9px; border-radius: 8px; border: 1px solid var(--line); background: none; color: inherit; cursor: pointer; }
button.allow { background: var(--accent); border-color: var(--accent); color: var(--card); } .problem { color: #b3362b; } .note { font-size: 12.5px; margin: 18px 0 0; }
`;

const SCOPE_TEXTS: Readonly<Record<string, string>> = {
  full: 'Full access',
  refresh_token: 'Perform requests at any time',
  offline_access: 'Perform requests at any time',
  api: 'Manage user data via APIs',
};

/** What a person sees between the hub and the org: who asks for what, as whom, Allow or Deny. */
export function consentPage(about: {
  ticket: string;
  asked: AuthorizationRequest;
  username: string;
  problem?: string;
}): string {
  const { asked } = about;
  return page(
    'Allow Access?',
    html`<form method="post" action="/_consent">
      <h1>Allow Access?</h1>
      <p>${asked.app.name} is asking to:</p>
      <ul>
        ${asked.scopes.map((scope) => html`<li>${SCOPE_TEXTS[scope] ?? scope}</li>`)}
      </ul>
      ${about.problem !== undefined && html`<p class="problem" role="alert">${about.problem}</p>`}
      <label
        >Username
        <input name="username" autocomplete="off" spellcheck="false" value="${about.username}" />
      </label>
      <input type="hidden" name="ticket" value="${about.ticket}" />
      <div class="acts">
        <button class="allow" name="decision" value="allow">Allow</button>
        <button name="decision" value="deny">Deny</button>
      </div>
      <p class="note">A simulated org with invented people: no password is asked. You return to ${hostOf(asked)}.</p>
    </form>`,
  );
}

/** What a person sees when the client cannot be told, for its callback is in doubt. */
export function failurePage(text: string): string {
  return page(
    'OAuth Error',
    html`<h1>OAuth Error</h1>
      <p>We can't authorize you because of an OAuth error.</p>
      <p class="problem" role="alert">${text}</p>`,
  );
}

function hostOf(asked: AuthorizationRequest): string {
  return URL.canParse(asked.redirectUri) ? new URL(asked.redirectUri).host : asked.redirectUri;
}

function page(title: string, body: Html): string {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} | simulated Salesforce</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`.markup;
}
