import { type AlertRouteParts, alertRoutes } from './alerts/alert.routes.ts';
import { type AppointmentRouteParts, appointmentRoutes } from './appointments/appointment.routes.ts';
import { type AccessRouteParts, accessRoutes } from './connections/access.routes.ts';
import { type ConfigurationRouteParts, configurationRoutes } from './connections/configuration.routes.ts';
import { type ConnectionRouteParts, connectionRoutes } from './connections/connection.routes.ts';
import { type DeliveryRouteParts, deliveryRoutes } from './deliveries/delivery.routes.ts';
import { type DocumentRouteParts, documentRoutes } from './documents/document.routes.ts';
import { type KeyRouteParts, keyRoutes } from './connections/key.routes.ts';
import { printOpenApi } from './http/openapi.ts';
import type { Route } from './http/route.ts';
import type { BuiltInIssuer } from './issuer/built-in-issuer.ts';
import { issuerRoutes } from './issuer/issuer.routes.ts';
import { type JobRouteParts, jobRoutes } from './jobs/job.routes.ts';
import { type LeadRouteParts, leadRoutes } from './leads/lead.routes.ts';
import { type SendJobRouteParts, sendJobRoutes } from './leads/send-job.routes.ts';
import { memberRoutes } from './members/member.routes.ts';
import { type NoteRouteParts, noteRoutes } from './notes/note.routes.ts';
import { type OpportunityRouteParts, opportunityRoutes } from './opportunities/opportunity.routes.ts';
import { orgRoutes } from './orgs/org.routes.ts';
import type { OrgStore } from './orgs/org.store.ts';
import { providerRoutes } from './providers/provider.routes.ts';
import { type SyncRouteParts, syncRoutes } from './syncs/sync.routes.ts';
import { type UserLinkRouteParts, userLinkRoutes } from './user-links/user-link.routes.ts';

/** Everything that some route needs. */
export type RouteParts = AccessRouteParts &
  AlertRouteParts &
  AppointmentRouteParts &
  ConfigurationRouteParts &
  ConnectionRouteParts &
  DeliveryRouteParts &
  DocumentRouteParts &
  JobRouteParts &
  KeyRouteParts &
  LeadRouteParts &
  NoteRouteParts &
  OpportunityRouteParts &
  SendJobRouteParts &
  SyncRouteParts &
  UserLinkRouteParts & { readonly orgs: OrgStore; readonly issuer: BuiltInIssuer | undefined };

/** The one table of all routes. */
export function allRoutes(parts: RouteParts): readonly Route[] {
  const { issuer } = parts;
  return [
    ...orgRoutes(parts),
    ...memberRoutes(parts),
    ...providerRoutes(parts),
    ...connectionRoutes(parts),
    ...accessRoutes(parts),
    ...configurationRoutes(parts),
    ...keyRoutes(parts),
    ...alertRoutes(parts),
    ...userLinkRoutes(parts),
    ...syncRoutes(parts),
    ...jobRoutes(parts),
    ...appointmentRoutes(parts),
    ...opportunityRoutes(parts),
    ...noteRoutes(parts),
    ...leadRoutes(parts),
    ...sendJobRoutes(parts),
    ...documentRoutes(parts),
    ...deliveryRoutes(parts),
    ...(issuer === undefined ? [] : issuerRoutes({ issuer })),
  ];
}

/** The routes as they read, for documentation and tests: calling a handler of these is a mistake. */
export function routeTable(): readonly Route[] {
  return allRoutes({} as RouteParts);
}

/** OpenAPI 3.1 of core, printed without starting it. */
export function coreOpenApi(): object {
  return printOpenApi(routeTable(), undefined);
}
