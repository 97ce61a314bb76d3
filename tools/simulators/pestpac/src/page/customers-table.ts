import type { Html } from '@occ-hub/simulator-stage';
import { button, html, tableCard } from '@occ-hub/simulator-stage';
import type { PestPacControl } from '../control/control.ts';
import type { Fields } from '../records/value.ts';
import { nameOf, shown } from './shown.ts';

const SHOWN = 60;

/** Who pays, newest first, with the places and cards below. */
export function customersTable(control: PestPacControl): Html {
  const billTos = control.records('billTos').slice(-SHOWN).reverse();
  return tableCard({
    title: 'Customers',
    hint: `${control.sizes().billTos} bill-tos, newest first, each with its locations and cards`,
    columns: ['BillTo', 'Name', 'Phones', 'Locations', 'Cards'],
    rows: billTos.map((one) => customerRow(control, one)),
    empty: 'Nobody yet.',
  });
}

function customerRow(control: PestPacControl, billTo: Fields): Html {
  const own = { BillToID: billTo['BillToID'] ?? 0 };
  const phones = ['Phone', 'AlternatePhone', 'MobilePhone'].map((name) => shown(billTo, name)).filter(Boolean);
  return html`<tr>
    <td class="mono">${shown(billTo, 'BillToID')}</td>
    <td>
      ${nameOf(billTo)}
      <div class="sub">${shown(billTo, 'EMail')}</div>
    </td>
    <td class="nowrap">${phones.map((phone) => html`<div>${phone}</div>`)}</td>
    <td>${control.records('locations', own).map(locationLine)}</td>
    <td class="nowrap">${control.records('cards', own).map(cardLine)}</td>
  </tr>`;
}

function locationLine(location: Fields): Html {
  const path = `/records/locations/${shown(location, 'LocationID')}`;
  const active = location['Active'] === true;
  const label = active ? 'close' : 'open';
  return html`<div>
    <span class="mono">${shown(location, 'LocationID')}</span> ${shown(location, 'Address')}, ${shown(location, 'City')}
    ${active ? '' : html`<span class="badge warn">inactive</span>`}
    ${button({ label, method: 'PATCH', path, body: { Active: !active }, look: 'small' })}
  </div>`;
}

function cardLine(card: Fields): Html {
  return html`<div>
    ${shown(card, 'CreditCardType')} …${shown(card, 'AccountNumber')}
    ${card['IsPrimary'] === true ? html`<span class="badge good">primary</span>` : ''}
  </div>`;
}
