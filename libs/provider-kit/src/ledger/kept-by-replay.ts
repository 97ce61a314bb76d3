import type { Chosen, Delivery } from './delivery.ts';

type Remembered = Pick<Delivery, 'steps' | 'repeatable' | 'choices' | 'kind' | 'failedStep' | 'doubted'>;

/**
 * What a replay goes on with. All that was finished up to the last step that may not be repeated stays: it is at the vendor.
 * What was looked up since is looked up anew, for it may be long ago. What was chosen since is asked anew where the vendor
 * refused what was to be done with it: what was chosen may be gone. A delivery that was ever in doubt keeps everything:
 * its write may have been applied by what was looked up and chosen then, and by that alone it is found.
 */
export function keptByReplay(delivery: Remembered): { steps: Delivery['steps']; choices: readonly Chosen[] } {
  const { steps, repeatable = [], choices = [], kind, failedStep, doubted } = delivery;
  if (doubted) return { steps, choices };
  const finished = Object.entries(steps);
  const written = finished.findLastIndex(([name]) => !repeatable.includes(name)) + 1;
  const refused = kind === 'rejected' && failedStep != null;
  return {
    steps: Object.fromEntries(finished.slice(0, written)),
    choices: choices.map((choice) => {
      const before = choice.finished ?? 0;
      const unused = before >= written;
      return { ...choice, finished: Math.min(before, written), ...(refused && unused ? { forgotten: true } : {}) };
    }),
  };
}
