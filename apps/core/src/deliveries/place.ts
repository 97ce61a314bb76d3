import { ProviderId } from '@occ-hub/contracts';
import { z } from 'zod';
import type { Access } from '../http/route.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import type { AuditParts } from './audited.ts';

export interface DeliveryRouteParts extends AuditParts {
  readonly askProvider: AskProvider;
}

/** Where routes about deliveries stand: over all orgs, or within one. */
export interface Place {
  readonly base: string;
  readonly access: Access;
  readonly params: z.ZodObject;
}

export const tag = 'Deliveries';
export const OfProvider = z.object({ provider: ProviderId });

interface InPlace {
  readonly params: Record<string, unknown>;
}

export const orgOf = (call: InPlace) => call.params['org'] as string | undefined;
export const deliveryOf = (call: InPlace) => call.params['delivery'] as string;
