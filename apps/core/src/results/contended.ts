import { HttpProblem } from '@occ-hub/service';

/** Others gave results faster than this request could decide. */
export function contended(): HttpProblem {
  return new HttpProblem({
    status: 409,
    code: 'core.result.contended',
    message: 'Others are giving results here at the same time. Look at it again and retry.',
  });
}
