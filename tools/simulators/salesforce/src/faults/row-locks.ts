/** A lock on a record that some other process holds. */
export interface RowLockOrder {
  /** The record, 15 or 18 characters; absent means every record, each with a count of its own. */
  record?: string;
  /** Which write of the record meets the lock, from now on. Default 1, the next. */
  nth?: number;
  /** How many writes in a row meet it. Default 1. */
  count?: number | 'forever';
}

/** A lock in force. */
export interface RowLock {
  id: number;
  record: string | null;
  nth: number;
  count: number | 'forever';
  met: number;
}

/** The refusal of one write, as an item of a REST error. */
export interface LockRefusal {
  errorCode: 'UNABLE_TO_LOCK_ROW';
  message: string;
  fields: string[];
}

/** Counts the writes of every record and refuses those that meet a lock. */
export class RowLocks {
  #locks: { lock: RowLock; writes: Map<string, number> }[] = [];
  #lastId = 0;

  order(order: RowLockOrder): RowLock {
    this.#lastId += 1;
    const lock: RowLock = {
      id: this.#lastId,
      record: order.record?.slice(0, 15) ?? null,
      nth: order.nth ?? 1,
      count: order.count ?? 1,
      met: 0,
    };
    this.#locks.push({ lock, writes: new Map() });
    return { ...lock };
  }

  /** Counts one write of these records; a value refuses it. */
  meet(ids: readonly string[]): LockRefusal | undefined {
    const locked = ids.filter((id) => this.#locks.map((one) => meets(one, id.slice(0, 15))).includes(true));
    this.#locks = this.#locks.filter(({ lock }) => lock.count === 'forever' || lock.met < lock.count);
    if (locked.length === 0) return undefined;
    return {
      errorCode: 'UNABLE_TO_LOCK_ROW',
      message: `unable to obtain exclusive access to this record or 1 records: ${locked[0]}`,
      fields: [],
    };
  }

  active(): RowLock[] {
    return this.#locks.map(({ lock }) => ({ ...lock }));
  }

  clear(): void {
    this.#locks = [];
  }
}

function meets({ lock, writes }: { lock: RowLock; writes: Map<string, number> }, id: string): boolean {
  if (lock.record !== null && lock.record !== id) return false;
  const nth = (writes.get(id) ?? 0) + 1;
  writes.set(id, nth);
  if (nth < lock.nth || (lock.count !== 'forever' && lock.met >= lock.count)) return false;
  lock.met += 1;
  return true;
}
