/** How much of the contract is used: calls of the day, and calls of the last while. */
export class Usage {
  #day = '';
  #today = 0;
  #recent: number[] = [];

  /** Counts a call unless a limit is reached; false when it is. A limit of null never is. */
  take(
    at: { now: number; day: string },
    limits: { daily: number | null; burst: number | null; seconds: number },
  ): boolean {
    this.#turn(at.day);
    if (limits.daily !== null && this.#today >= limits.daily) return false;
    if (limits.burst !== null) {
      this.#recent = this.#recent.filter((one) => one > at.now - limits.seconds * 1000);
      if (this.#recent.length >= limits.burst) return false;
      this.#recent.push(at.now);
    }
    this.#today += 1;
    return true;
  }

  /** Calls of the day that was given. */
  callsOn(day: string): number {
    this.#turn(day);
    return this.#today;
  }

  clear(): void {
    this.#today = 0;
    this.#recent = [];
  }

  #turn(day: string): void {
    if (day === this.#day) return;
    this.#day = day;
    this.#today = 0;
  }
}
