import type { Category } from '../catalogue/category.ts';
import type { Body, Ready } from './transfer-types.ts';

/** An id of PestPac's, or in a preview the place where it will stand. */
export type Id = number | `{${string}}`;

/** `POST /Locations`: with a BillTo the location is added to it, else PestPac makes one. */
export function locationBody(ready: Ready, ids: { readonly billTo?: Id | undefined }): Body {
  return { ...(ids.billTo === undefined ? {} : { BillToID: ids.billTo }), ...valuesOf(ready, 'Location') };
}

/** `POST /Leads`, within a location. */
export function leadBody(ready: Ready, ids: { readonly location: Id }): Body {
  return { LocationID: ids.location, CreateLocation: false, ...valuesOf(ready, 'Lead') };
}

/** `POST /Tasks`. The lead is named in the description: PestPac's own field for it means another kind of lead. */
export function taskBody(ready: Ready, ids: { readonly location: Id; readonly lead?: Id | undefined }): Body {
  const values = valuesOf(ready, 'Task');
  if (ids.lead === undefined) return { LocationID: ids.location, ...values };
  const description = `PestPac lead ${ids.lead}\n${String(values['Description'])}`;
  return { LocationID: ids.location, ...values, Description: description };
}

/** `POST /ServiceOrders`: one visit. */
export function orderBody(ready: Ready, ids: { readonly location: Id }): Body {
  return { LocationID: ids.location, ...valuesOf(ready, 'Service') };
}

/** `POST /ServiceSetups`. A card is linked afterwards. */
export function setupBody(ready: Ready, ids: { readonly location: Id }): Body {
  return { LocationID: ids.location, ...valuesOf(ready, 'RecurringService') };
}

/** `POST /BillTos/{id}/paymentAccounts`. */
export function cardBody(ready: Ready, ids: { readonly billTo: Id; readonly token: string }): Body {
  return { BillToID: ids.billTo, CardToken: ids.token, ...valuesOf(ready, 'Card') };
}

function valuesOf(ready: Ready, category: Category): Body {
  const values = ready.values[category];
  if (!values) throw new Error(`${category} is not part of this run`);
  return values;
}
