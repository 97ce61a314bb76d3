import type { ObjectShape } from '../schema/object-shape.ts';
import type { Data } from './read-value.ts';
import type { Row } from './row.ts';
import type { RowWriter, Writer } from './writer.ts';
import { stampText } from './row.ts';

const OPPORTUNITY = 'i360core__Sales_Opportunity__c';

/**
 * The package's own flow: an opportunity whose Result is written as Sold gets a Sale. It runs for every such write, also
 * when the Result was Sold before: a caller that writes twice sells twice.
 */
export function makeSale(
  parts: { data: Data; rows: RowWriter; now: number },
  written: { object: ObjectShape; row: Row; fields: readonly string[]; by: Writer },
): void {
  const { data, rows, now } = parts;
  const { object, row, fields, by } = written;
  const resulted = fields.some((name) => name.toLowerCase() === 'i360core__result__c');
  const sale = data.schema.object('i360core__Sale__c');
  if (object.name !== OPPORTUNITY || !resulted || row['i360core__Result__c'] !== 'Sold' || !sale) return;
  rows.create(
    sale,
    {
      i360core__Account__c: row['i360core__Account__c'],
      i360core__Sales_Opportunity__c: row.Id,
      i360core__Sold_On__c: stampText(now),
      i360core__Product_Categories__c: row['i360core__Interested_In__c'],
    },
    { ...by, api: false },
  );
}
