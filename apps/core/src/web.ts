import { subscribeJson } from '@occ-hub/bus';
import { announceSubject, describeProvider, progressSubject, SyncRun } from '@occ-hub/contracts';
import { type Clock, currentTraceparent, type NewId, type RandomBytes } from '@occ-hub/service';
import type { Router } from 'express';
import type { AlertChannels } from './alert-core.ts';
import type { DocumentTokens } from './documents/document-token.ts';
import type { CoreEnv } from './env.ts';
import { createVerifier, type TokenRules } from './http/auth.ts';
import { addDocs } from './http/docs-page.ts';
import { limitRate } from './http/limit-rate.ts';
import { printOpenApi } from './http/openapi.ts';
import { register } from './http/register.ts';
import type { BuiltInIssuer } from './issuer/built-in-issuer.ts';
import type { Outside } from './outside.ts';
import type { AskProvider } from './providers/ask-provider.ts';
import { createProviderList } from './providers/provider-list.ts';
import { allRoutes } from './routes.ts';
import type { Stores } from './stores.ts';

export interface WebParts {
  readonly env: CoreEnv;
  readonly outside: Outside;
  readonly stores: Stores;
  readonly tokens: DocumentTokens;
  readonly source: { readonly rules: TokenRules; readonly issuer: BuiltInIssuer | undefined };
  readonly askProvider: AskProvider;
  readonly channels: AlertChannels;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly random: RandomBytes;
  readonly wake: () => void;
  readonly stopping: AbortSignal;
}

/** Who is slower than this to say that it is there is missing from the list. */
const announceWaitMs = 1_000;

/** Puts the whole API of core into a router. */
export function addWeb(router: Router, parts: WebParts): void {
  const { env, outside, stores, source, clock, newId, askProvider } = parts;
  const { nats, asker, subjectOf } = outside;
  const providers = createProviderList({
    ask: (id) => askProvider(id, describeProvider, {}),
    askAll: () => asker.askAll(subjectOf(announceSubject), describeProvider, { data: {}, waitMs: announceWaitMs }),
    clock,
  });
  const routes = allRoutes({
    ...stores,
    ...parts.channels,
    tokens: parts.tokens,
    issuer: source.issuer,
    askProvider,
    providers,
    clock,
    newId,
    random: parts.random,
    publicUrl: env.PUBLIC_URL,
    occasion: () => ({ now: clock(), eventId: newId('evt'), traceparent: currentTraceparent() }),
    wake: parts.wake,
    subscribe: (run, hear) =>
      subscribeJson(nats, { subject: subjectOf(progressSubject(run)), schema: SyncRun, handle: hear }),
    stopping: parts.stopping,
  });
  router.use('/v1', limitRate(env.RATE_LIMIT_PER_MINUTE));
  register(router, routes, { verify: createVerifier(source.rules), keys: stores.keys, clock, newId });
  addDocs(router, printOpenApi(routes, env.PUBLIC_URL));
}
