import type { FieldDefinition, FieldType, Picklist, PicklistEntry } from './definition.ts';
import type { ObjectShape } from './object-shape.ts';
import type { Schema } from './schema.ts';
import { checksumOf } from '../ids.ts';
import { validForBitmap } from './valid-for.ts';

/** Where an answer's own addresses begin, and how inactive picklist entries are told. */
export interface DescribeStyle {
  /** `/services/data/v62.0` */
  base: string;
  listInactive: boolean;
}

const SOAP_TYPES: Partial<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  base64: 'xsd:base64Binary',
};

/** One row of the global describe. */
export function describeBrief(object: ObjectShape, base: string): Record<string, unknown> {
  const { definition } = object;
  const url = `${base}/sobjects/${object.name}`;
  return {
    activateable: false,
    createable: definition.createable !== false,
    custom: object.name.endsWith('__c'),
    customSetting: false,
    deletable: definition.deletable !== false,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isSubtype: false,
    keyPrefix: definition.keyPrefix,
    label: definition.label,
    labelPlural: definition.labelPlural ?? `${definition.label}s`,
    layoutable: true,
    mergeable: false,
    mruEnabled: false,
    name: object.name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: true,
    triggerable: true,
    undeletable: definition.deletable !== false,
    updateable: definition.updateable !== false,
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

/** The whole describe of an object, computed from the schema as it is now. */
export function describeObject(schema: Schema, object: ObjectShape, style: DescribeStyle): Record<string, unknown> {
  return {
    actionOverrides: [],
    ...describeBrief(object, style.base),
    childRelationships: schema.childRelations(object).map(({ object: child, field, relationship }) => ({
      cascadeDelete: field.reference?.cascade ?? false,
      childSObject: child.name,
      deprecatedAndHidden: false,
      field: field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: relationship,
      restrictedDelete: false,
    })),
    compactLayoutable: true,
    fields: object.fields().map((field) => describeField(object, field, style)),
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: recordTypes(object, style.base),
    searchLayoutable: true,
    supportedScopes: [],
  };
}

function describeField(object: ObjectShape, field: FieldDefinition, style: DescribeStyle): Record<string, unknown> {
  const computed = isComputed(field);
  return {
    aggregatable: true,
    autoNumber: field.autoNumber !== undefined,
    calculated: field.formula !== undefined,
    controllerName: field.picklist?.controller ?? null,
    createable: field.createable !== false && !computed,
    custom: field.name.endsWith('__c'),
    defaultValue: field.type === 'boolean' ? (field.default ?? false) : null,
    defaultedOnCreate: field.default !== undefined || field.name === 'OwnerId',
    dependentPicklist: field.picklist?.controller !== undefined,
    deprecatedAndHidden: false,
    externalId: field.externalId ?? false,
    filterable: isFilterable(field),
    groupable: field.type !== 'textarea' && field.type !== 'datetime',
    idLookup: field.name === 'Id' || field.externalId === true,
    inlineHelpText: null,
    label: labelOf(field),
    length: lengthOf(field),
    name: field.name,
    nameField: field.name === 'Name',
    nillable: field.required !== true && field.type !== 'boolean' && field.createable !== false,
    permissionable: field.required !== true,
    picklistValues: picklistValues(object, field.picklist, style),
    referenceTo: field.reference?.to ?? [],
    relationshipName: field.reference?.relationship ?? null,
    restrictedPicklist: field.picklist?.restricted ?? false,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable: field.type !== 'textarea' && field.type !== 'base64',
    type: field.type,
    unique: field.unique ?? false,
    updateable: field.updateable !== false && !computed,
  };
}

/** Computed by the org and never written. */
export function isComputed(field: FieldDefinition): boolean {
  return field.formula !== undefined || field.joined !== undefined || field.autoNumber !== undefined;
}

/** Long texts and contents cannot be used in WHERE. */
export function isFilterable(field: FieldDefinition): boolean {
  return field.filterable ?? (field.type !== 'textarea' && field.type !== 'base64');
}

export function labelOf(field: FieldDefinition): string {
  return (
    field.label ??
    field.name
      .replace(/^i360core__/, '')
      .replace(/__c$/, '')
      .replaceAll('_', ' ')
  );
}

/** Characters a field can hold; 0 where that makes no sense. */
export function lengthOf(field: FieldDefinition): number {
  if (field.type === 'id' || field.type === 'reference') return 18;
  if (['boolean', 'int', 'double', 'currency', 'date', 'datetime', 'base64'].includes(field.type)) return 0;
  return field.length ?? 255;
}

function picklistValues(
  object: ObjectShape,
  picklist: Picklist | undefined,
  style: DescribeStyle,
): Record<string, unknown>[] {
  if (!picklist) return [];
  const controlling =
    picklist.controller === undefined ? undefined : controllingValues(object, picklist.controller, style);
  return listed(picklist.entries, style).map((entry) => ({
    active: entry.active !== false,
    defaultValue: entry.default ?? false,
    label: entry.label ?? entry.value,
    validFor: controlling ? validForBitmap(indexesOf(entry, controlling), controlling.length) : null,
    value: entry.value,
  }));
}

/** The entries that a bitmap counts. A checkbox has none of its own: false is 0 and true is 1. */
export function controllingValues(object: ObjectShape, controller: string, style: { listInactive: boolean }): string[] {
  const field = object.field(controller);
  if (field?.type === 'boolean') return ['false', 'true'];
  return listed(field?.picklist?.entries ?? [], style).map((entry) => entry.value);
}

export function indexesOf(entry: PicklistEntry, controlling: readonly string[]): number[] {
  return (entry.validFor ?? []).map((value) => controlling.indexOf(value)).filter((index) => index >= 0);
}

export function listed(entries: readonly PicklistEntry[], style: { listInactive: boolean }): readonly PicklistEntry[] {
  return style.listInactive ? entries : entries.filter((entry) => entry.active !== false);
}

function recordTypes(object: ObjectShape, base: string): Record<string, unknown>[] {
  const own = (object.definition.recordTypes ?? []).map((name, at) => ({
    active: true,
    available: true,
    defaultRecordTypeMapping: at === 0,
    developerName: name.replaceAll(' ', '_'),
    master: false,
    name,
    recordTypeId: withChecksum(`012Hs000000${object.definition.keyPrefix}${at}`),
  }));
  const master = {
    active: true,
    available: true,
    defaultRecordTypeMapping: own.length === 0,
    developerName: 'Master',
    master: true,
    name: 'Master',
    recordTypeId: '012000000000000AAA',
  };
  return [...own, master].map((info) => ({
    ...info,
    urls: { layout: `${base}/sobjects/${object.name}/describe/layouts/${info.recordTypeId}` },
  }));
}

function withChecksum(id15: string): string {
  return id15 + checksumOf(id15);
}
