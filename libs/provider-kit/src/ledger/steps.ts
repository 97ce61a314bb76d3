import { isHubError } from '@occ-hub/errors';
import type { Step, StepRunner, VendorIds } from '../sink.ts';
import type { StepRecord } from './delivery.ts';

/** Nobody can tell whether the vendor has it: a person must look. */
export class UncertainStep extends Error {
  override readonly name = 'UncertainStep';
  readonly step: string;

  constructor(step: string, cause: unknown) {
    super(
      `The hub cannot tell whether "${step}" reached the CRM. Look there: if it is missing, replay with "send again"; if it is there, abort.`,
      {
        cause,
      },
    );
    this.step = step;
  }
}

export interface StepMemory {
  readonly steps: Readonly<Record<string, StepRecord>>;
  /** Resolves when the record is safe in the store. */
  readonly remember: (name: string, record: StepRecord) => Promise<void>;
  /** Takes a start back that surely wrote nothing. */
  readonly forget: (name: string) => Promise<void>;
  /** Throws when this process lost its hold on the delivery: it must not send any more. */
  readonly stillOurs: () => void;
}

/** Runs the steps of one attempt against what earlier attempts remembered. The promises of `Step` are kept here. */
export function createStepRunner(memory: StepMemory): StepRunner {
  return async (name, step) => {
    const before = memory.steps[name];
    if (before?.state === 'done') return before.result;
    memory.stillOurs();
    if (step.repeatable) return step.do();
    if (before?.state !== 'started') await memory.remember(name, { state: 'started', result: {} });
    const result = (before && (await findAgain(name, step))) ?? (await doOnce(name, step, memory));
    await memory.remember(name, { state: 'done', result });
    return result;
  };
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

async function doOnce(name: string, step: Step, memory: StepMemory): Promise<VendorIds> {
  try {
    return await step.do();
  } catch (error) {
    if (isHubError(error) && !error.mayHaveApplied) await memory.forget(name);
    throw error;
  }
}
