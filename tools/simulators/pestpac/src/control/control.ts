import type { CallsInFlight, Listener } from '@occ-hub/simulator-stage';
import { ControlError } from '@occ-hub/simulator-stage';
import type { CallCount, ReceivedCall } from '../company/call-log.ts';
import type { Company, Door } from '../company/company.ts';
import type { Fault, FaultOrder } from '../company/faults.ts';
import type { Switches } from '../settings.ts';
import type { RecordControl } from './record-control.ts';
import { refound } from '../company/company.ts';
import { recordControl } from './record-control.ts';

/** How the simulator goes away. */
export interface DownOrder {
  /** True refuses connections; false, the default, cuts API calls and leaves the page and the control API reachable. */
  refuse?: boolean;
  /** Come back by itself after so many milliseconds. */
  forMs?: number;
}

/** Everything an operator, a test or a demo can see and do; the HTTP twin lies under `/_simulator`. */
export interface PestPacControl extends RecordControl {
  /** The last calls, oldest first; of one kind such as `POST /Leads` when named. */
  received(call?: string): ReceivedCall[];
  counts(): Record<string, CallCount>;
  forget(): void;
  fault(order: FaultOrder): Fault;
  faults(): Fault[];
  clearFaults(): void;
  switches(): Switches;
  configure(changes: Partial<Switches>): Switches;
  /** Makes every access token invalid, with `refreshToo` every refresh token as well. */
  expireTokens(refreshToo?: boolean): void;
  /** Calls of the company's day that count against the quota. */
  callsToday(): number;
  clearUsage(): void;
  /** Lets the clock go on from this instant; null follows the machine again. */
  setClock(at: string | number | null): { now: string; local: string; zone: string };
  clock(): { now: string; local: string; zone: string };
  /** Invents all records anew and forgets everything received and every fault. Switches and tokens stay. */
  reset(): void;
  door(): Door;
  down(order?: DownOrder): Promise<void>;
  up(): Promise<void>;
}

/** What the control works on. */
export interface ControlParts {
  company: Company;
  listener: Listener;
  calls: CallsInFlight;
}

export function createControl({ company, listener, calls }: ControlParts): PestPacControl {
  return { ...recordControl(company), ...ruleControl(company), ...doorControl({ company, listener, calls }) };
}

type DoorControl = Pick<PestPacControl, 'door' | 'down' | 'up'>;

function doorControl({ company, listener, calls }: ControlParts): DoorControl {
  let comingBack: NodeJS.Timeout | undefined;
  const up = async (): Promise<void> => {
    clearTimeout(comingBack);
    company.door = 'open';
    await listener.listen();
  };
  return {
    door: () => company.door,
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

function ruleControl(company: Company): Omit<PestPacControl, keyof RecordControl | keyof DoorControl> {
  const clock = (): { now: string; local: string; zone: string } => ({
    now: new Date(company.clock.now()).toISOString(),
    local: company.clock.local(),
    zone: company.clock.zone,
  });
  return {
    received: (call) => company.log.last(call),
    counts: () => company.log.counts(),
    forget: () => company.log.clear(),
    fault: (order) => {
      if (typeof order.count === 'number' && !(order.count >= 1)) {
        throw new ControlError(400, 'A fault needs a count of 1 or more, or "forever".');
      }
      return company.faults.order(order);
    },
    faults: () => company.faults.active(),
    clearFaults: () => company.faults.clear(),
    switches: () => ({ ...company.switches }),
    configure: (changes) => {
      Object.assign(company.switches, changes);
      return { ...company.switches };
    },
    expireTokens: (refreshToo = false) => company.tokens.expireAll(refreshToo),
    callsToday: () => company.usage.callsOn(company.clock.today()),
    clearUsage: () => company.usage.clear(),
    setClock: (at) => {
      const instant = at === null ? null : typeof at === 'number' ? at : Date.parse(at);
      if (instant !== null && !Number.isFinite(instant))
        throw new ControlError(400, `"${String(at)}" is not an instant.`);
      company.clock.set(instant);
      return clock();
    },
    clock,
    reset: () => refound(company),
  };
}
