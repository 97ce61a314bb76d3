import { isHubError } from '@occ-hub/errors';
import type { Step, StepRunner, VendorIds } from '../sink.ts';

/** Nobody can tell whether the vendor has it: a person must look. */
export class UncertainStep extends Error {
  override readonly name = 'UncertainStep';
  readonly step: string;

  constructor(step: string, cause: unknown) {
    super(
      `The hub cannot tell whether "${step}" reached the CRM. Look there: if it is missing, replay with "send again"; if it is there, abort.`,
      { cause },
    );
    this.step = step;
  }
}

export type Results = Readonly<Record<string, VendorIds>>;

/** What earlier attempts left behind, and where this one keeps what it finished. */
export interface StepMemory {
  /** Results of finished steps. */
  readonly done: Results;
  /** An earlier attempt ended without anybody knowing how: its first unfinished step may have been applied. */
  readonly inDoubt: boolean;
  /** Resolves when the results are safe in the store; throws when this process lost the delivery. */
  readonly remember: (finished: Results) => Promise<void>;
  /** Throws when this process lost its hold on the delivery: it must not send any more. */
  readonly stillOurs: () => void;
}

/** The steps of one attempt. */
export interface Steps {
  readonly run: StepRunner;
  /** Finished here and not in the store yet: to be written with the attempt's end. */
  readonly unkept: () => Results;
  /** Whether the first unfinished step may have been applied. */
  readonly inDoubt: () => boolean;
  /** Whether this attempt itself began a step whose end nobody knows: the vendor may still be at it. Not of one that may be repeated. */
  readonly cut: () => boolean;
}

/**
 * Runs the steps of one attempt, one after another. The claim is the record that an attempt began, and the end of the
 * attempt the record of how it went; so a delivery of one step costs the store no write of its own. A finished step is
 * kept before the next one begins.
 */
export function createSteps(memory: StepMemory): Steps {
  let { inDoubt } = memory;
  let kept: Results = memory.done;
  let unkept: Results = {};
  let cut = false;

  async function keepFinished(): Promise<void> {
    if (Object.keys(unkept).length === 0) return;
    await memory.remember(unkept);
    kept = { ...kept, ...unkept };
    unkept = {};
  }

  async function doOnce(step: Step): Promise<VendorIds> {
    memory.stillOurs();
    inDoubt = true;
    try {
      const result = await step.do();
      inDoubt = false;
      return result;
    } catch (error) {
      inDoubt = !isHubError(error) || error.mayHaveApplied;
      cut = inDoubt && !step.repeatable;
      throw error;
    }
  }

  async function run(name: string, step: Step): Promise<VendorIds> {
    const before = kept[name] ?? unkept[name];
    if (before) return before;
    await keepFinished();
    const found = inDoubt && !step.repeatable ? await findAgain(name, step) : undefined;
    inDoubt = false;
    const result = found ?? (await doOnce(step));
    unkept = { ...unkept, [name]: result };
    return result;
  }

  return { run, unkept: () => unkept, inDoubt: () => inDoubt, cut: () => cut };
}

async function findAgain(name: string, step: Step): Promise<VendorIds | undefined> {
  if (!step.find) throw new UncertainStep(name, undefined);
  try {
    return await step.find();
  } catch (error) {
    // The vendor is away or asks for patience: ask again later. It refuses to be asked: a person must look.
    if (isHubError(error, 'transient') || isHubError(error, 'credential')) throw error;
    throw new UncertainStep(name, error);
  }
}
