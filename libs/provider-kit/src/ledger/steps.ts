import { isHubError } from '@occ-hub/errors';
import type { Question, Step, StepRunner, VendorIds, Write } from '../sink.ts';
import { AwaitingChoice, type PutQuestion, questionOf } from './question.ts';

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

/** What is written down in the middle of an attempt. */
export interface Progress {
  /** Steps that finished since it was last written. */
  readonly finished: Results;
  /** The question that is put now, where nothing is in doubt: an attempt that dies after this has begun nothing else. */
  readonly asking: string | undefined;
}

/** What earlier attempts left behind, and where this one keeps what it finished. */
export interface StepMemory {
  /** Results of finished steps. */
  readonly done: Results;
  /** What people chose, by the name of the question. */
  readonly answers?: ReadonlyMap<string, string>;
  /** An earlier attempt ended without anybody knowing how: its first unfinished step may have been applied. */
  readonly inDoubt: boolean;
  /** The question that the last attempt was putting when it died, without a doubt of its own: see `Progress`. */
  readonly diedAsking?: string | undefined;
  /** The names of those done that may be repeated. */
  readonly repeatable?: readonly string[];
  /** Resolves when it is safe in the store; throws when this process lost the delivery. */
  readonly remember: (progress: Progress) => Promise<void>;
  /** Throws when this process lost its hold on the delivery: it must not send any more. */
  readonly stillOurs: () => void;
}

/** The steps of one attempt. */
export interface Steps {
  readonly run: StepRunner;
  readonly choose: Write<unknown, unknown, unknown>['choose'];
  /** The question that was put; it ended the attempt, whatever the write made of that. */
  readonly asked: () => PutQuestion | undefined;
  /** The step or the question that is under way, or that failed. */
  readonly stoppedAt: () => string | undefined;
  /** Finished here and not in the store yet: to be written with the attempt's end. */
  readonly unkept: () => Results;
  /** The names of all finished steps that may be repeated. */
  readonly repeatable: () => readonly string[];
  /** Whether the first unfinished step may have been applied. */
  readonly inDoubt: () => boolean;
  /** Whether this attempt itself began a step whose end nobody knows: the vendor may still be at it. Not of one that may be repeated. */
  readonly cut: () => boolean;
}

/**
 * Runs the steps of one attempt, one after another. The claim is the record that an attempt began, and the end of the
 * attempt the record of how it went; so a delivery of one step costs the store no write of its own. A finished step is
 * kept before the next one begins, and before a question is put: that may wait for days. After a question nothing begins,
 * also where it could not be put.
 *
 * A doubt is never dropped by a question, for the question may come up because of what the step in doubt has made: it waits
 * for the step that comes after the answer. But where nothing is in doubt, that a question is being put is noted first, with
 * the number of the attempt; so where the very next attempt finds that note, of the same question, the one before it died
 * asking and had begun nothing, and what it left is no doubt.
 */
export function createSteps(memory: StepMemory): Steps {
  let { inDoubt } = memory;
  let kept: Results = memory.done;
  let unkept: Results = {};
  let cut = false;
  let begun = false;
  const repeatable = new Set(memory.repeatable);
  let stoppedAt: string | undefined;
  let awaiting: AwaitingChoice | undefined;
  /** What a question ended the attempt with: the question itself, or why it could not be put. */
  let ended: { readonly error: unknown } | undefined;

  async function keepFinished(): Promise<void> {
    if (Object.keys(unkept).length === 0) return;
    await remember(undefined);
  }

  async function remember(asking: string | undefined): Promise<void> {
    await memory.remember({ finished: unkept, asking });
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
    if (ended) throw ended.error;
    const before = kept[name] ?? unkept[name];
    if (before) return before;
    await keepFinished();
    begun = true;
    stoppedAt = name;
    const found = inDoubt && !step.repeatable ? await findAgain(name, step) : undefined;
    inDoubt = false;
    const result = found ?? (await doOnce(step));
    unkept = { ...unkept, [name]: result };
    if (step.repeatable) repeatable.add(name);
    stoppedAt = undefined;
    return result;
  }

  async function choose(name: string, put: () => Promise<Question>): Promise<string> {
    if (ended) throw ended.error;
    const answer = memory.answers?.get(name);
    if (answer !== undefined) return answer;
    if (memory.diedAsking === name && !begun) inDoubt = false;
    await (inDoubt ? keepFinished() : remember(name));
    stoppedAt = name;
    try {
      awaiting = new AwaitingChoice(questionOf(name, await put()));
      throw awaiting;
    } catch (error) {
      ended = { error };
      throw error;
    }
  }

  const asked = () => awaiting?.question;
  return {
    run,
    choose,
    asked,
    stoppedAt: () => stoppedAt,
    unkept: () => unkept,
    repeatable: () => [...repeatable],
    inDoubt: () => inDoubt,
    cut: () => cut,
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
