import type { Appointment, ChoiceOption, DocumentReference, EventDefinition, Job } from '@occ-hub/contracts';
import type { z } from 'zod';
import type { ReadConfiguration } from './configuration.ts';

export type { ChoiceOption };

/** What a sink is handed for one write. */
export interface Write<Client, Settings, Data> {
  readonly data: Data;
  readonly client: Client;
  readonly settings: Settings;
  /** What the org decided beyond the settings, as it stands at this attempt. */
  readonly config: ReadConfiguration;
  /** Runs one call of a write that takes several, at most once: see `Step`. */
  readonly step: StepRunner;
  /** Opens secrets that an endpoint sealed into the event. */
  readonly unseal: (sealed: string) => Promise<Readonly<Record<string, string>>>;
  /** The bytes of a document, fetched from core and checked against the digest. */
  readonly bytesOf: (document: DocumentReference) => Promise<Buffer>;
  /**
   * A person's choice, by name; gives the id of the chosen option. Once answered it gives the answer at once, and `put` is
   * not asked. Until then the attempt ends here, and is no failure: the delivery waits as `awaiting-choice`, nothing of its
   * lane is sent, and when somebody chose the write runs again and finds its finished steps. When nobody chose in time it
   * parks as `ledger.choice-expired`; a replay puts the question anew. So it does where the vendor refused what was to be done
   * with the answer, and nothing was written by it: what was chosen may be gone. Let what it throws pass: nothing begins after
   * it. Whether to ask is decided in a step, never from what the vendor shows just now: it may show what an attempt of this
   * very write has made. Where it does, the question is put and drops no doubt: the step that was cut is looked for when
   * somebody chose, and parks as `uncertain` where it cannot be.
   */
  readonly choose: (name: string, put: () => Promise<Question>) => Promise<string>;
  /**
   * The vendor's ids of what other deliveries of this lane made by this connection, in one: of a name that came twice the
   * newest. Of what was delivered, what it told; of what was not (it is parked, uncertain, aborted, or to be tried again), the
   * results of its finished steps, also of those that only looked: take what you know by name. History is kept for 90 days.
   */
  readonly earlier: () => Promise<VendorIds>;
  /**
   * The other deliveries of this lane by this connection, oldest first: 90 days of them, at most the newest 200. For a write
   * that has to know whether another one began, or did, the same.
   */
  readonly siblings: () => Promise<readonly Sibling[]>;
  /**
   * Runs work that looks and then makes what it did not find, while no other write of this connection, at any replica, is
   * within work of the same name. Waits for its turn for some seconds; then it fails as transient, and the attempt does not
   * count. Do not ask for it within it, and keep it short.
   */
  readonly alone: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  /**
   * Says what this write made at the CRM, in OCC's shapes. Kept with the attempt's end, whatever end that is, and told to
   * the other services just before they are told of the write (on another topic: who reads both may meet the end first); what a later attempt says replaces it.
   */
  readonly upserted: (told: Upserted) => void;
}

/** Another delivery of the same lane. */
export interface Sibling {
  /** Whether it came in before or after this one. */
  readonly came: 'before' | 'after';
  /** Whether the sink's `alike` says the same of it. */
  readonly alike: boolean;
  /** False: it waits for a person, was ended by one, or is to be tried again. */
  readonly delivered: boolean;
  /** What its finished steps gave, by their names. */
  readonly steps: Readonly<Record<string, VendorIds>>;
}

/** What a person may choose from: 1 to 500 options, each with an id of its own. Where there is nothing to choose, the sink decides. */
export interface Question {
  readonly prompt: string;
  readonly options: readonly ChoiceOption[];
  /** How long it waits for an answer. */
  readonly expiresInMs: number;
}

/** A question that was put and waits for its answer. */
export interface StandingChoice {
  readonly name: string;
  readonly prompt: string;
  readonly options: readonly ChoiceOption[];
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** What a write made at the CRM: a job, whole, and appointments of it. */
export interface Upserted {
  readonly job: Job;
  readonly appointments: readonly Appointment[];
}

/** The vendor's ids of what was written, by name. */
export type VendorIds = Readonly<Record<string, string>>;

/**
 * One call of a write. Steps run one after another; a finished step's result is kept and the step never runs again. Only
 * repeatable ones after which nothing else was finished run again in a replay: what they looked up may be long ago.
 *
 * - `repeatable`: doing it twice is the same as once (a last-write-wins update). After an end that nobody knows it simply
 *   runs again.
 * - otherwise, after an end that nobody knows (a crash, a cut, a 500), the next attempt runs `find`: what the vendor
 *   already has is not written again. Where `find` is absent or cannot answer, the delivery parks as `uncertain` for a
 *   person.
 */
export interface Step {
  readonly repeatable?: boolean;
  readonly find?: () => Promise<VendorIds | undefined>;
  readonly do: () => Promise<VendorIds>;
}

export type StepRunner = (name: string, step: Step) => Promise<VendorIds>;

/** One kind of event that goes out to the vendor. */
export interface SinkOf<Client, Settings, Definition extends EventDefinition> {
  readonly event: Definition;
  /** Why this connection does not want this event; undefined when it does. Such a delivery ends as `skipped`. */
  readonly unwanted?: (data: z.output<Definition['data']>, settings: Settings) => string | undefined;
  /** Writes with one key replace each other: a late older one is dropped as `superseded`, never sent over a newer one. */
  readonly replaces?: (data: z.output<Definition['data']>) => string;
  /** What two writes of one lane have in common that mean the same doing: see `Sibling.alike`. */
  readonly alike?: (data: z.output<Definition['data']>) => string;
  readonly write: (write: Write<Client, Settings, z.output<Definition['data']>>) => Promise<VendorIds>;
}

/** A sink as the kit handles it. */
export type Sink<Client, Settings> = SinkOf<Client, Settings, EventDefinition>;

/** Declares a sink, typed by its event. */
export function defineSink<Client, Settings, Definition extends EventDefinition>(
  sink: SinkOf<Client, Settings, Definition>,
): Sink<Client, Settings> {
  return sink as unknown as Sink<Client, Settings>;
}
