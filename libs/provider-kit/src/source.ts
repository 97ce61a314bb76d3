import type { Appointment, Job } from '@occ-hub/contracts';
import type { Mapping } from '@occ-hub/mapping';
import type { z } from 'zod';
import type { Windowing } from './poll/window.ts';

/** A sales rep as the vendor's records name them. */
export interface Rep {
  readonly id: string;
  readonly name: string;
}

/** What is odd and did not stop a run. */
export interface Warning {
  /** The record or the field that it is about. */
  readonly record: string;
  readonly reason: string;
}

/** A part of what a window holds. */
export interface Page {
  /** Raw rows. */
  readonly rows: readonly unknown[];
  /** Ids of records that the vendor says are deleted; only those that were published before are told. */
  readonly gone?: readonly string[];
  /** Ids of records that were asked for and are nowhere to be found: deleted for good, or hidden. Many at once are not believed. */
  readonly missing?: readonly string[];
  /** Reps of records that were left at the vendor because no member is linked to them, one entry a record. */
  readonly notOurs?: readonly Rep[];
  /** What is odd and did not stop the run. */
  readonly warnings?: readonly Warning[];
}

/** One kind of record that the kit polls: what to ask, how to know a record, and the tables that translate it. */
export interface SourceOf<Client, Settings, Window, Shape extends z.ZodType, PlacedShape extends z.ZodType> {
  readonly name: string;
  /** Cron, minutes first, read in UTC. Each connection starts up to two minutes later, spread by its id. */
  readonly schedule: string;
  /** What is asked every run: `days` or `changes`. */
  readonly window: Windowing<Window>;
  /** Every run first reads the CRM's lists and users and hands them to core, which links users by their e-mail address. */
  readonly listsFirst?: boolean;
  /** The vendor's clock, epoch ms, where its stamps decide what is asked. Absent: our own. */
  readonly vendorNow?: (client: Client) => number;
  /** Throw when anything is not as known: a failed fetch never counts as "nothing there". */
  readonly read: (client: Client, window: Window, settings: Settings) => AsyncIterable<Page>;
  /** Only the fields we read. A row that does not fit is set aside with its reason. */
  readonly record: Shape;
  /** What a row calls itself even when it cannot be read: for the list of rows set aside. */
  readonly label: (raw: unknown) => string;
  /** The record's identity at the vendor. */
  readonly id: (record: z.output<Shape>) => string;
  readonly rep: (record: z.output<Shape>) => Rep;
  /** When the vendor changed the record, sortable as text: where a run sees but some of a job's records, the newest tells the job. */
  readonly stamp?: (record: z.output<Shape>) => string;
  /** The part of the window that the record lies in: its digests are kept together. */
  readonly slice: (record: z.output<Shape>) => string;
  /** Records with one key are one job; undefined stands alone. */
  readonly sameJob: (record: z.output<Shape>) => string | undefined;
  /** The record, told which job it belongs to. */
  readonly placed: PlacedShape;
  readonly job: Mapping<PlacedShape, typeof Job>;
  readonly appointment: Mapping<PlacedShape, typeof Appointment>;
  /** Why there is a job but no appointment; undefined when there is one. */
  readonly withoutAppointment: (record: z.output<Shape>) => string | undefined;
}

/** A source as the kit handles it. Declare one with `defineSource`, which checks the record's type throughout. */
export type Source<Client, Settings> = SourceOf<Client, Settings, unknown, z.ZodType, z.ZodType>;

/** Declares a source. `placed` must be `record` extended by `job_of: string`. */
export function defineSource<
  Client,
  Settings,
  Window,
  Shape extends z.ZodType,
  PlacedShape extends z.ZodType<z.output<Shape> & { job_of: string }>,
>(source: SourceOf<Client, Settings, Window, Shape, PlacedShape>): Source<Client, Settings> {
  return source as unknown as Source<Client, Settings>;
}
