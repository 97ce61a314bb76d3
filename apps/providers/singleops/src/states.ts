const codes = new Map<string, string>(
  Object.entries({
    ...{ AL: 'Alabama', AK: 'Alaska', AZ: 'Arizona', AR: 'Arkansas', CA: 'California', CO: 'Colorado' },
    ...{ CT: 'Connecticut', DE: 'Delaware', DC: 'District of Columbia', FL: 'Florida', GA: 'Georgia', HI: 'Hawaii' },
    ...{ ID: 'Idaho', IL: 'Illinois', IN: 'Indiana', IA: 'Iowa', KS: 'Kansas', KY: 'Kentucky', LA: 'Louisiana' },
    ...{ ME: 'Maine', MD: 'Maryland', MA: 'Massachusetts', MI: 'Michigan', MN: 'Minnesota', MS: 'Mississippi' },
    ...{ MO: 'Missouri', MT: 'Montana', NE: 'Nebraska', NV: 'Nevada', NH: 'New Hampshire', NJ: 'New Jersey' },
    ...{ NM: 'New Mexico', NY: 'New York', NC: 'North Carolina', ND: 'North Dakota', OH: 'Ohio', OK: 'Oklahoma' },
    ...{ OR: 'Oregon', PA: 'Pennsylvania', RI: 'Rhode Island', SC: 'South Carolina', SD: 'South Dakota' },
    ...{ TN: 'Tennessee', TX: 'Texas', UT: 'Utah', VT: 'Vermont', VA: 'Virginia', WA: 'Washington' },
    ...{ WV: 'West Virginia', WI: 'Wisconsin', WY: 'Wyoming', PR: 'Puerto Rico', GU: 'Guam' },
    ...{ VI: 'Virgin Islands', AS: 'American Samoa', MP: 'Northern Mariana Islands' },
    ...{ AB: 'Alberta', BC: 'British Columbia', MB: 'Manitoba', NB: 'New Brunswick', NS: 'Nova Scotia' },
    ...{ NL: 'Newfoundland and Labrador', NT: 'Northwest Territories', NU: 'Nunavut', ON: 'Ontario' },
    ...{ PE: 'Prince Edward Island', QC: 'Quebec', SK: 'Saskatchewan', YT: 'Yukon' },
  }).map(([code, name]) => [folded(name), code]),
);
for (const [name, code] of [
  ['Washington DC', 'DC'],
  ['US Virgin Islands', 'VI'],
  ['Newfoundland', 'NL'],
] as const)
  codes.set(folded(name), code);

/** The code of a state of the USA or a province of Canada, by its name; anything else in upper case, as it is. */
export function stateCode(state: string): string {
  return codes.get(folded(state)) ?? state.replace(/\./g, '').trim().toUpperCase();
}

/** Without accents, dots, case and doubled spaces. */
function folded(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[.,]/g, '').replace(/&/g, 'and');
  return plain.replace(/\s+/g, ' ').trim().toLowerCase();
}
