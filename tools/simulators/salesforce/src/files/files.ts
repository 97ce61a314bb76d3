import type { Data } from '../records/read-value.ts';
import type { Row } from '../records/row.ts';
import type { RowWriter, Writer } from '../records/writer.ts';
import type { Fields } from '../records/prepare.ts';
import type { ObjectShape } from '../schema/object-shape.ts';
import type { Switches } from '../settings.ts';
import type { ContentStore } from './content-store.ts';
import { objectNamed } from '../records/find-row.ts';
import { SalesforceError } from '../records/salesforce-error.ts';

/** A file that the org holds, one version each. */
export interface StoredFile {
  versionId: string;
  documentId: string;
  title: string;
  fileName: string;
  size: number;
  sha256: string;
  /** Records it hangs on, people left out. */
  linkedTo: readonly string[];
  /** When it came, as the API prints it, and who brought it. */
  at: string;
  by: string;
  /** Absent when it was too much to keep. */
  content: Buffer | undefined;
}

export interface FileParts {
  data: Data;
  rows: RowWriter;
  contents: ContentStore;
  switches: Switches;
}

/** What a multipart call brings beside its fields. */
export type Upload = Buffer | undefined;

/**
 * Makes a ContentVersion as the vendor does: its document when it has none, a link for the person who brought it, and
 * one to the record named by FirstPublishLocationId. Must run inside `store.whole`.
 */
export function createVersion(parts: FileParts, fields: Fields, more: { by: Writer; upload: Upload }): Row {
  const { data, rows, contents } = parts;
  const { by } = more;
  const { content, others } = contentOf(parts, fields, more.upload);
  const shape = objectNamed(data, 'ContentVersion');
  const version = rows.create(shape, others, by);
  const kept = contents.put(version.Id, content);
  data.store.onTakenBack(() => contents.remove(version.Id));
  const fileName =
    String(version['PathOnClient'] ?? '')
      .split(/[\\/]/)
      .at(-1) ?? '';
  const title = String(version['Title'] ?? fileName.replace(/\.[^.]*$/, ''));
  const extension = /\.([^.]+)$/.exec(fileName)?.[1] ?? null;
  const facts = { FileExtension: extension, FileType: (extension ?? 'unknown').toUpperCase(), ContentSize: kept.size };
  const given = version['ContentDocumentId'];
  const documentId = typeof given === 'string' ? given : newDocument(parts, title, by);
  const earlier = data.store
    .children('ContentVersion', 'ContentDocumentId', documentId)
    .filter((row) => row !== version);
  for (const row of earlier) data.store.patch('ContentVersion', row.Id, { IsLatest: false });
  data.store.patch('ContentVersion', version.Id, {
    ...facts,
    Title: title,
    Checksum: kept.md5,
    ContentDocumentId: documentId,
    IsLatest: true,
    VersionNumber: String(earlier.length + 1),
    VersionData: `/services/data/sobjects/ContentVersion/${version.Id}/VersionData`,
  });
  data.store.patch('ContentDocument', documentId, {
    ...facts,
    Title: title,
    Description: version['Description'] ?? null,
    LatestPublishedVersionId: version.Id,
    LastModifiedDate: version.LastModifiedDate,
    SystemModstamp: version.SystemModstamp,
  });
  const location = version['FirstPublishLocationId'];
  if (typeof given !== 'string' && typeof location === 'string')
    link(parts, { documentId, to: location, share: 'V', by });
  return version;
}

/** Title and description of a document are those of its latest version, whichever of the two is written. */
export function mirrorTexts({ data }: FileParts, written: { object: ObjectShape; row: Row }): void {
  const { object, row } = written;
  const texts = { Title: row['Title'] ?? null, Description: row['Description'] ?? null };
  const twin = object.name === 'ContentVersion' ? row['ContentDocumentId'] : row['LatestPublishedVersionId'];
  if (typeof twin !== 'string') return;
  if (object.name === 'ContentDocument') data.store.patch('ContentVersion', twin, texts);
  if (object.name === 'ContentVersion' && row['IsLatest'] === true) data.store.patch('ContentDocument', twin, texts);
}

/** Every version with its content. */
export function storedFiles({ data, contents }: FileParts): StoredFile[] {
  const files: StoredFile[] = [];
  for (const row of data.store.rows('ContentVersion')) {
    const content = contents.get(row.Id);
    if (row.IsDeleted || !content) continue;
    const documentId = String(row['ContentDocumentId']);
    const links = data.store.children('ContentDocumentLink', 'ContentDocumentId', documentId);
    files.push({
      versionId: row.Id,
      documentId,
      title: String(row['Title']),
      fileName: String(row['PathOnClient']),
      size: content.size,
      sha256: content.sha256,
      linkedTo: links
        .filter((item) => !item.IsDeleted)
        .map((item) => String(item['LinkedEntityId']))
        .filter((id) => !id.startsWith('005')),
      at: row.CreatedDate,
      by: row.CreatedById,
      content: content.bytes,
    });
  }
  return files;
}

function contentOf(
  { switches }: FileParts,
  fields: Fields,
  upload: Upload,
): { content: Buffer; others: Record<string, unknown> } {
  const others = Object.fromEntries(Object.entries(fields).filter(([name]) => name.toLowerCase() !== 'versiondata'));
  if (upload) {
    if (upload.length > switches.fileLimit) throw tooLarge();
    return { content: upload, others };
  }
  const given = Object.entries(fields).find(([name]) => name.toLowerCase() === 'versiondata')?.[1];
  if (given === undefined || given === null || given === '') {
    throw new SalesforceError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [VersionData]', {
      fields: ['VersionData'],
    });
  }
  if (typeof given !== 'string' || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(given)) {
    throw new SalesforceError('JSON_PARSER_ERROR', 'VersionData: value is not valid base64', {
      fields: ['VersionData'],
    });
  }
  const content = Buffer.from(given, 'base64');
  if (content.length > switches.base64Limit) throw tooLarge();
  return { content, others };
}

function tooLarge(): SalesforceError {
  return new SalesforceError('REQUEST_TOO_LARGE', 'The file is larger than this way of sending allows.', {
    status: 413,
  });
}

function newDocument(parts: FileParts, title: string, by: Writer): string {
  const office = { ...by, api: false };
  const document = parts.rows.create(objectNamed(parts.data, 'ContentDocument'), { Title: title }, office);
  link(parts, { documentId: document.Id, to: by.userId, share: 'I', by });
  return document.Id;
}

function link(
  { data, rows }: FileParts,
  { documentId, to, share, by }: { documentId: string; to: string; share: string; by: Writer },
): void {
  const fields = { ContentDocumentId: documentId, LinkedEntityId: to, ShareType: share, Visibility: 'AllUsers' };
  rows.create(objectNamed(data, 'ContentDocumentLink'), fields, { ...by, api: false });
}
