/** How one try to deliver went. Notes are for people, codes for logs; neither holds an address. */
export type Tried = { readonly sent: true } | Failure;

interface Failure {
  readonly sent: false;
  /** No repeat heals it. */
  readonly final: boolean;
  readonly note: string;
  readonly code: string;
}

export const delivered: Tried = { sent: true };

export function failed(code: string, note: string): Tried {
  return { sent: false, final: false, note, code };
}

export function givenUp(code: string, note: string): Tried {
  return { sent: false, final: true, note, code };
}

/** The short name of what went wrong in a connection: ECONNREFUSED, UND_ERR_CONNECT_TIMEOUT. */
export function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? 'unknown' : codeOf(cause);
}
