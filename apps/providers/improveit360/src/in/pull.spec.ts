import { isHubError } from '@occ-hub/errors';
import type { ChangeWindow, Page } from '@occ-hub/provider-kit';
import { parseQuery } from '@jetstreamapp/soql-parser-js';
import { describe, expect, it } from 'vitest';
import type { Improveit360Client } from '../client.ts';
import { objects, opportunityFieldNames, optionalFields, requiredFields } from '../records.ts';
import { pullAppointments } from './pull.ts';

const repField = 'i360core__Sales_Rep_1__c';
const children = 'i360core__Sales_Appointment_Opportunities__r';
const lookup = 'i360core__Sales_Opportunity__c';
const junction = { childSObject: 'i360core__Tie__c', field: 'i360core__Appt__c', relationshipName: children };

/** An appointment at Salesforce; `stamp` is minutes before the window's end. */
interface Appt {
  readonly id: string;
  readonly rep: string | null;
  readonly ago: number;
  readonly deleted?: boolean;
}
interface Company {
  readonly appointments?: readonly Appt[];
  /** Ties to opportunities, or opportunities, that changed. */
  readonly touched?: readonly { readonly id: string; readonly ago: number }[];
  readonly missing?: readonly string[];
  readonly missingOfOpportunity?: readonly string[];
  readonly missingOfJunction?: readonly string[];
  readonly withoutJunction?: boolean;
  readonly pageSize?: number;
}

const end = Date.parse('2026-11-20T15:00:00.000Z');
const iso = (ago: number) => new Date(end - ago * 60_000).toISOString();
const day = 24 * 60;
const fields = (names: readonly string[], missing: readonly string[] = []) =>
  names.filter((name) => !missing.includes(name)).map((name) => ({ name }));
const listIn = (soql: string, what: string) =>
  new RegExp(`${what} \\(([^)]*)\\)`)
    .exec(soql)?.[1]
    ?.split(', ')
    .map((each) => each.slice(1, -1));

/** A comparison with null is never true, unless null itself is asked for. */
const isOther = (soql: string, rep: string | null, named: readonly string[]) =>
  rep === null ? soql.includes(`${repField} = null OR`) : !named.includes(rep);

/** Salesforce behind the client, with the few kinds of query that a pull makes; what it was asked. */
function world(company: Company = {}) {
  const asked: { readonly soql: string; readonly deleted: boolean }[] = [];
  const inRange = (soql: string, ago: number) => {
    const [, from = '', to = ''] = /SystemModstamp >= (\S+) AND SystemModstamp < ([^\s)]+)/.exec(soql) ?? [];
    return end - ago * 60_000 >= Date.parse(from) && end - ago * 60_000 < Date.parse(to);
  };
  const wanted = (soql: string, { id, rep, ago }: Appt) => {
    const [ids, reps, others] = [
      listIn(soql, 'WHERE Id IN'),
      listIn(soql, `WHERE ${repField} IN`),
      listIn(soql, `${repField} NOT IN`),
    ];
    if (ids) return ids.includes(id);
    return inRange(soql, ago) && (!reps || reps.includes(rep ?? '')) && (!others || isOther(soql, rep, others));
  };
  const answer = (soql: string, deleted: boolean) =>
    soql.includes(`FROM ${junction.childSObject} `)
      ? (company.touched ?? []).filter(({ ago }) => inRange(soql, ago)).map(({ id }) => ({ [junction.field]: id }))
      : (company.appointments ?? [])
          .filter((one) => wanted(soql, one) && (deleted || one.deleted !== true))
          .map((one) => ({ Id: one.id, IsDeleted: one.deleted === true, [repField]: one.rep }));
  const client = {
    describe: async (object: string) => {
      if (object === junction.childSObject)
        return { fields: fields([junction.field, lookup], company.missingOfJunction), childRelationships: [] };
      const opportunity = object === objects.opportunity;
      return {
        fields: opportunity
          ? fields(opportunityFieldNames, company.missingOfOpportunity)
          : fields([...requiredFields, ...optionalFields], company.missing),
        childRelationships: opportunity || company.withoutJunction ? [] : [junction],
      };
    },
    lastStaff: async () => [{ Id: 'repX', Name: 'Robin Vale' }],
    async *pages(soql: string, { deleted = false } = {}) {
      // What no parser takes, Salesforce would refuse.
      parseQuery(soql);
      asked.push({ soql, deleted });
      const rows = answer(soql, deleted);
      const size = company.pageSize ?? 2000;
      for (let at = 0; at === 0 || at < rows.length; at += size) yield rows.slice(at, at + size);
    },
  };
  return { client: client as unknown as Improveit360Client, asked };
}
const windowOf = (more: Partial<ChangeWindow> = {}): ChangeWindow => ({
  ...{ from: iso(20), to: iso(0), oldest: iso(29 * day), reps: ['rep1'], newReps: [], known: new Set<string>() },
  removed: new Set<string>(),
  full: false,
  ...more,
});

