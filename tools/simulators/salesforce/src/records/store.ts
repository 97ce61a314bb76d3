import type { Value } from '../schema/definition.ts';
import type { Row } from './row.ts';

/** The rows of the org. Deleted rows stay until they are purged. */
export interface Store {
  rows(object: string): Iterable<Row>;
  count(object: string): number;
  get(object: string, id: string): Row | undefined;
  /** Rows whose lookup `field` holds `id`, deleted ones too, in the order of their creation. */
  children(object: string, field: string, id: string): readonly Row[];
  insert(object: string, row: Row): void;
  patch(object: string, id: string, changes: Record<string, Value>): void;
  /** Gone without a trace, as after the recycle bin was emptied. */
  purge(object: string, id: string): void;
  /** Keeps all or nothing: when the work throws, its writes are taken back and the error goes on. */
  whole<T>(work: () => T): T;
  /** What else has to be taken back with the writes of the work that is under way. */
  onTakenBack(step: () => void): void;
}

interface Table {
  rows: Map<string, Row>;
  /** By lookup field: the rows of each parent. Thrown away when a row comes, goes or changes its parent. */
  byParent: Map<string, Map<string, Row[]>>;
}

export function createStore(): Store {
  const tables = new Map<string, Table>();
  let undo: (() => void)[] | null = null;
  const tableOf = (object: string): Table => {
    let table = tables.get(object);
    if (!table) tables.set(object, (table = { rows: new Map(), byParent: new Map() }));
    return table;
  };
  return {
    rows: (object) => tableOf(object).rows.values(),
    count: (object) => tableOf(object).rows.size,
    get: (object, id) => tableOf(object).rows.get(id),
    children: (object, field, id) => parentIndex(tableOf(object), field).get(id) ?? [],
    insert: (object, row) => {
      const table = tableOf(object);
      table.rows.set(row.Id, row);
      table.byParent.clear();
      undo?.push(() => {
        table.rows.delete(row.Id);
        table.byParent.clear();
      });
    },
    patch: (object, id, changes) => {
      const table = tableOf(object);
      const row = table.rows.get(id);
      if (!row) return;
      const before = { ...row };
      Object.assign(row, changes);
      for (const field of Object.keys(changes)) table.byParent.delete(field);
      undo?.push(() => {
        for (const field of Object.keys(changes)) if (!(field in before)) delete row[field];
        Object.assign(row, before);
        table.byParent.clear();
      });
    },
    purge: (object, id) => {
      const table = tableOf(object);
      const row = table.rows.get(id);
      if (!row) return;
      table.rows.delete(id);
      table.byParent.clear();
      undo?.push(() => {
        table.rows.set(id, row);
        table.byParent.clear();
      });
    },
    onTakenBack: (step) => void undo?.push(step),
    whole: (work) => {
      const outer = undo;
      const mine: (() => void)[] = [];
      undo = mine;
      try {
        const result = work();
        outer?.push(...mine);
        return result;
      } catch (error) {
        for (const step of mine.reverse()) step();
        throw error;
      } finally {
        undo = outer;
      }
    },
  };
}

function parentIndex(table: Table, field: string): Map<string, Row[]> {
  const known = table.byParent.get(field);
  if (known) return known;
  const index = new Map<string, Row[]>();
  for (const row of table.rows.values()) {
    const parent = row[field];
    if (typeof parent !== 'string') continue;
    const siblings = index.get(parent);
    if (siblings) siblings.push(row);
    else index.set(parent, [row]);
  }
  table.byParent.set(field, index);
  return index;
}
