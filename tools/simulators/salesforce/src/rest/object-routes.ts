import type { ObjectShape } from '../schema/object-shape.ts';
import type { RestParts, RouteHandler } from './rest-call.ts';
import { notFound } from '../records/salesforce-error.ts';
import { controllingValues, describeBrief, describeObject, indexesOf, listed } from '../schema/describe.ts';

const LARGEST_BATCH = 200;
const MASTER_RECORD_TYPE = '012000000000000AAA';

/** The object of a path. Throws NOT_FOUND, as the vendor does for what is no resource. */
export function objectOf({ org }: RestParts, name: string | undefined): ObjectShape {
  const object = org.schema.object(name ?? '');
  if (!object) throw notFound();
  return object;
}

export const resources: RouteHandler = (parts, { base, by }) => ({
  status: 200,
  body: {
    sobjects: `${base}/sobjects`,
    query: `${base}/query`,
    queryAll: `${base}/queryAll`,
    composite: `${base}/composite`,
    limits: `${base}/limits`,
    'ui-api': `${base}/ui-api`,
    identity: parts.identityUrl(by.userId),
  },
});

export const describeGlobal: RouteHandler = ({ org }, { base }) => ({
  status: 200,
  body: {
    encoding: 'UTF-8',
    maxBatchSize: LARGEST_BATCH,
    sobjects: org.schema.objects().map((object) => describeBrief(object, base)),
  },
});

export const basicInfo: RouteHandler = (parts, { base }, [name]) => ({
  status: 200,
  body: { objectDescribe: describeBrief(objectOf(parts, name), base), recentItems: [] },
});

export const describe: RouteHandler = (parts, { base, headers }, [name]) => {
  const { org } = parts;
  const object = objectOf(parts, name);
  const changed = new Date(org.schema.changedAt).toUTCString();
  const since = Date.parse(headers['if-modified-since'] ?? '');
  if (!Number.isNaN(since) && since >= Date.parse(changed)) return { status: 304 };
  const style = { base, listInactive: org.switches.listInactive };
  return { status: 200, body: describeObject(org.schema, object, style), headers: { 'Last-Modified': changed } };
};

export const limits: RouteHandler = ({ limits: counted }) => ({
  status: 200,
  body: {
    DailyApiRequests: { Max: counted.max(), Remaining: Math.max(0, counted.max() - counted.used()) },
    DataStorageMB: { Max: 10_240, Remaining: 10_112 },
    FileStorageMB: { Max: 10_240, Remaining: 9_870 },
  },
});

/** The other way to learn a picklist: plain indexes instead of bitmaps. */
export const picklistValues: RouteHandler = (parts, { base }, [name, recordType, only]) => {
  const object = objectOf(parts, name);
  if (recordType !== MASTER_RECORD_TYPE && !(object.definition.recordTypes ?? []).length) throw notFound();
  const fields = object.fields().filter((field) => field.picklist && (only === undefined || field.name === only));
  if (only !== undefined && fields.length === 0) throw notFound();
  const style = { listInactive: false };
  const values = fields.map((field) => {
    const { picklist } = field;
    const controlling = picklist?.controller === undefined ? [] : controllingValues(object, picklist.controller, style);
    const url = `${base}/ui-api/object-info/${object.name}/picklist-values/${recordType}/${field.name}`;
    const body = {
      controllerValues: Object.fromEntries(controlling.map((value, at) => [value, at])),
      defaultValue: null,
      eTag: String(parts.org.schema.version),
      url,
      values: listed(picklist?.entries ?? [], style).map((entry) => ({
        attributes: null,
        label: entry.label ?? entry.value,
        validFor: indexesOf(entry, controlling),
        value: entry.value,
      })),
    };
    return [field.name, body] as const;
  });
  const [first] = values;
  if (only !== undefined && first) return { status: 200, body: first[1] };
  return {
    status: 200,
    body: { eTag: String(parts.org.schema.version), picklistFieldValues: Object.fromEntries(values) },
  };
};
