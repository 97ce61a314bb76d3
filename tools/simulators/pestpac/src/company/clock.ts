import { DateTime } from 'luxon';
import { localNow } from '../records/local-date.ts';

/** The company's clock: the machine's, moved by as much as was set. Tokens, days and quotas follow it. */
export class CompanyClock {
  readonly zone: string;
  readonly #machineNow: () => number;
  #moved = 0;

  constructor(machineNow: () => number, zone: string) {
    if (!DateTime.local({ zone }).isValid) throw new Error(`There is no zone "${zone}".`);
    this.#machineNow = machineNow;
    this.zone = zone;
  }

  now(): number {
    return this.#machineNow() + this.#moved;
  }

  /** The wall clock, as dates are kept. */
  local(): string {
    return localNow(this.now(), this.zone);
  }

  today(): string {
    return this.local().slice(0, 10);
  }

  /** The clock goes on from this instant; null follows the machine's again. */
  set(epochMs: number | null): void {
    this.#moved = epochMs === null ? 0 : epochMs - this.#machineNow();
  }
}
