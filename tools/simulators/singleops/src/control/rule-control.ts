import { ControlError } from '@occ-hub/simulator-stage';
import type { World } from '../account/world.ts';
import type { CallCount, CallLog, ReceivedCall } from '../api/call-log.ts';
import type { CallKind, Fault, FaultOrder, Faults } from '../faults/faults.ts';
import type { Switches } from '../settings.ts';
import type { Door } from './door.ts';

/** Faults, switches, the clock, the door and the log. */
export interface RuleControl {
  fault(order: FaultOrder): Fault;
  faults(): Fault[];
  clearFaults(): void;
  switches(): Switches;
  /** Changes any of the switches at once. */
  configure(changes: Partial<Switches>): Switches;
  /** ISO. */
  clock(): string;
  /** Lets days pass, so that leads grow stale; gives the clock. */
  passDays(days: number): string;
  /** Ends every connection and stops listening until `up`, or for so long. */
  down(how?: { forMs?: number }): Promise<void>;
  up(): Promise<void>;
  /** The last calls, oldest first. */
  received(call?: CallKind): ReceivedCall[];
  counts(): Record<string, CallCount>;
  clearReceived(): void;
  /** Back to what the simulator was started with; forgets faults and calls, too. */
  reset(): void;
}

export interface RuleParts {
  world: World;
  faults: Faults;
  log: CallLog;
  door: Door;
}

export function ruleControl({ world, faults, log, door }: RuleParts): RuleControl {
  const clock = (): string => new Date(world.now()).toISOString();
  return {
    fault: (order) => {
      if (typeof order.count === 'number' && !(order.count >= 1)) {
        throw new ControlError(400, 'A fault needs a count of 1 or more, or "forever".');
      }
      return faults.order(order);
    },
    faults: () => faults.active(),
    clearFaults: () => faults.clear(),
    switches: () => ({ ...world.switches }),
    configure: (changes) => {
      Object.assign(world.switches, changes);
      return { ...world.switches };
    },
    clock,
    passDays: (days) => {
      world.passDays(days);
      return clock();
    },
    down: ({ forMs } = {}) => door.close(forMs),
    up: () => door.open(),
    received: (call) => log.last(call),
    counts: () => log.counts(),
    clearReceived: () => log.clear(),
    reset: () => {
      world.reset();
      faults.clear();
      log.clear();
    },
  };
}
