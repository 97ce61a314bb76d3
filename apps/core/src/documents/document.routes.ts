import { pipeline } from 'node:stream/promises';
import { HubId } from '@occ-hub/contracts';
import { parseInput } from '@occ-hub/service';
import type { Response } from 'express';
import { z } from 'zod';
import type { AppointmentStore } from '../appointments/appointment.store.ts';
import { mapPage, PageQuery, pageShape } from '../store/page.ts';
import { found } from '../store/found.ts';
import { InJob, InOrg } from '../http/params.ts';
import { type Answer, type Call, type Route, route, streamed } from '../http/route.ts';
import type { JobStore } from '../jobs/job.store.ts';
import { findTarget } from '../jobs/target.ts';
import { hashOf } from '../store/id-of.ts';
import type { Occasion } from '../outbox/outbound-event.ts';
import { type DocumentRecord, DocumentView, documentView } from './document.ts';
import type { DocumentStore } from './document.store.ts';
import type { DocumentTokens } from './document-token.ts';
import { receiveUpload } from './receive-upload.ts';
import { SignDocument, signDocument } from './sign-document.ts';

const tag = 'Documents';
const InDocument = InOrg.extend({ document: HubId });
const pdf = { description: 'The PDF', contentType: 'application/pdf' };

export interface DocumentRouteParts {
  readonly jobs: JobStore;
  readonly appointments: AppointmentStore;
  readonly documents: DocumentStore;
  readonly tokens: DocumentTokens;
  readonly occasion: () => Occasion;
  readonly wake: () => void;
}

export function documentRoutes(parts: DocumentRouteParts): readonly Route[] {
  const { jobs, documents, tokens } = parts;
  return [
    route({
      method: 'get',
      path: '/v1/orgs/{org}/jobs/{job}/documents',
      tag,
      summary: 'Documents of a job, newest first',
      access: ['org-user', 'org-admin'],
      params: InJob,
      query: PageQuery,
      replies: { 200: pageShape(DocumentView) },
      handle: async ({ params: { org, job }, query }) => {
        found(await jobs.find(org, job), 'job');
        return { status: 200, body: mapPage(await documents.list(job, query), documentView) };
      },
    }),
    route({
      method: 'post',
      path: '/v1/orgs/{org}/jobs/{job}/documents',
      tag,
      summary: 'Sign a document: its PDF (25 MiB at most) goes to the CRM',
      access: ['org-user', 'org-admin'],
      creates: true,
      params: InJob,
      upload: SignDocument,
      replies: { 201: DocumentView },
      handle: (call) => sign(parts, call),
    }),
    route({
      method: 'get',
      path: '/v1/orgs/{org}/documents/{document}/content',
      tag,
      summary: 'The PDF of a document',
      access: ['org-user', 'org-admin'],
      params: InDocument,
      replies: { 200: pdf },
      handle: async ({ params: { org, document }, response }) => {
        return sendFile(documents, found(await documents.find(org, document), 'document'), response);
      },
    }),
    route({
      method: 'get',
      path: '/internal/documents/{document}',
      tag: 'Inside the cluster',
      summary: 'The PDF of a document, for the holder of its token',
      access: 'open',
      params: InDocument.pick({ document: true }),
      query: z.object({ token: z.string().max(2_000).default('') }),
      replies: { 200: pdf },
      handle: async ({ params: { document }, query: { token }, response }) => {
        await tokens.check(document, token);
        return sendFile(documents, found(await documents.findForToken(document), 'document'), response);
      },
    }),
  ];
}

type SignCall = Call<{ org: string; job: string }, unknown, unknown>;

/** Stores the bytes first, then the document with its event in one write: a crash between leaves bytes without a name. */
async function sign(parts: DocumentRouteParts, call: SignCall): Promise<Answer> {
  const { params, request, caller, newId, once } = call;
  found(await parts.jobs.find(params.org, params.job), 'job');
  const id = newId('doc');
  const upload = await receiveUpload(request, () => parts.documents.newFile(id));
  let kept = false;
  try {
    const command = parseInput(SignDocument, upload.fields);
    return await once(hashOf([params, command, upload.file.sha256]), async () => {
      const target = await findTarget(parts, { ...params, appointment: command.appointment });
      const state = { ...target, id, member: caller.member, file: upload.file };
      const record = signDocument(command, state, parts.occasion());
      // A write without an answer may have been made: its bytes stay, and the sweep takes them if it was not.
      kept = true;
      const { document, made } = await parts.documents.add(record);
      kept = made;
      parts.wake();
      return { status: 201, body: documentView(document) };
    });
  } finally {
    if (!kept) await upload.discard();
  }
}

async function sendFile(documents: DocumentStore, record: DocumentRecord, response: Response): Promise<Answer> {
  response.status(200).set({
    'content-type': record.content_type,
    'content-length': String(record.size),
    'content-disposition': `attachment; filename="${record._id}.pdf"`,
    'repr-digest': `sha-256=:${Buffer.from(record.sha256, 'hex').toString('base64')}:`,
    'cache-control': 'private, no-store',
  });
  try {
    await pipeline(documents.openFile(record), response);
  } catch (error) {
    if (!response.destroyed || !isCutByReader(error)) throw error;
  }
  return streamed;
}

function isCutByReader(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
