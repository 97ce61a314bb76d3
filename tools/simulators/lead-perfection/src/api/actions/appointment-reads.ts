import type { Action } from '../action.ts';
import { printRow } from '../../company/row-style.ts';
import { parseDay } from '../../data/wall-clock.ts';
import { list, pageStyle, printedList } from '../action.ts';
import { refused } from '../answers.ts';
import { text, whole } from '../request-body.ts';

const CONVERSION = 'Conversion failed when converting date and/or time from character string.';

/** SalesApi/GetSalesApptDetailDateRange: full rows filed under the days from apptdates to apptdatee, both included. */
export const getSalesApptDetailDateRange: Action = {
  controller: 'SalesApi',
  name: 'GetSalesApptDetailDateRange',
  body: 'form',
  column: 'apptdates',
  run: (call) => {
    const from = parseDay(text(call.params, 'apptdates') ?? '');
    const to = parseDay(text(call.params, 'apptdatee') ?? '');
    if (!from || !to) return refused(CONVERSION);
    return printedList(call, call.company.calendar.page(from, to, pageStyle(call, `${from}|${to}`)));
  },
};

/** SalesApi/GetSalesApptDetail: one full row in an array; an empty array for an id nobody knows. */
export const getSalesApptDetail: Action = {
  controller: 'SalesApi',
  name: 'GetSalesApptDetail',
  body: 'form',
  column: 'issuedleadid',
  run: (call) => {
    const id = whole(call.params, 'issuedleadid');
    if (id === null) return refused("Error converting data type nvarchar to int. Parameter '@issuedleadid'.");
    const appointment = call.company.calendar.get(id);
    const day = parseDay(text(call.params, 'apptdate') ?? '');
    const found = appointment && (!call.company.switches.detailNeedsDate || day === appointment.day);
    return printedList(call, found ? `[${printRow(appointment.row, pageStyle(call, String(id)))}]` : '[]');
  },
};

/** SalesApi/GetSalesApptDayList: the short rows of one day. */
export const getSalesApptDayList: Action = {
  controller: 'SalesApi',
  name: 'GetSalesApptDayList',
  body: 'form',
  column: 'apptdate',
  run: (call) => {
    const day = parseDay(text(call.params, 'apptdate') ?? '');
    if (!day) return refused(CONVERSION);
    const rows = call.company.calendar.between(day, day).map(({ row }) => {
      const { ID, CustName, CSZ, ApptDate, ApptDateDisplay } = row;
      return { ID, CustName, CSZ, ApptDate, ApptDateDisplay };
    });
    return list(call, day, rows);
  },
};
