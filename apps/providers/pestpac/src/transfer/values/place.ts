const names =
  'AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming,PR Puerto Rico,GU Guam,VI Virgin Islands,AS American Samoa,MP Northern Mariana Islands,AA Armed Forces Americas,AE Armed Forces Europe,AP Armed Forces Pacific,AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon';

const byName = new Map(
  names.split(',').flatMap((entry) => {
    const code = entry.slice(0, 2);
    return [
      [plain(code), code],
      [plain(entry.slice(3)), code],
    ];
  }),
);

/** A state or province, by its two letters or its name, as two letters. Undefined where there is none of that name. */
export function readState(text: string): string | undefined {
  return byName.get(plain(text));
}

/** A postal code of the US, `01000` or `01000-1234`, or of Canada, `K1A 0B1`. Undefined where it is none. */
export function readZip(text: string): string | undefined {
  const american = /^(\d{5})(?:[- ]?(\d{4}))?$/.exec(text);
  if (american) return american[2] === undefined ? american[1] : `${american[1]}-${american[2]}`;
  const canadian = /^([a-z]\d[a-z])[- ]?(\d[a-z]\d)$/i.exec(text);
  return canadian ? `${canadian[1]} ${canadian[2]}`.toUpperCase() : undefined;
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s.]+/g, ' ')
    .trim()
    .toLowerCase();
}
