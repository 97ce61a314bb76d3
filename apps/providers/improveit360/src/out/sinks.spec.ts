import { AppointmentResulted, DocumentSigned, OpportunityResulted } from '@occ-hub/contracts';
import { HubError, isHubError } from '@occ-hub/errors';
import type { Sink, StepRunner } from '@occ-hub/provider-kit';
import { aWrite } from '@occ-hub/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import type { Improveit360Client } from '../client.ts';
import { objects } from '../records.ts';
import { appointmentResult, opportunityResult } from '../results.ts';
import { Settings } from '../settings.ts';
import { appointmentResulted } from './appointment-resulted.sink.ts';
import { documentSigned } from './document-signed.sink.ts';
import { opportunityResulted } from './opportunity-resulted.sink.ts';

const settings = Settings.parse({
  ...{ consumer_key: 'key-1', consumer_secret: 'secret-1', time_zone: 'America/New_York' },
  attach_documents: ['signed_agreement'],
});
const target = {
  ...{ job_external_id: 'job1', appointment_external_id: 'appt1', time_zone: 'America/New_York' },
  appointment_start_time: '2026-11-20T15:30:00.000Z',
};
const bytes = Buffer.from('%PDF-1.7');
const document = {
  ...{ document_id: 'doc_1', type: 'signed_agreement', title: 'Agreement', content_type: 'application/pdf' },
  ...{ sha256: 'a'.repeat(64), size: bytes.length },
};
const lost = new HubError({ kind: 'transient', code: 'x.lost', message: 'lost', mayHaveApplied: true });

const list = (name: string, ...values: string[]) => ({ name, picklistValues: values.map((value) => ({ value })) });
const described = ({ result, detail }: typeof appointmentResult) => ({
  ...{ fields: [list(result, 'Ran', 'Sold', 'Not Sold'), list(detail, 'Price', 'One Leg')], childRelationships: [] },
});

/** Salesforce with its records and files; what it was told. */
function world({ answerLost = false } = {}) {
  const sent: { readonly object: string; readonly id: string; readonly fields: object }[] = [];
  const files: { readonly record: string; readonly mark: string; readonly [more: string]: unknown }[] = [];
  const client = {
    describe: async (object: string) =>
      described(object === objects.appointment ? appointmentResult : opportunityResult),
    read: async () => ({}),
    update: async (object: string, id: string, fields: object) => void sent.push({ object, id, fields }),
    addFile: async (file: { record: string; mark: string }) => {
      files.push(file);
      if (answerLost && files.length === 1) throw lost;
      return `068-${files.length}`;
    },
    fileWith: async (record: string, mark: string) =>
      files.some((file) => file.record === record && file.mark === mark) ? '069-1' : undefined,
  };
  /** One attempt; one after an unknown end looks first, as the kit does. */
  async function deliver(sink: Sink<Improveit360Client, Settings>, data: object, afterUnknownEnd = false) {
    const step: StepRunner = async (_name, { find, do: work }) =>
      (afterUnknownEnd ? await find?.() : undefined) ?? work();
    const read = sink.event.data.parse(data);
    const given = { client: client as unknown as Improveit360Client, settings, step, data: read };
    return sink.write(aWrite({ ...given, bytesOf: async () => bytes }));
  }
  return { deliver, sent, files };
}
const ending = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isHubError(error) ? `${error.kind} ${error.code}` : error;
};

describe('appointmentResulted', () => {
  const said = { ...target, result: 'Ran', result_reason: ' One Leg ' };

  it("writes the appointment's status and its detail, as the company lists them", async () => {
    const { deliver, sent } = world();
    expect(await deliver(appointmentResulted, said)).toEqual({ sales_appointment: 'appt1' });
    expect(sent).toEqual([
      {
        ...{ object: 'i360core__Sales_Appointment__c', id: 'appt1' },
        fields: { i360core__Status__c: 'Ran', i360core__Status_Detail__c: 'One Leg' },
      },
    ]);
  });

  it('writes no detail where none was given', async () => {
    const { deliver, sent } = world();
    await deliver(appointmentResulted, { ...said, result_reason: '  ' });
    expect(sent[0]?.fields).toEqual({ i360core__Status__c: 'Ran', i360core__Status_Detail__c: null });
  });

  it('refuses a reason that the company does not list, for Salesforce would keep it as a new value', async () => {
    const { deliver, sent } = world();
    expect(await ending(deliver(appointmentResulted, { ...said, result_reason: 'The price, he says' }))).toBe(
      'rejected improveit360.result-unlisted',
    );
    expect(sent).toEqual([]);
  });

  it('is replaced by a later result of the same appointment only', () => {
    const key = (more: object) => appointmentResulted.replaces?.({ ...said, ...more } as never);
    expect(key({ result: 'Sold' })).toBe(key({}));
    expect(key({ appointment_external_id: 'appt2' })).not.toBe(key({}));
    expect(appointmentResulted.event).toBe(AppointmentResulted);
  });
});

