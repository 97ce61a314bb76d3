import type { Action } from '../action.ts';
import { UPDATED } from '../answers.ts';
import { text } from '../request-body.ts';

const NOTES_KEPT = 1000;

/** SalesApi/AddNotes: always the same constant, whatever became of the note. */
export const addNotes: Action = {
  controller: 'SalesApi',
  name: 'AddNotes',
  body: 'form',
  column: 'rectype',
  run: ({ company, params, user }) => {
    company.notes.push({
      rectype: text(params, 'rectype') ?? '',
      recid: text(params, 'recid') ?? '',
      notes: text(params, 'notes') ?? '',
      category: text(params, 'nct_id') ?? '1',
      user,
      at: company.clock.wallTime(),
    });
    if (company.notes.length > NOTES_KEPT) company.notes.shift();
    return UPDATED;
  },
};
