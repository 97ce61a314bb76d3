import type { Fields, Value } from './value.ts';

/** The records of one kind, in the order of their creation, with numbers that only go up. */
export class Rows {
  readonly idName: string;
  readonly #rows = new Map<number, Fields>();
  #lastId: number;

  constructor(idName: string, before: number) {
    this.idName = idName;
    this.#lastId = before;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Keeps the record under a new number, which stands first in it. */
  add(fields: Fields): Fields {
    this.#lastId += 1;
    const row = { [this.idName]: this.#lastId, ...fields };
    this.#rows.set(this.#lastId, row);
    return row;
  }

  get(id: number): Fields | undefined {
    return this.#rows.get(id);
  }

  /** Puts other fields in the place of the record's, which keeps its number. */
  put(id: number, fields: Fields): Fields {
    const row = { ...fields, [this.idName]: id };
    this.#rows.set(id, row);
    return row;
  }

  remove(id: number): boolean {
    return this.#rows.delete(id);
  }

  all(): Fields[] {
    return [...this.#rows.values()];
  }

  /** The records whose field has this value. */
  where(name: string, value: Value): Fields[] {
    return this.all().filter((row) => row[name] === value);
  }
}
