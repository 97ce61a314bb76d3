/** How one try to deliver went. A failure that no repeat heals is final. Notes are for people and hold no address. */
export type Tried = { readonly sent: true } | { readonly sent: false; readonly final: boolean; readonly note: string };

export const delivered: Tried = { sent: true };

export function failed(note: string): Tried {
  return { sent: false, final: false, note };
}

export function givenUp(note: string): Tried {
  return { sent: false, final: true, note };
}

/** The short name of what went wrong in a connection: ECONNREFUSED, UND_ERR_CONNECT_TIMEOUT. */
export function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? 'an unknown fault' : codeOf(cause);
}
