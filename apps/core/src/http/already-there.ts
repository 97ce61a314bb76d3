import { HttpProblem } from '@occ-hub/service';

/** 409: somebody made the same thing before. */
export function alreadyThere(noun: string, message: string): HttpProblem {
  return new HttpProblem({ status: 409, code: `core.${noun}.exists`, message });
}
