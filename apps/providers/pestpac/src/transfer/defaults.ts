import type { Category } from '../catalogue/category.ts';
import { locationKey, marked, orderKey } from './marks.ts';
import type { Body, TransferAsk } from './transfer-types.ts';
import { midnight, wallClock } from './values/wall-clock.ts';

/** The longest text that PestPac takes where people may write at length. */
const longestText = 8000;

/** What is sent where nothing is mapped. */
export function defaultsOf(category: Category, { now, timeZone }: TransferAsk): Body {
  switch (category) {
    case 'Location':
      return { Active: true, EnteredDate: midnight(now, timeZone) };
    case 'Lead':
      return { LeadType: 'Lead', WonStatus: 'New', DateReceived: wallClock(now, timeZone) };
    case 'Task':
      return { Priority: 'Medium', Status: 'Open' };
    case 'Service':
      return { OrderType: 'ServiceOrder' };
    case 'RecurringService':
      return { SetupType: 'ServiceOrder', Active: true };
    case 'Card':
      return {};
  }
}

/** What the run writes into a record, whatever is mapped, so that it finds it again. */
export function marksOf(category: Category, body: Body, { marks }: TransferAsk): Body {
  switch (category) {
    case 'Location':
      return { InternalIdentifier: locationKey(marks.lead) };
    case 'Lead':
      return { Comment: marked(textOf(body, 'Comment'), marks.run) };
    case 'Task':
      return { Description: marked(textOf(body, 'Description'), marks.run) };
    case 'Service':
      return { ExternalIdentifier: orderKey(marks.run) };
    case 'RecurringService':
      return { ServiceInstructions: marked(textOf(body, 'ServiceInstructions'), marks.run, longestText) };
    case 'Card':
      return {};
  }
}

function textOf(body: Body, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
}
