import type { Action } from './action.ts';
import { getSalesApptDayList, getSalesApptDetail, getSalesApptDetailDateRange } from './actions/appointment-reads.ts';
import {
  updateSalesAck,
  updateSalesApptDetail,
  updateSalesApptDetail2,
  updateSalesApptDetail3,
} from './actions/appointment-writes.ts';
import { updateProspectInfo } from './actions/customers.ts';
import { addJobImages, addSalesmanImages, getLinks } from './actions/documents.ts';
import { setAppointment } from './actions/leads.ts';
import { getSalesApptDispProd } from './actions/lookups.ts';
import { addNotes } from './actions/notes.ts';
import { getInboundLeadInfo } from '../posting/inbound-lead-info.ts';

/** Everything the simulated API can do. */
export const ACTIONS: readonly Action[] = [
  getSalesApptDispProd,
  getSalesApptDetailDateRange,
  getSalesApptDetail,
  getSalesApptDayList,
  updateSalesApptDetail,
  updateSalesApptDetail2,
  updateSalesApptDetail3,
  updateSalesAck,
  addSalesmanImages,
  addJobImages,
  addNotes,
  getLinks,
  setAppointment,
  getInboundLeadInfo,
  updateProspectInfo,
];

const byPath = new Map(ACTIONS.map((action) => [`/${action.controller}/${action.name}`.toLowerCase(), action]));

/** The action behind a path such as `/SalesApi/GetLinks`, in any case; undefined when there is none. */
export function actionAt(path: string): Action | undefined {
  return byPath.get(path.toLowerCase().replace(/\/$/, ''));
}
