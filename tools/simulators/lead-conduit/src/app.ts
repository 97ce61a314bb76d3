import type { Express } from 'express';
import express from 'express';
import type { SimulatorControl } from './control/control.ts';
import type { FeedbackParts } from './feedback/feedback-route.ts';
import type { InboundModule } from './module/contract.ts';
import type { Platform } from './platform/platform.ts';
import { controlRoutes } from './control/control-routes.ts';
import { feedbackRoute } from './feedback/feedback-route.ts';
import { moduleFeedbackRoute } from './feedback/module-route.ts';
import { pageRoutes } from './page/page-routes.ts';
import { submitRoute } from './platform/submit-routes.ts';

/** What the HTTP side is made of. */
export interface AppParts extends FeedbackParts {
  platform: Platform;
  control: SimulatorControl;
  feedbackModules: ReadonlyMap<string, InboundModule>;
}

/** The simulator's HTTP side. Bodies are read as text: a body that does not parse is the platform's to refuse. */
export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  const text = express.text({ type: () => true, limit: '1mb' });
  app.all('/flows/:flow/sources/:source/submit', text, submitRoute(parts.platform));
  app.all('/feedback', text, feedbackRoute(parts));
  app.all('/integrations/:name/feedback', text, moduleFeedbackRoute(parts.feedbackModules, parts));
  app.use('/_simulator', controlRoutes(parts.control));
  app.use(pageRoutes(parts.control));
  return app;
}
