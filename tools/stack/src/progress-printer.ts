type Printer = {
  /** Prints a line that stays. */
  keep(line: string): void;
  /** Shows what goes on now, in place of the line shown before. */
  replace(line: string): void;
};

const everyMs = 10_000;

/**
 * Shows progress where people look: on a terminal in one line that changes, elsewhere (a CI log) in a line of its own at
 * most every ten seconds.
 */
export function progressPrinter(out: NodeJS.WriteStream, now: () => number = () => performance.now()): Printer {
  let last = -Infinity;
  const clear = out.isTTY ? '\r\x1b[K' : '';
  return {
    keep: (line) => void out.write(`${clear}${line}\n`),
    replace(line) {
      if (out.isTTY) out.write(`${clear}${line.slice(0, out.columns - 1)}`);
      else if (now() - last >= everyMs) {
        last = now();
        out.write(`${line}\n`);
      }
    },
  };
}
