import { dayAt, wallTimeAt } from '../data/wall-clock.ts';

/** The company's own clock: it follows the machine's until it is set, and can be set to stand still. */
export class CompanyClock {
  readonly zone: string;
  readonly #machineNow: () => number;
  #setAt: { company: number; machine: number; frozen: boolean } | null = null;

  constructor(machineNow: () => number, zone: string) {
    this.#machineNow = machineNow;
    this.zone = zone;
  }

  now(): number {
    if (!this.#setAt) return this.#machineNow();
    return this.#setAt.frozen ? this.#setAt.company : this.#setAt.company + this.#machineNow() - this.#setAt.machine;
  }

  today(): string {
    return dayAt(this.now(), this.zone);
  }

  /** The company's wall clock, as LeadPerfection prints it. */
  wallTime(): string {
    return wallTimeAt(this.now(), this.zone);
  }

  get state(): 'following' | 'set' | 'frozen' {
    return !this.#setAt ? 'following' : this.#setAt.frozen ? 'frozen' : 'set';
  }

  set(epochMs: number, frozen = false): void {
    this.#setAt = { company: epochMs, machine: this.#machineNow(), frozen };
  }

  follow(): void {
    this.#setAt = null;
  }
}
