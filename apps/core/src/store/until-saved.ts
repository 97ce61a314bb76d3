const tries = 10;

/**
 * Decides on what is held, and again when somebody else decided in between: the attempt answers nothing then. Throws what
 * `contended` makes when that happens ten times in a row.
 */
export async function untilSaved<Saved>(
  attempt: () => Promise<Saved | undefined>,
  contended: () => Error,
): Promise<Saved> {
  for (let count = 0; count < tries; count++) {
    const saved = await attempt();
    if (saved !== undefined) return saved;
  }
  throw contended();
}
