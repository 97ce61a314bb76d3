import type { Appointment } from '../data/appointment.ts';
import type { RowStyle } from './row-style.ts';
import { printRow, styleKey } from './row-style.ts';

interface Day {
  appointments: Appointment[];
  /** The day's rows, comma-joined, per style; emptied when a row of the day changes. */
  printed: Map<string, Buffer>;
}

const PAGES_KEPT = 64;
const COMMA = Buffer.from(',');
const OPEN = Buffer.from('[');
const CLOSE = Buffer.from(']');

/**
 * All appointments of the company, found by id and by day. Rows are printed once per day and style and whole windows
 * once per change, so that asking for ten thousand unchanged rows costs one buffer. After changing an appointment in
 * place its owner must call `touched`.
 */
export class Calendar {
  readonly #byId = new Map<number, Appointment>();
  readonly #byDay = new Map<string, Day>();
  readonly #pages = new Map<string, Buffer>();
  #highestId = 0;

  constructor(appointments: readonly Appointment[]) {
    for (const appointment of appointments) this.add(appointment);
  }

  get size(): number {
    return this.#byId.size;
  }

  get nextId(): number {
    return this.#highestId + 1;
  }

  get(id: number): Appointment | undefined {
    return this.#byId.get(id);
  }

  all(): IterableIterator<Appointment> {
    return this.#byId.values();
  }

  add(appointment: Appointment): void {
    this.#byId.set(appointment.row.ID, appointment);
    this.#highestId = Math.max(this.#highestId, appointment.row.ID);
    this.#dayFor(appointment.day).appointments.push(appointment);
    this.touched(appointment);
  }

  remove(appointment: Appointment): void {
    this.#byId.delete(appointment.row.ID);
    this.#takeOut(appointment);
  }

  /** Files an appointment under another day. */
  refile(appointment: Appointment, day: string): void {
    this.#takeOut(appointment);
    appointment.day = day;
    this.#dayFor(day).appointments.push(appointment);
    this.touched(appointment);
  }

  /** Says that a row changed: what was printed of its day is printed anew when next asked for. */
  touched(appointment: Appointment): void {
    this.#byDay.get(appointment.day)?.printed.clear();
    this.#pages.clear();
  }

  /** The appointments filed under the days from `from` to `to`, both included, by day, time and id. */
  between(from: string, to: string): Appointment[] {
    return this.#daysBetween(from, to).flatMap((day) => sorted(this.#dayFor(day)));
  }

  /** The same rows as a JSON array. The buffer is shared: do not write into it. */
  page(from: string, to: string, style: RowStyle): Buffer {
    const key = `${from}|${to}|${styleKey(style)}`;
    const kept = this.#pages.get(key);
    if (kept) return kept;
    const pieces = this.#daysBetween(from, to)
      .map((day) => printed(this.#dayFor(day), style))
      .filter((piece) => piece.length > 0);
    const page = Buffer.concat([
      OPEN,
      ...pieces.flatMap((piece, index) => (index === 0 ? [piece] : [COMMA, piece])),
      CLOSE,
    ]);
    if (this.#pages.size >= PAGES_KEPT) this.#pages.clear();
    this.#pages.set(key, page);
    return page;
  }

  #daysBetween(from: string, to: string): string[] {
    return [...this.#byDay.keys()].filter((day) => day >= from && day <= to).sort();
  }

  #dayFor(day: string): Day {
    const known = this.#byDay.get(day);
    if (known) return known;
    const fresh: Day = { appointments: [], printed: new Map() };
    this.#byDay.set(day, fresh);
    return fresh;
  }

  #takeOut(appointment: Appointment): void {
    const day = this.#dayFor(appointment.day);
    day.appointments = day.appointments.filter((other) => other !== appointment);
    this.touched(appointment);
  }
}

function sorted(day: Day): Appointment[] {
  return day.appointments.sort((a, b) => {
    const [timeOfA, timeOfB] = [a.row.ApptDate ?? '', b.row.ApptDate ?? ''];
    if (timeOfA !== timeOfB) return timeOfA < timeOfB ? -1 : 1;
    return a.row.ID - b.row.ID;
  });
}

function printed(day: Day, style: RowStyle): Buffer {
  const key = styleKey(style);
  const kept = day.printed.get(key);
  if (kept) return kept;
  const text = sorted(day).map((appointment) => printRow(appointment.row, style));
  const bytes = Buffer.from(text.join(','));
  day.printed.set(key, bytes);
  return bytes;
}
