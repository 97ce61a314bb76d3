import { consentCookie } from '@occ-hub/contracts';
import type { HttpShell } from '@occ-hub/service';
import { contentSecurityPolicy } from 'helmet';
import { type CallbackParts, endConsent } from './callback.ts';
import { callbackPath } from './consents.ts';
import { endingPage, endingPolicy } from './ending-page.ts';
import { endings } from './endings.ts';

/** Adds routes to the service's HTTP side. */
export type Routes = Parameters<HttpShell['serve']>[0];

export interface CallbackRouteParts extends CallbackParts {
  /** Where people come back to One Click Contractor; no link when absent. */
  readonly appUrl: string | undefined;
}

/** The page where the vendor sends people back to. Only GET ends an authorization: a HEAD must not use it up. */
export function callbackRoutes(parts: CallbackRouteParts): Routes {
  return (router) => {
    const policy = contentSecurityPolicy({ useDefaults: false, directives: endingPolicy });
    router.all(callbackPath(parts.consents.vendor.id), policy, async (request, response) => {
      const came = { query: queryOf(request.originalUrl), browser: cookieOf(request.get('cookie'), consentCookie) };
      const ending = request.method === 'GET' ? await endConsent(parts, came) : endings.notGet;
      if (ending.status === 405) response.set('allow', 'GET');
      response
        .status(ending.status)
        .set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
        .type('html')
        .send(endingPage(ending, parts.appUrl));
    });
  };
}

function queryOf(url: string): URLSearchParams {
  const [, ...query] = url.split('?');
  return new URLSearchParams(query.join('?'));
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split(/=(.*)/s));
  return pairs.find(([key]) => key === name)?.[1] || undefined;
}
