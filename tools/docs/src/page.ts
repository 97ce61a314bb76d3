/** One file that is printed from code and checked in. */
export interface Page {
  /** From the root of the tree. */
  readonly path: string;
  readonly text: string;
}

/** A page of JSON. */
export function jsonPage(path: string, content: unknown): Page {
  return { path, text: `${JSON.stringify(content, null, 2)}\n` };
}
