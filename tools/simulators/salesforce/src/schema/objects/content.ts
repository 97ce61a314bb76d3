import type { ObjectDefinition } from '../definition.ts';
import { OWNER_FIELD } from '../system-fields.ts';

const readOnly = { createable: false, updateable: false } as const;

/** What a file can be attached to. */
const LINKABLE = [
  'Account',
  'Contact',
  'User',
  'i360core__Sales_Appointment__c',
  'i360core__Sales_Opportunity__c',
  'i360core__Sale__c',
];

export const CONTENT_DOCUMENT: ObjectDefinition = {
  name: 'ContentDocument',
  label: 'Content Document',
  keyPrefix: '069',
  createable: false,
  fields: [
    { name: 'Title', type: 'string' },
    { name: 'Description', type: 'textarea', length: 1000 },
    OWNER_FIELD,
    { name: 'FileExtension', type: 'string', length: 40, ...readOnly },
    { name: 'FileType', type: 'string', length: 20, ...readOnly },
    { name: 'ContentSize', type: 'int', ...readOnly },
    {
      name: 'LatestPublishedVersionId',
      type: 'reference',
      ...readOnly,
      reference: { to: ['ContentVersion'], relationship: 'LatestPublishedVersion' },
    },
  ],
};

export const CONTENT_VERSION: ObjectDefinition = {
  name: 'ContentVersion',
  label: 'Content Version',
  keyPrefix: '068',
  deletable: false,
  fields: [
    {
      name: 'ContentDocumentId',
      type: 'reference',
      updateable: false,
      reference: {
        to: ['ContentDocument'],
        relationship: 'ContentDocument',
        children: 'ContentVersions',
        cascade: true,
      },
    },
    OWNER_FIELD,
    { name: 'Title', type: 'string' },
    { name: 'PathOnClient', type: 'string', length: 500, updateable: false, required: true },
    { name: 'VersionData', type: 'base64', updateable: false, filterable: false },
    { name: 'Description', type: 'textarea', length: 1000 },
    {
      name: 'FirstPublishLocationId',
      type: 'reference',
      updateable: false,
      reference: { to: LINKABLE, relationship: 'FirstPublishLocation' },
    },
    { name: 'VersionNumber', type: 'string', length: 20, ...readOnly },
    { name: 'IsLatest', type: 'boolean', ...readOnly },
    { name: 'FileExtension', type: 'string', length: 40, ...readOnly },
    { name: 'FileType', type: 'string', length: 20, ...readOnly },
    { name: 'ContentSize', type: 'int', ...readOnly },
    { name: 'Checksum', type: 'string', length: 50, ...readOnly },
  ],
};

export const CONTENT_DOCUMENT_LINK: ObjectDefinition = {
  name: 'ContentDocumentLink',
  label: 'Content Document Link',
  keyPrefix: '06A',
  fields: [
    {
      name: 'ContentDocumentId',
      type: 'reference',
      required: true,
      updateable: false,
      reference: {
        to: ['ContentDocument'],
        relationship: 'ContentDocument',
        children: 'ContentDocumentLinks',
        cascade: true,
      },
    },
    {
      name: 'LinkedEntityId',
      type: 'reference',
      required: true,
      updateable: false,
      reference: { to: LINKABLE, relationship: 'LinkedEntity', children: 'ContentDocumentLinks', cascade: true },
    },
    {
      name: 'ShareType',
      type: 'picklist',
      required: true,
      picklist: {
        restricted: true,
        entries: [
          { value: 'V', label: 'Viewer' },
          { value: 'C', label: 'Collaborator' },
          { value: 'I', label: 'Inferred' },
        ],
      },
    },
    {
      name: 'Visibility',
      type: 'picklist',
      default: 'AllUsers',
      picklist: {
        restricted: true,
        entries: [{ value: 'AllUsers' }, { value: 'InternalUsers' }, { value: 'SharedUsers' }],
      },
    },
  ],
};
