import type { CallsInFlight, Listener } from '@occ-hub/simulator-stage';
import type { Company } from '../company/company.ts';
import type { AppointmentControl } from './appointment-control.ts';
import type { RecordControl } from './record-control.ts';
import type { RuleControl } from './rule-control.ts';
import type { PostingControl } from '../posting/posting-control.ts';
import type { PostingDesk } from '../posting/posting-desk.ts';
import { postingControl } from '../posting/posting-control.ts';
import { appointmentControl } from './appointment-control.ts';
import { recordControl } from './record-control.ts';
import { ruleControl } from './rule-control.ts';

/** How the simulator goes away. */
export interface DownOrder {
  /**
   * True stops listening, so that connecting itself is refused. False, the default, cuts every API connection without
   * an answer but leaves the control API and the page reachable.
   */
  refuse?: boolean;
  /** Come back by itself after so many milliseconds. */
  forMs?: number;
}

/** Everything an operator, a test or a demo can see and do; the HTTP twin lies under `/_simulator`. */
export interface SimulatorControl extends AppointmentControl, RecordControl, RuleControl, PostingControl {
  down(order?: DownOrder): Promise<void>;
  up(): Promise<void>;
}

/** What the control works on. */
export interface ControlParts {
  company: Company;
  desk: PostingDesk;
  listener: Listener;
  calls: CallsInFlight;
}

export function createControl({ company, desk, listener, calls }: ControlParts): SimulatorControl {
  let comingBack: NodeJS.Timeout | undefined;
  const up = async (): Promise<void> => {
    clearTimeout(comingBack);
    company.door = 'open';
    await listener.listen();
  };
  return {
    ...appointmentControl(company),
    ...recordControl(company),
    ...ruleControl(company),
    ...postingControl(company, desk),
    down: async ({ refuse = false, forMs }: DownOrder = {}) => {
      clearTimeout(comingBack);
      company.door = 'closing';
      calls.drop();
      if (refuse) await listener.refuse();
      if (forMs !== undefined) comingBack = setTimeout(() => void up(), forMs).unref();
    },
    up,
  };
}
