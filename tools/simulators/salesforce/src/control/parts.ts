import type { Access } from '../access/access.ts';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults/faults.ts';
import type { Limits } from '../limits/limits.ts';
import type { Org } from '../records/org.ts';

/** What the control has in its hands. */
export interface ControlParts {
  access: Access;
  faults: Faults;
  limits: Limits;
  org: Org;
  clock: Clock;
}
