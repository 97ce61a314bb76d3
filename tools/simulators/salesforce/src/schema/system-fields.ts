import type { FieldDefinition } from './definition.ts';

const readOnly = { createable: false, updateable: false } as const;

/** What every object has, kept by the org and not by callers. */
export const SYSTEM_FIELDS: readonly FieldDefinition[] = [
  { name: 'Id', type: 'id', label: 'Record ID', ...readOnly },
  { name: 'IsDeleted', type: 'boolean', label: 'Deleted', ...readOnly },
  { name: 'CreatedDate', type: 'datetime', label: 'Created Date', ...readOnly },
  { name: 'CreatedById', type: 'reference', label: 'Created By ID', ...readOnly, reference: user('CreatedBy') },
  { name: 'LastModifiedDate', type: 'datetime', label: 'Last Modified Date', ...readOnly },
  {
    name: 'LastModifiedById',
    type: 'reference',
    label: 'Last Modified By ID',
    ...readOnly,
    reference: user('LastModifiedBy'),
  },
  { name: 'SystemModstamp', type: 'datetime', label: 'System Modstamp', ...readOnly },
];

export const OWNER_FIELD: FieldDefinition = {
  name: 'OwnerId',
  type: 'reference',
  label: 'Owner ID',
  reference: user('Owner'),
};

function user(relationship: string): { to: readonly string[]; relationship: string } {
  return { to: ['User'], relationship };
}
