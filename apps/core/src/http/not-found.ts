import { HttpProblem } from '@occ-hub/service';

/** The thing asked for, or 404. What belongs to another org is not found either. */
export function found<Thing>(thing: Thing | null | undefined, noun: string): Thing {
  if (thing !== null && thing !== undefined) return thing;
  throw new HttpProblem({
    status: 404,
    code: `core.${noun}.unknown`,
    message: `There is no such ${noun.replaceAll('-', ' ')} in this org.`,
  });
}

/** 409: somebody made the same thing before. */
export function alreadyThere(noun: string, message: string): HttpProblem {
  return new HttpProblem({ status: 409, code: `core.${noun}.exists`, message });
}
