import { HubId } from '@occ-hub/contracts';
import { z } from 'zod';

export const Role = z.enum(['org-admin', 'org-user', 'operator']);
export type Role = z.infer<typeof Role>;

/** Who calls, as the token says. An operator belongs to no org. */
export const Caller = z
  .object({ sub: HubId, org: z.string().min(1).max(64).optional(), role: Role })
  .transform((claims) => ({ member: claims.sub, org: claims.org, role: claims.role }));
export type Caller = z.output<typeof Caller>;
