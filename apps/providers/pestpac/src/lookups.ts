import type { VendorIo } from '@occ-hub/provider-kit';
import { z } from 'zod';
import { rowsOf } from './answers.ts';
import { type Code, type Codes, type LookupList, lookupLists } from './catalogue/codes.ts';

/** The company's lists as they were read last. */
export interface CodesKept {
  /** Never throws: a list that cannot be read is absent, or as it was read last. */
  all(): Promise<Codes>;
  /** Throws where it cannot be read and never was. */
  one(list: LookupList): Promise<readonly Code[]>;
}

/** A new code is taken after so long. */
const keptMs = 3_600_000;
/** A list that could not be read is not asked for at once again: every write would wait for it. */
const failedMs = 1_000;

interface Kept {
  until: number;
  readonly read: Promise<readonly Code[]>;
}

/** Keeps lists for an hour each; askers at the same time share one call. */
export function keepCodes(
  read: (list: LookupList) => Promise<readonly unknown[]>,
  clock: VendorIo['clock'],
): CodesKept {
  const kept = new Map<LookupList, Kept>();

  function one(list: LookupList): Promise<readonly Code[]> {
    const held = kept.get(list);
    if (held && held.until > clock()) return held.read;
    const asked = read(list).then((rows) => codesOf(list, rows));
    const fresh: Kept = { until: clock() + keptMs, read: held ? asked.catch(() => held.read) : asked };
    // Whatever is given meanwhile, what failed is asked for again soon.
    asked.catch(() => (fresh.until = clock() + failedMs));
    kept.set(list, fresh);
    return fresh.read;
  }

  return {
    one,
    async all() {
      const read = await Promise.allSettled(lookupLists.map(async (list) => [list, await one(list)] as const));
      return Object.fromEntries(read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])));
    },
  };
}

const text = z
  .string()
  .nullish()
  .transform((given) => (given ?? '').trim());
const flag = z.boolean().nullish();
const AllowOn = z.enum(['Location', 'BillTo', 'Both']).nullish().catch(undefined);

/** Any row of any list. A branch goes by its name, a person by the user name, the rest by code. */
const Row = z.object({
  ...{ Code: text, Name: text, Username: text, Description: text, FirstName: text, LastName: text },
  ...{ Active: flag, AllowOn, IsUser: flag, IsTech: flag },
});

function codesOf(list: LookupList, rows: readonly unknown[]): readonly Code[] {
  return rowsOf(Row, rows)
    .map((row) => codeOf(list, row))
    .filter(({ code }) => code !== '');
}

function codeOf(list: LookupList, row: z.output<typeof Row>): Code {
  const active = row.Active ?? true;
  if (list === 'Branches') return { code: row.Name, title: row.Name, active };
  if (list === 'Employees') {
    const title = `${row.FirstName} ${row.LastName}`.trim() || row.Username;
    return { code: row.Username, title, active, user: row.IsUser ?? false, technician: row.IsTech ?? false };
  }
  const code = { code: row.Code, title: row.Description || row.Code, active };
  return list === 'Types' && row.AllowOn ? { ...code, allow_on: row.AllowOn } : code;
}