/** All that a pull gave, in one. */
async function pulled(company: Company, window: Partial<ChangeWindow> = {}) {
  const { client, asked } = world(company);
  const pages: Page[] = [];
  for await (const page of pullAppointments(client, windowOf(window))) pages.push(page);
  return {
    asked,
    ids: pages.flatMap(({ rows }) => rows.map((row) => (row as { Id: string }).Id)),
    gone: pages.flatMap(({ gone = [] }) => gone),
    missing: pages.flatMap(({ missing = [] }) => missing),
    notOurs: pages.flatMap(({ notOurs = [] }) => notOurs),
    warnings: pages.flatMap(({ warnings = [] }) => warnings),
  };
}
const appt = (id: string, rep: string | null = 'rep1', ago = 5): Appt => ({ id, rep, ago });
const longRep = (n: number) => `a0T5e${String(n).padStart(13, '0')}`;
const many = <Item>(count: number, make: (n: number) => Item) => Array.from({ length: count }, (_, n) => make(n));

describe('pullAppointments', () => {
  it('gives what changed of the linked reps in the window, its start included and its end not', async () => {
    const appointments = [appt('in'), appt('first', 'rep1', 20), appt('old', 'rep1', 21), appt('late', 'rep1', 0)];
    expect((await pulled({ appointments })).ids).toEqual(['in', 'first']);
  });

  it('gives every appointment once, however many queries find it', async () => {
    const appointments = [appt('a'), appt('b'), appt('c', 'rep2')];
    const company = {
      appointments,
      touched: [
        { id: 'a', ago: 1 },
        { id: 'a', ago: 2 },
      ],
      pageSize: 1,
    };
    for (const full of [false, true]) {
      const { ids } = await pulled(company, { newReps: ['rep2'], known: new Set(['a', 'b', 'c']), full });
      expect(ids.sort()).toEqual(['a', 'b', 'c']);
    }
  });

  it('gives an appointment once that moved from one page to the next while they were read', async () => {
    const { ids } = await pulled({ appointments: [appt('a'), appt('b'), appt('a')], pageSize: 1 });
    expect(ids).toEqual(['a', 'b']);
  });

  it('makes no query for reps where there are none, and counts what is there', async () => {
    const { asked, ids, notOurs } = await pulled({ appointments: [appt('a', 'repX'), appt('b', null)] }, { reps: [] });
    expect(ids).toEqual([]);
    expect(asked.some(({ soql }) => / IN \(/.test(soql))).toBe(false);
    expect(notOurs).toEqual([
      { id: 'repX', name: 'Robin Vale' },
      { id: '', name: '' },
    ]);
  });

  it('goes back as far as it ever does for reps linked since', async () => {
    const appointments = [appt('a', 'rep1', 60), appt('b', 'rep2', 60), appt('c', 'rep2', 30 * day)];
    expect((await pulled({ appointments }, { newReps: ['rep2'] })).ids).toEqual(['b']);
    expect((await pulled({ appointments }, { reps: [], newReps: ['rep2'] })).ids).toEqual(['b']);
  });

  it('reads rows and lists in a fixed order, deleted ones with them', async () => {
    const { asked } = await pulled({}, { full: true, known: new Set(['k']) });
    const rows = asked.filter(({ soql }) => soql.startsWith('SELECT Id, IsDeleted, SystemModstamp, '));
    expect(rows.length).toBeGreaterThan(1);
    for (const { soql, deleted } of rows) {
      expect(soql).toMatch(/ ORDER BY SystemModstamp, Id$/);
      expect(deleted).toBe(true);
    }
  });
});

describe('an appointment of somebody else', () => {
  it('is counted under their name and stays there', async () => {
    const appointments = [appt('a', 'repX'), appt('b', 'repY'), appt('c', null)];
    const { ids, notOurs } = await pulled({ appointments });
    expect(ids).toEqual([]);
    expect(notOurs.map(({ id, name }) => `${id} ${name}`)).toEqual(['repX Robin Vale', 'repY ', ' ']);
  });

  it('that was ours is followed: it went to another rep, or to none', async () => {
    const appointments = [appt('a', 'repX'), appt('b', null), appt('c', 'repX')];
    const { ids, notOurs } = await pulled({ appointments }, { known: new Set(['a', 'b']) });
    expect(ids.sort()).toEqual(['a', 'b']);
    expect(notOurs).toEqual([{ id: 'repX', name: 'Robin Vale' }]);
  });

  it('that was deleted is gone where it was ours, and not counted where it was not', async () => {
    const appointments = [appt('a', 'repX'), appt('b', null), appt('c', 'repX')].map((each) => ({
      ...each,
      deleted: true,
    }));
    const { gone, notOurs } = await pulled({ appointments }, { known: new Set(['a', 'b']) });
    expect([gone.sort(), notOurs]).toEqual([['a', 'b'], []]);
  });

  it('is left alone where it was ours and did not change', async () => {
    const { ids, gone } = await pulled({ appointments: [appt('a', 'repX', 60)] }, { known: new Set(['a']) });
    expect([ids, gone]).toEqual([[], []]);
  });

  it('is told apart here where too many reps are linked to name them all', async () => {
    const reps = many(450, longRep);
    const appointments = [appt('ours', longRep(449)), appt('theirs', 'repX')];
    const { ids, notOurs, asked } = await pulled({ appointments }, { reps });
    expect(ids).toEqual(['ours']);
    expect(notOurs).toEqual([{ id: 'repX', name: 'Robin Vale' }]);
    expect(asked.filter(({ soql }) => soql.includes(`WHERE ${repField} IN`))).toHaveLength(3);
  });
});

it.each([1, 200, 400, 401, 450, 1000])(
  'asks nothing that is longer than an address may be, of %i reps',
  async (count) => {
    const [reps, known] = [many(count, longRep), new Set(many(count, (n) => `k${longRep(n)}`))];
    for (const window of [{ reps }, { newReps: reps }, { reps, known, full: true }])
      for (const { soql } of (await pulled({}, window)).asked)
        // The rest of 16,384 is for the server's name and the headers.
        expect(encodeURIComponent(soql).length).toBeLessThan(14_000);
  },
);

describe('an appointment whose own stamp did not move', () => {
  it('is read again where its opportunity, or its tie to one, changed', async () => {
    const appointments = [appt('a', 'rep1', 60), appt('b', 'rep1', 60)];
    const touched = [
      { id: 'a', ago: 3 },
      { id: 'b', ago: 60 },
    ];
    expect((await pulled({ appointments, touched }, { known: new Set(['a', 'b']) })).ids).toEqual(['a']);
  });

  it('is asked for by both stamps, those of deleted ties too', async () => {
    const { asked } = await pulled({});
    const { soql, deleted } = asked.find(({ soql }) => soql.includes(junction.childSObject))!;
    expect(deleted).toBe(true);
    expect(soql).toMatch(/\(SystemModstamp >= .*\) OR \(i360core__Sales_Opportunity__r\.SystemModstamp >= .*\)/);
  });

  it('is nobody’s business where it is not known', async () => {
    const { ids } = await pulled({ appointments: [appt('a', 'repX', 60)], touched: [{ id: 'a', ago: 3 }] });
    expect(ids).toEqual([]);
  });

  it('is read again in a full pass, whatever the stamps say', async () => {
    const appointments = [appt('a', 'rep1', 60 * day), appt('b', 'repX', 60 * day)];
    const { ids, gone } = await pulled({ appointments }, { full: true, known: new Set(['a', 'b']) });
    expect([ids, gone]).toEqual([['a', 'b'], []]);
  });
});

describe('an appointment that is not there any more', () => {
  it('is told as gone where it was deleted in the window, and is no row', async () => {
    const { ids, gone } = await pulled({ appointments: [{ ...appt('a'), deleted: true }, appt('b')] });
    expect([ids, gone]).toEqual([['b'], ['a']]);
  });

  it('comes back as a row when it was restored', async () => {
    expect((await pulled({ appointments: [appt('a')] }, { known: new Set() })).ids).toEqual(['a']);
  });

  it('is missing in a full pass where even the recycle bin is empty, or the hub’s user does not see it', async () => {
    const appointments = [appt('a', 'rep1', 60 * day), { ...appt('c', 'rep1', 60 * day), deleted: true }];
    const { ids, gone, missing } = await pulled({ appointments }, { full: true, known: new Set(['a', 'b', 'c']) });
    expect([ids, gone, missing]).toEqual([['a'], ['c'], ['b']]);
  });

  it('is never told as gone because nothing at all is to be seen', async () => {
    const known = new Set(many(300, longRep));
    const { gone, missing } = await pulled({ appointments: [] }, { known, full: true, from: iso(29 * day) });
    expect([gone, missing.length]).toEqual([[], 300]);
  });

  it('comes back in a full pass when it is seen again, though it did not change for a month, and is no news when not', async () => {
    const removed = new Set(['old', 'purged']);
    const window = { removed, full: true, from: iso(29 * day) };
    const { ids, gone, missing } = await pulled({ appointments: [appt('old', 'rep1', 40 * day)] }, window);
    expect([ids, gone, missing]).toEqual([['old'], [], []]);
  });

  it('is missing once, in parts that an address holds', async () => {
    const known = many(450, (n) => `k${n}`);
    const appointments = known.filter((_, n) => n % 2 === 0).map((id) => appt(id, 'rep1', 60 * day));
    const { ids, missing, asked } = await pulled({ appointments }, { full: true, known: new Set(known) });
    expect(ids).toHaveLength(225);
    expect(missing.sort()).toEqual(known.filter((_, n) => n % 2 === 1).sort());
    expect(asked.filter(({ soql }) => soql.includes('WHERE Id IN'))).toHaveLength(3);
  });
});

describe('what the company does not have', () => {
  const selectOf = ({ asked }: { readonly asked: readonly { readonly soql: string }[] }) => asked[0]!.soql;

  it('is not asked for, and is warned of by its name', async () => {
    const gone = ['i360core__Type__c', 'i360core__Contact_Email__c'];
    const result = await pulled({ appointments: [appt('a')], missing: gone });
    expect(result.ids).toEqual(['a']);
    expect(result.warnings.map(({ record }) => record).sort()).toEqual([...gone].sort());
    for (const name of gone) expect(selectOf(result)).not.toContain(name);
    expect(selectOf(result)).toContain('i360core__City__c');
  });

  it('is no warning where one of the two spellings of the phone is there', async () => {
    for (const missing of ['Contact_Phone__c', 'i360core__Contact_Phone__c'])
      expect((await pulled({ missing: [missing] })).warnings).toEqual([]);
    const neither = await pulled({ missing: ['Contact_Phone__c', 'i360core__Contact_Phone__c'] });
    expect(neither.warnings.map(({ record }) => record)).toEqual(['i360core__Contact_Phone__c']);
  });

  it('may be the opportunities: appointments come without them', async () => {
    const result = await pulled({ appointments: [appt('a')], withoutJunction: true });
    expect(result.ids).toEqual(['a']);
    expect(result.warnings.map(({ record }) => record)).toEqual([children]);
    expect(selectOf(result)).not.toContain('(SELECT');
    expect(result.asked.some(({ soql }) => soql.includes(junction.childSObject))).toBe(false);
  });

  it('may be the way from their junction to the opportunities: appointments come without them', async () => {
    const result = await pulled({ appointments: [appt('a')], missingOfJunction: [lookup] });
    expect(result.ids).toEqual(['a']);
    expect(result.warnings.map(({ record }) => record)).toEqual([children]);
    expect(result.asked.some(({ soql }) => soql.includes(lookup.replace('__c', '__r')))).toBe(false);
  });

  it('may be a field of the opportunities', async () => {
    const result = await pulled({ missingOfOpportunity: ['i360core__Interested_In__c'] });
    expect(selectOf(result)).not.toContain('Interested_In');
    expect(selectOf(result)).toContain('i360core__Sales_Opportunity__r.i360core__Result__c');
  });

  it.each(requiredFields)(
    'ends the run where it is %s: nothing would come, and nobody must think that nothing is there',
    async (name) => {
      const { client, asked } = world({ appointments: [appt('a')], missing: [name] });
      const error: unknown = await (async () => {
        for await (const _page of pullAppointments(client, windowOf())) expect.fail('a page came');
      })().catch((thrown: unknown) => thrown);
      expect(isHubError(error, 'rejected') && error.code).toBe('improveit360.schema.required-missing');
      expect((error as Error).message).toContain(name);
      expect(asked).toEqual([]);
    },
  );
});

describe('a pull that fails', () => {
  it('fails as a whole: no page says that something is gone', async () => {
    const { client } = world({});
    const pages: Page[] = [];
    const lost = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('lost')) }) };
    const broken = { ...client, pages: () => lost } as unknown as Improveit360Client;
    const run = async () => {
      for await (const page of pullAppointments(broken, windowOf({ full: true, known: new Set(['a']) })))
        pages.push(page);
    };
    await expect(run()).rejects.toThrow('lost');
    expect(pages.flatMap(({ gone = [], missing = [] }) => [...gone, ...missing])).toEqual([]);
  });
});
