import type { ConsentFault } from '../consent.ts';
import type { VendorAnswer } from '../http/vendor-io.ts';

/** Not ready, too early, too often: whatever such an answer carries, it passes. */
const passingStatuses = new Set([408, 425, 429]);

/** The refusal that an answer of an OAuth server carries, as JSON or as a form; undefined where it says nothing of the kind. */
export function faultIn({ status, text }: Pick<VendorAnswer, 'status' | 'text'>): ConsentFault | undefined {
  if (status < 400 || status >= 500 || passingStatuses.has(status)) return undefined;
  const { error, error_description: description } = fieldsOf(text);
  if (typeof error !== 'string' || !/^[\w-]{1,60}$/.test(error)) return undefined;
  return { error, description: typeof description === 'string' ? description.slice(0, 300) : '' };
}

function fieldsOf(text: string): { error?: unknown; error_description?: unknown } {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
