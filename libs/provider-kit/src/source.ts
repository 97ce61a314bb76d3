import type { Appointment, Job } from '@occ-hub/contracts';
import type { Mapping } from '@occ-hub/mapping';
import type { z } from 'zod';

/** Calendar days in the company's zone, both included: `2026-03-07`. */
export interface DayWindow {
  readonly from: string;
  readonly to: string;
}

/** One kind of record that the kit polls: what to ask, how to know a record, and the tables that translate it. */
export interface SourceOf<Client, Settings, Shape extends z.ZodType, PlacedShape extends z.ZodType> {
  readonly name: string;
  /** Cron, minutes first, read in UTC. Each connection starts up to two minutes later, spread by its id. */
  readonly schedule: string;
  /** The window asked every run. */
  readonly window: (today: string) => DayWindow;
  /** Pages of raw rows. Throw when anything is not as known: a failed fetch never counts as "nothing there". */
  readonly read: (client: Client, window: DayWindow, settings: Settings) => AsyncIterable<readonly unknown[]>;
  /** Only the fields we read. A row that does not fit is set aside with its reason. */
  readonly record: Shape;
  /** What a row calls itself even when it cannot be read: for the list of rows set aside. */
  readonly label: (raw: unknown) => string;
  /** The record's identity at the vendor. */
  readonly id: (record: z.output<Shape>) => string;
  readonly rep: (record: z.output<Shape>) => { readonly id: string; readonly name: string };
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
export type Source<Client, Settings> = SourceOf<Client, Settings, z.ZodType, z.ZodType>;

/** Declares a source. `placed` must be `record` extended by `job_of: string`. */
export function defineSource<
  Client,
  Settings,
  Shape extends z.ZodType,
  PlacedShape extends z.ZodType<z.output<Shape> & { job_of: string }>,
>(source: SourceOf<Client, Settings, Shape, PlacedShape>): Source<Client, Settings> {
  return source as unknown as Source<Client, Settings>;
}
