import { HubError } from '@occ-hub/errors';

/** There is no such thing in this org. Over HTTP it is 404. */
export class NotFound extends HubError {}

/** The thing looked for, or NotFound `core.<noun>.unknown`. What belongs to another org is not found either. */
export function found<Thing>(thing: Thing | null | undefined, noun: string): Thing {
  if (thing !== null && thing !== undefined) return thing;
  throw new NotFound({
    kind: 'rejected',
    code: `core.${noun}.unknown`,
    message: `OCC has no such ${noun.replaceAll('-', ' ')} in this org.`,
  });
}
