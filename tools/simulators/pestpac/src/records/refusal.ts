/** What is wrong with one field, or with the call as a whole when `field` is blank. */
export interface Problem {
  field: string;
  message: string;
}

/** PestPac says no. `status` is what the caller gets; how the words are put is a switch. */
export class Refusal extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(status: number, problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join(' '));
    this.name = 'Refusal';
    this.status = status;
    this.problems = problems;
  }
}

/** A refusal with one sentence. */
export function refusal(status: number, message: string, field = ''): Refusal {
  return new Refusal(status, [{ field, message }]);
}
