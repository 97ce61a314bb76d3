/** A variable of the environment as a whole number; undefined when it is not set. Throws for anything else. */
export function wholeNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  if (!/^\d+$/.test(value)) throw new Error(`${name} must be a whole number, not "${value}".`);
  return Number(value);
}

/** An option that may not be there: to be spread where undefined is no value. */
export function given<T>(name: string, value: T | undefined): Record<string, T> {
  return value === undefined ? {} : { [name]: value };
}

/** Ends the process in good order, with status 0, when it is asked to by SIGINT or SIGTERM. */
export function stopOnSignal(simulator: { stop(): Promise<void> }): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void simulator.stop().then(() => process.exit(0));
    });
  }
}
