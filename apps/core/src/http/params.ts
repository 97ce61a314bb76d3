import { HubId } from '@occ-hub/contracts';
import { z } from 'zod';

/** Path parameters that many routes share. */
export const NoParams = z.object({});
export const InOrg = z.object({ org: HubId });
export const InConnection = InOrg.extend({ connection: HubId });
export const InJob = InOrg.extend({ job: HubId });
