import type { Action } from '../api/action.ts';
import { list } from '../api/action.ts';
import { refused } from '../api/answers.ts';
import { text, whole } from '../api/request-body.ts';
import { parseDay } from '../data/wall-clock.ts';

/** Leads/GetInboundLeadInfo: what the queue holds of a window of days; the one read that joins log number and lead. */
export const getInboundLeadInfo: Action = {
  controller: 'Leads',
  name: 'GetInboundLeadInfo',
  body: 'form',
  column: 'startdate',
  run: (call) => {
    const from = parseDay(text(call.params, 'startdate') ?? '');
    const to = parseDay(text(call.params, 'enddate') ?? '');
    if (!from || !to) return refused('Conversion failed when converting date and/or time from character string.');
    const [logNumber, proId] = [text(call.params, 'lognumber') ?? '', text(call.params, 'pro_id') ?? ''];
    const start = Math.max(1, whole(call.params, 'startindex') ?? 1) - 1;
    const rows = call.company.inbound
      .all()
      .filter(({ receivedWall }) => receivedWall.slice(0, 10) >= from && receivedWall.slice(0, 10) <= to)
      .filter(({ fields }) => logNumber === '' || fields.lognumber === logNumber)
      .filter(({ fields }) => proId === '' || fields.pro_id === proId)
      .slice(start, start + (whole(call.params, 'pagesize') ?? 100))
      .map((lead) => ({
        id: lead.in1Id,
        lds_id: lead.leadNumber === null ? '' : String(lead.leadNumber),
        cst_id: lead.prospectId === null ? '' : String(lead.prospectId),
        apptdate: lead.life.apptDate,
        datereceived: lead.receivedWall,
        lognumber: lead.fields.lognumber,
      }));
    return list(call, `${from}|${to}|${start}`, rows);
  },
};
