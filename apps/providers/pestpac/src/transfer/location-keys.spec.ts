import { describe, expect, it } from 'vitest';
import { fixed, row } from '../testing/mapping-rows.ts';
import { ready } from '../testing/transfers.ts';
import { keysAsText, textAsKeys, wordsBy } from './location-keys.ts';

const record = {
  ...{ Division: 'RES', 'Lead Source': 'WEB', 'Location Type': 'R', 'Last Name': 'Okafor', Zip: '01000' },
  ...{ 'Work Phone': '+1 (413) 555-0142 ext. 7', Street: ' 12  Alder Way,\u00a0Building 7, back door' },
};
const mappings = [
  ...[
    row('Location.Division', 'Division'),
    row('Location.Source', 'Lead Source'),
    row('Location.Type', 'Location Type'),
  ],
  ...[row('Location.Phone', 'work phone'), row('Location.Address', 'Street', { too_long: 'shorten' })],
  ...[row('Location.LastName', 'Last Name'), row('Location.MobilePhone', 'Mobile'), fixed('Location.Company', 'Acme')],
  row('Location.Zip', 'Zip'),
];

describe('what a location is found again by', () => {
  const kept = keysAsText(ready({ mappings, record }).keys);

  it('is kept as the names of the fields that were filled, without a word of the lead', () => {
    expect(JSON.parse(kept)).toEqual([
      { field: 'Phone', from: 'work phone' },
      { field: 'Address', from: 'Street' },
      { field: 'LastName', from: 'Last Name' },
      { field: 'Company', value: 'Acme' },
    ]);
  });

  it('is read of the same record again, as PestPac is asked for it', () => {
    expect(wordsBy(textAsKeys(kept), record)).toEqual({
      phones: ['4135550142'],
      addresses: ['12 Alder Way, Buildi'],
      names: ['Okafor', 'Acme'],
    });
    expect(wordsBy(textAsKeys(undefined), record)).toEqual({ phones: [], addresses: [], names: [] });
  });
});