describe('opportunityResulted', () => {
  const said = {
    ...{ ...target, opportunity_external_id: 'opp1', result: 'Not Sold', result_detail: 'Price', confirmed: false },
  };

  it("writes the opportunity's result and its detail, and nothing of the appointment", async () => {
    const { deliver, sent } = world();
    expect(await deliver(opportunityResulted, said)).toEqual({ sales_opportunity: 'opp1' });
    expect(sent).toEqual([
      {
        ...{ object: 'i360core__Sales_Opportunity__c', id: 'opp1' },
        fields: { i360core__Result__c: 'Not Sold', i360core__Result_Detail__c: 'Price' },
      },
    ]);
  });

  it('writes Sold only where a person confirmed it', async () => {
    for (const result of ['Sold', 'sold']) {
      const { deliver, sent } = world();
      const asked = { ...said, result, result_detail: '' };
      const end = await ending((async () => deliver(opportunityResulted, asked))());
      expect(end).toBe('rejected improveit360.sold-unconfirmed');
      expect(sent).toEqual([]);
    }
    const { deliver, sent } = world();
    await deliver(opportunityResulted, { ...said, result: 'Sold', result_detail: '', confirmed: true });
    expect(sent).toHaveLength(1);
  });

  it('is replaced by a later result of the same opportunity only, and never by one of its appointment', () => {
    const key = (more: object) => opportunityResulted.replaces?.({ ...said, ...more } as never);
    expect(key({ result: 'Sold' })).toBe(key({}));
    expect(key({ opportunity_external_id: 'opp2' })).not.toBe(key({}));
    expect(key({ opportunity_external_id: 'appt1' })).not.toBe(appointmentResulted.replaces?.(said as never));
    expect(opportunityResulted.event).toBe(OpportunityResulted);
  });
});

describe('documentSigned', () => {
  const said = { ...target, document };

  it('becomes a file of the appointment that can be found again', async () => {
    const { deliver, files } = world();
    expect(await deliver(documentSigned, said)).toEqual({ content_version: '068-1', sales_appointment: 'appt1' });
    expect(files).toEqual([
      {
        ...{ record: 'appt1', title: 'Agreement', mark: 'One Click Contractor document doc_1' },
        ...{ digest: document.sha256, bytes },
      },
    ]);
  });

  it('is found after an upload of unknown end, and not sent a second time', async () => {
    const { deliver, files } = world({ answerLost: true });
    expect(await ending(deliver(documentSigned, said))).toBe('transient x.lost');
    expect(await deliver(documentSigned, said, true)).toEqual({
      ...{ content_document: '069-1', sales_appointment: 'appt1' },
    });
    expect(files).toHaveLength(1);
  });

  it('is sent again where it is not found', async () => {
    const { deliver, files } = world();
    expect(await deliver(documentSigned, said, true)).toMatchObject({ content_version: '068-1' });
    expect(files).toHaveLength(1);
  });

  it('stays here where the preferences leave its type out, and says so', () => {
    const why = (type: string) =>
      documentSigned.unwanted?.({ ...said, document: { ...document, type } } as never, settings);
    expect(why('signed_agreement')).toBeUndefined();
    expect(why('proposal')).toMatch(/preferences/);
  });

  it('replaces no other document', () => {
    expect(documentSigned.replaces).toBeUndefined();
    expect(documentSigned.event).toBe(DocumentSigned);
  });
});
