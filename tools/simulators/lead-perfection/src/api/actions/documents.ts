import type { StoredDocument } from '../../company/documents.ts';
import type { Action, Call } from '../action.ts';
import type { Answer } from '../answers.ts';
import { list } from '../action.ts';
import { missingColumn, notPermitted, refused, UPDATED } from '../answers.ts';
import { text, whole } from '../request-body.ts';

/** SalesApi/AddSalesmanImages: a file on an issued lead, that is an appointment. */
export const addSalesmanImages = fileAction('AddSalesmanImages', { owner: 'ils', idName: 'ilsid' });
/** SalesApi/AddJobImages: a file on a sold job. Jobs are not simulated, so any job number is taken. */
export const addJobImages = fileAction('AddJobImages', { owner: 'job', idName: 'jobid' });

/** SalesApi/GetLinks: the stored documents of a record. The shape of its rows is assumed. */
export const getLinks: Action = {
  controller: 'SalesApi',
  name: 'GetLinks',
  body: 'form',
  column: 'rectype',
  run: (call) => {
    const rectype = (text(call.params, 'rectype') ?? '').trim().toLowerCase();
    const recid = whole(call.params, 'recid');
    const owner = rectype === 'ils' || rectype === 'job' ? rectype : null;
    const found = owner && recid !== null ? call.company.documents.of(owner, recid) : [];
    const rows = found.map((one) => ({
      ID: one.id,
      FileName: one.filename,
      DocDescr: one.docdescr,
      DtyID: one.dtyid,
      DateEntered: one.enteredAt,
    }));
    return list(call, `${rectype}|${recid}`, rows);
  },
};

interface FileOwner {
  owner: StoredDocument['owner'];
  idName: string;
}

function fileAction(name: string, target: FileOwner): Action {
  return { controller: 'SalesApi', name, body: 'json', column: 'filebytes', run: (call) => storeFile(call, target) };
}

function storeFile(call: Call, { owner, idName }: FileOwner): Answer {
  const { company, params } = call;
  const recid = whole(params, idName);
  const dtyid = whole(params, 'dtyid');
  const filename = text(params, 'filename')?.trim();
  const bytes = bytesFrom(params.get('filebytes'));
  if (recid === null) return missingColumn(idName);
  if (dtyid === null) return missingColumn('dtyid');
  if (!filename) return missingColumn('filename');
  if (!bytes) return missingColumn('filebytes');
  if (!company.lookups.documentTypes.some((type) => type.dtyid === dtyid)) {
    return refused(`Document type ${dtyid} does not exist.`);
  }
  if (!company.permissions.mayUseDocumentType(call.user, dtyid)) {
    return notPermitted(call.action, ` for document type ${dtyid}`);
  }
  if (owner === 'ils' && !company.calendar.get(recid)) return refused(`Issued lead ${recid} was not found.`);
  const docdescr = text(params, 'docdescr') ?? '';
  const enteredAt = company.clock.wallTime();
  company.documents.store({ owner, recid, filename, docdescr, dtyid, user: call.user, enteredAt }, bytes);
  return UPDATED;
}

/** Only an array with one whole number from 0 to 255 for each byte; null for anything else. */
function bytesFrom(value: unknown): Buffer | null {
  if (!Array.isArray(value)) return null;
  const numbers: unknown[] = value;
  const bytes = Buffer.allocUnsafe(numbers.length);
  for (let index = 0; index < numbers.length; index += 1) {
    const byte = numbers[index];
    if (typeof byte !== 'number' || (byte & 0xff) !== byte) return null;
    bytes[index] = byte;
  }
  return bytes;
}
