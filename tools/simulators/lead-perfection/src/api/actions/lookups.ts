import type { Action, Call } from '../action.ts';
import { list } from '../action.ts';
import { text } from '../request-body.ts';

/** SalesApi/GetSalesApptDispProd: every lookup list of the company, as key and value, by one letter in either case. */
export const getSalesApptDispProd: Action = {
  controller: 'SalesApi',
  name: 'GetSalesApptDispProd',
  body: 'form',
  column: 'type',
  run: (call) => {
    const letter = (text(call.params, 'type') ?? '').trim().toLowerCase();
    return list(call, letter, entries(call, letter));
  },
};

function entries(call: Call, letter: string): { key: string | number; value: string }[] {
  const { lookups } = call.company;
  switch (letter) {
    case 'd':
      return lookups.dispositions.filter((one) => one.listed).map((one) => ({ key: one.code, value: one.text }));
    case 'p':
      return lookups.products.map((one) => ({ key: one.code, value: one.name }));
    case 'y':
      return lookups.documentTypes.map((one) => ({ key: one.dtyid, value: one.name }));
    case 'q':
      return lookups.queues.map((one) => ({ key: one.key, value: one.name }));
    case 's':
      return lookups.reps.map((one) => ({ key: one.slrId, value: one.name }));
    default:
      return [];
  }
}
