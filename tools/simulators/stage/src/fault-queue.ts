/** What every simulated fault has, whatever it does to a call. */
export interface PendingFault {
  /** `delay` goes along with others; of all other kinds a call meets one at most. */
  kind: string;
  /** Calls that fit and pass unharmed before the first one that meets it. */
  skip: number;
  /** How many calls are still to meet it. */
  left: number | 'forever';
  /** How many calls have met it. */
  met: number;
}

/** The faults ordered and not yet used up, in the order in which they came. */
export interface FaultQueue<F extends PendingFault> {
  add(fault: F): void;
  /** Uses up what the next call has to meet: every delay that fits it, and the first other fault that does. */
  meet(fits?: (fault: F) => boolean): { delays: F[]; fault: F | undefined };
  /** Copies: changing them changes no fault. */
  active(): F[];
  clear(): void;
}

/** An empty queue. */
export function createFaultQueue<F extends PendingFault>(): FaultQueue<F> {
  let faults: F[] = [];
  return {
    add: (fault) => void faults.push(fault),
    meet: (fits = () => true) => {
      const delays: F[] = [];
      let chosen: F | undefined;
      for (const fault of faults) {
        const isDelay = fault.kind === 'delay';
        if ((!isDelay && chosen) || !fits(fault)) continue;
        if (fault.skip > 0) {
          fault.skip -= 1;
          continue;
        }
        fault.met += 1;
        if (fault.left !== 'forever') fault.left -= 1;
        if (isDelay) delays.push(fault);
        else chosen = fault;
      }
      faults = faults.filter((fault) => fault.left !== 0);
      return { delays, fault: chosen };
    },
    active: () => faults.map((fault) => ({ ...fault })),
    clear: () => {
      faults = [];
    },
  };
}
