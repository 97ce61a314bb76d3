import type { Org } from '../records/org.ts';
import type { Fields } from '../records/prepare.ts';
import type { Row } from '../records/row.ts';

/** Creates a record with those of the fields that the org's schema has: a schema of one's own may have fewer. */
export function createKnown(org: Org, type: string, fields: Fields): Row {
  const object = org.schema.object(type);
  const known = Object.entries(fields).filter(([name]) => object?.anyField(name));
  return org.create(type, Object.fromEntries(known));
}
