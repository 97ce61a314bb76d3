import { describe, expect, it } from 'vitest';
import { NotFound } from '../store/found.ts';
import { appointmentRecord } from '../testing/records.ts';
import { exampleLookups } from '../testing/example-provider.ts';
import { resultLists } from '../results/result-lists.ts';
import type { GivenResultRecord } from './opportunity.ts';
import { ResultOpportunity, resultOpportunity } from './result-opportunity.ts';

const opportunity = { id: 'opp-1', name: 'Windows', result: '', result_detail: '' };
const appointment = appointmentRecord({ sales_opportunities: [opportunity] });
const lists = resultLists(exampleLookups, 'opportunity');
const occasion = { now: Date.UTC(2030, 0, 2), eventId: 'evt-1', traceparent: undefined };
const decide = (command: object, held: GivenResultRecord | null = null, id = 'opp-1') =>
  resultOpportunity(
    ResultOpportunity.parse(command),
    { appointment, opportunity: id, held, lists, member: 'mem-1' },
    occasion,
  );
const again = { result: 'No sale', result_detail: 'Price' };
/** The same given again so long after it was delivered, while the CRM has this. */
const decideLater = (crmHas: { result: string; result_detail: string }, ms: number) => {
  const first = decide(again)?.given as GivenResultRecord;
  const held: GivenResultRecord = { ...first, crm: { ...first.crm, status: 'delivered' } };
  const sold = appointmentRecord({ sales_opportunities: [{ ...opportunity, ...crmHas }] });
  const state = { appointment: sold, opportunity: 'opp-1', held, lists, member: 'mem-2' };
  return resultOpportunity(ResultOpportunity.parse(again), state, { ...occasion, now: occasion.now + ms });
};

describe('given an opportunity without a result', () => {
  it('when a listed result is given, it is kept with its event, which names appointment and opportunity', () => {
    const decided = decide({ result: 'no sale today', result_detail: 'too expensive' });
    expect(decided?.given).toMatchObject({
      appointment: 'apt-1',
      opportunity: 'opp-1',
      result: 'No Sale',
      result_detail: 'Price',
      resulted_by: 'mem-1',
      crm: { status: 'pending', event_id: 'evt-1' },
    });
    expect(decided?.entry.event).toMatchObject({
      attributes: { type: 'occ.opportunity.resulted.v1', subject: 'org-1/example-crm/1001', origin: 'occ' },
      data: {
        job_external_id: '1001',
        appointment_external_id: 'a-1001',
        opportunity_external_id: 'opp-1',
        result: 'No Sale',
        result_detail: 'Price',
        confirmed: false,
      },
    });
  });

  it('when the result sets something off at the CRM, the event says that the person was asked', () => {
    expect(() => decide({ result: 'Sold' })).toThrow(
      expect.objectContaining({
        code: 'core.result.needs-confirmation',
        message: 'This makes a sale at the CRM. Go on?',
      }),
    );
    expect(decide({ result: 'Sold', confirmed: true })?.entry.event.data).toMatchObject({ confirmed: true });
  });

  it('when the list was never read, nothing is sent', () => {
    const state = {
      appointment,
      opportunity: 'opp-1',
      held: null,
      lists: { results: [], details: [] },
      member: 'mem-1',
    };
    const command = ResultOpportunity.parse({ result: 'Sold' });
    expect(() => resultOpportunity(command, state, occasion)).toThrow(
      expect.objectContaining({ code: 'core.result.unlisted' }),
    );
  });

  it('when the appointment has no such opportunity, it is not found', () => {
    expect(() => decide({ result: 'No Sale' }, null, 'opp-2')).toThrow(NotFound);
  });
});

describe('given an opportunity with a result', () => {
  const held = (status: 'pending' | 'delivered' | 'rejected'): GivenResultRecord => ({
    ...(decide({ result: 'No Sale', result_detail: 'Price' })?.given as GivenResultRecord),
    resulted_at: new Date(occasion.now + 5_000),
    crm: { status, event_id: 'evt-0', at: new Date(occasion.now) },
  });

  it('when the same is given again, nothing happens while it is on its way or there', () => {
    expect(decide({ result: 'No sale', result_detail: 'Price' }, held('pending'))).toBeUndefined();
    expect(decide({ result: 'No sale', result_detail: 'Price' }, held('delivered'))).toBeUndefined();
  });

  it('when the office changed it at the CRM since, the same is sent again, but not by a second click', () => {
    const changed = { result: 'Sold', result_detail: '' };
    expect(decideLater(changed, 86_400_000)?.given).toMatchObject({ resulted_by: 'mem-2', crm: { status: 'pending' } });
    expect(decideLater({ result: 'No Sale', result_detail: 'Thinking' }, 86_400_000)).toBeDefined();
    expect(decideLater(changed, 29_999)).toBeUndefined();
  });

  it('when the CRM still has it, the same is no news, however late', () => {
    expect(decideLater({ result: 'No Sale', result_detail: 'Price' }, 86_400_000)).toBeUndefined();
  });

  it('when the same is given again after a refusal, or with another detail, it is sent', () => {
    expect(decide({ result: 'No sale', result_detail: 'Price' }, held('rejected'))?.given.crm.status).toBe('pending');
    expect(decide({ result: 'No sale', result_detail: 'Thinking' }, held('pending'))?.given.result_detail).toBe(
      'Thinking',
    );
  });

  it('when another is given by a replica whose clock is behind, it still comes after the one held', () => {
    const decided = decide({ result: 'Sold', confirmed: true }, held('pending'));
    expect(decided?.given.resulted_at).toEqual(new Date(occasion.now + 5_001));
    expect(decided?.entry.at).toEqual(new Date(occasion.now + 5_001));
  });
});
