import type { Route } from './route.ts';
import { billToRoutes } from '../routes/bill-to-routes.ts';
import { cardRoutes } from '../routes/card-routes.ts';
import { leadRoutes } from '../routes/lead-routes.ts';
import { locationRoutes } from '../routes/location-routes.ts';
import { lookupRoutes } from '../routes/lookup-routes.ts';
import { orderRoutes } from '../routes/order-routes.ts';
import { setupRoutes } from '../routes/setup-routes.ts';
import { taskRoutes } from '../routes/task-routes.ts';
import { webhookRoutes } from '../routes/webhook-routes.ts';

/** Everything below `/pestpac/v1` that is simulated. */
export const ROUTES: readonly Route[] = [
  ...billToRoutes,
  ...locationRoutes,
  ...leadRoutes,
  ...taskRoutes,
  ...orderRoutes,
  ...setupRoutes,
  ...cardRoutes,
  ...lookupRoutes,
  ...webhookRoutes,
];
