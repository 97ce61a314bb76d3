import { DateTime } from 'luxon';
import { refusal, Refusal } from '../records/refusal.ts';

/** The parameters behind the question mark; names in any case, values as they were sent. */
export class Query {
  readonly #values = new Map<string, string[]>();

  constructor(search: string) {
    for (const [name, value] of new URLSearchParams(search)) {
      const key = name.toLowerCase();
      this.#values.set(key, [...(this.#values.get(key) ?? []), value]);
    }
  }

  /** Blank when it was not sent. */
  text(name: string): string {
    return this.#values.get(name.toLowerCase())?.at(-1) ?? '';
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  all(): string[] {
    return [...this.#values.values()].flat();
  }

  flag(name: string, standard: boolean): boolean {
    const value = this.text(name).toLowerCase();
    if (value === '') return standard;
    if (value !== 'true' && value !== 'false')
      throw refusal(400, `The value '${value}' is not valid for ${name}.`, name);
    return value === 'true';
  }

  /** A whole number of 0 or more. */
  count(name: string, standard: number): number {
    const value = this.text(name);
    if (value === '') return standard;
    if (!/^\d{1,9}$/.test(value)) throw refusal(400, `The value '${value}' is not valid for ${name}.`, name);
    return Number(value);
  }

  /** Numbers parted by commas; null when the parameter was not sent. */
  ids(name: string): number[] | null {
    const value = this.text(name);
    if (value === '') return null;
    const ids = value.split(',').map((one) => one.trim());
    if (!ids.every((one) => /^\d{1,9}$/.test(one)))
      throw refusal(400, `The value '${value}' is not valid for ${name}.`, name);
    return ids.map(Number);
  }

  /** A day or local time; null when it was not sent. An unreadable one is the server's own fault, as seen. */
  day(name: string): string | null {
    const value = this.text(name);
    if (value === '') return null;
    const read = DateTime.fromISO(value, { zone: 'utc' });
    if (!read.isValid) {
      throw new Refusal(500, [{ field: name, message: `String '${value}' was not recognized as a valid DateTime.` }]);
    }
    return read.toFormat("yyyy-MM-dd'T'HH:mm:ss");
  }
}
