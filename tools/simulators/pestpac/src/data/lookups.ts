import type { Fields, Value } from '../records/value.ts';

/** The company's own lists, by the names of their paths. */
export const LOOKUP_NAMES = [
  'Branches',
  'Divisions',
  'Sources',
  'SourceClasses',
  'Types',
  'Employees',
  'TaskTypes',
  'Services',
  'Schedules',
  'Frequencies',
  'TaxCodes',
  'SalesEvents',
  'TargetPests',
  'ProgramTypes',
  'NoteCodes',
  'States',
  'UserDefFields',
] as const;
export type LookupName = (typeof LOOKUP_NAMES)[number];
export type Lookups = Record<LookupName, Fields[]>;

const rows = (idName: string, names: readonly string[], lines: readonly (readonly Value[])[]): Fields[] =>
  lines.map((line, index) => ({
    [idName]: index + 1,
    ...Object.fromEntries(names.map((name, at) => [name, line[at] ?? null])),
    Active: line[names.length] !== false,
  }));
const codes = (idName: string, lines: readonly (readonly [string, string])[]): Fields[] =>
  rows(idName, ['Code', 'Description'], lines);

/** Invented lists. The last entry of a line, when it is false, says that it is no longer in use. */
export function inventedLookups(): Lookups {
  return {
    Branches: branches(),
    Divisions: codes('DivisionID', [
      ['RES', 'Residential'],
      ['COM', 'Commercial'],
      ['WILDLIFE', 'Wildlife'],
    ]),
    Sources: rows(
      'SourceID',
      ['Code', 'Description', 'Class'],
      [
        ['WEB', 'Web form', 'ONLINE'],
        ['PHONE', 'Inbound call', 'CALL'],
        ['REFERRAL', 'Referral by a customer', 'WORD'],
        ['SALESEXEC', 'ClickPoint SalesExec', 'ONLINE'],
        ['YELLOW', 'Printed directory', 'PRINT', false],
      ],
    ),
    SourceClasses: codes('SourceClassID', [
      ['ONLINE', 'Online'],
      ['CALL', 'Calls'],
      ['WORD', 'Word of mouth'],
      ['PRINT', 'Print'],
    ]),
    Types: types(),
    Employees: employees(),
    TaskTypes: rows(
      'TaskTypeID',
      ['Code', 'Description', 'SystemDefined'],
      [
        ['CALL', 'Call back', false],
        ['EMAIL', 'Write an e-mail', false],
        ['INSPECT', 'Arrange an inspection', false],
        ['COLLECT', 'Collections', true],
      ],
    ),
    Services: services(),
    Schedules: rows(
      'ScheduleID',
      ['Code', 'Description', 'ScheduleType', 'Interval', 'Frequency'],
      [
        ['MTHLY', 'Every month', 'Calendar', 1, 'M'],
        ['BIMTHLY', 'Every other month', 'Calendar', 2, 'BM'],
        ['QTRLY', 'Every quarter', 'Calendar', 3, 'Q'],
        ['ANNUAL', 'Once a year', 'Calendar', 12, 'A'],
      ],
    ),
    Frequencies: rows(
      'FrequencyID',
      ['Code', 'Description', 'TimesPerYear'],
      [
        ['M', 'Monthly', 12],
        ['BM', 'Every other month', 6],
        ['Q', 'Quarterly', 4],
        ['A', 'Annually', 1],
      ],
    ),
    TaxCodes: rows(
      'TaxCodeID',
      ['Code', 'Description', 'TaxRate'],
      [
        ['EXEMPT', 'Exempt', 0],
        ['MARLOW', 'Marlow and around', 6.25],
        ['HARWICK', 'Harwick county', 7],
      ],
    ),
    SalesEvents: codes('SalesEventID', [
      ['INSPECT', 'Inspection'],
      ['CALLBACK', 'Call back'],
      ['PROPOSAL', 'Proposal'],
    ]),
    TargetPests: codes('TargetPestID', [
      ['ANTS', 'Ants'],
      ['TERMITES', 'Termites'],
      ['RODENTS', 'Rodents'],
      ['BEDBUGS', 'Bed bugs'],
      ['ROACHES', 'Cockroaches'],
    ]),
    ProgramTypes: codes('ProgramTypeID', [
      ['HOME', 'Home protection'],
      ['TERMITE', 'Termite programme'],
    ]),
    NoteCodes: codes('NoteCodeID', [
      ['GEN', 'General'],
      ['SALES', 'Sales'],
    ]),
    States: codes('StateID', [
      ['MA', 'Massachusetts'],
      ['NH', 'New Hampshire'],
      ['ON', 'Ontario'],
    ]),
    UserDefFields: rows(
      'FieldNum',
      ['Caption', 'Description', 'Entity'],
      [
        ['Gate Code', 'How to get in', 'Location'],
        ['Pets', 'Animals on the premises', 'Location'],
        ['Lead Ref', 'Number of the lead elsewhere', 'Lead'],
      ],
    ),
  };
}

function branches(): Fields[] {
  return [
    { BranchID: 1, Name: 'South', CompanyName: 'Alderway Pest Control', Active: true },
    { BranchID: 2, Name: 'Closed Branch', CompanyName: 'Alderway Pest Control', Active: false },
    { BranchID: 3, Name: 'North', CompanyName: 'Alderway Pest Control', Active: true },
  ];
}

/** Which branch looks after which ZIP codes, by their first three digits. */
export const BRANCH_OF_ZIP: Readonly<Record<string, string>> = { '010': 'North', '011': 'North', '020': 'South' };

function types(): Fields[] {
  return rows(
    'TypeID',
    ['Code', 'Description', 'Class', 'AccountType', 'AllowOn'],
    [
      ['R', 'Residence', 'HOME', 'Residential', 'Both'],
      ['C', 'Business', 'BUSINESS', 'Commercial', 'Both'],
      ['RENTAL', 'Rented home', 'HOME', 'Residential', 'Location'],
      ['LANDLORD', 'Landlord', 'BUSINESS', 'Commercial', 'BillTo'],
      ['OLDTYPE', 'No longer used', 'HOME', 'Unknown', 'Both', false],
    ],
  );
}

function employees(): Fields[] {
  const people = [
    ['JDOE', 'Doe', 'Jamie', true, false],
    ['RASHBY', 'Ashby', 'Robin', true, true],
    ['LKAPLAN', 'Kaplan', 'Lena', false, true],
    ['OPETROV', 'Petrov', 'Omar', true, false, false],
  ] as const;
  return people.map(([Username, LastName, FirstName, IsUser, IsTech, Active = true], index) => ({
    EmployeeID: 201 + index,
    UserID: IsUser ? 301 + index : 0,
    TechID: IsTech ? 401 + index : 0,
    DefaultBranch: index % 2 === 0 ? 'North' : 'South',
    Active,
    IsUser,
    IsTech,
    Username,
    Email: `${Username.toLowerCase()}@example.com`,
    WorkWaveID: `ww-${501 + index}`,
    LastName,
    FirstName,
    MiddleName: '',
    Address: '',
    AddressLine2: '',
    City: 'Marlow',
  }));
}

/** Here, and here alone, the number is called `ServiceId`. */
function services(): Fields[] {
  const names = [
    'Code',
    'Description',
    'ServiceClass',
    'Price',
    'InitialServiceCode',
    'InitialPrice',
    'Taxable',
    'Duration',
    'DefaultOrderType',
  ];
  return rows('ServiceId', names, [
    ['ESTIMATE', 'Free estimate', 'SALES', 0, '', 0, false, 30, 'Estimate'],
    ['PESTONCE', 'One-time treatment', 'PEST', 189, '', 0, true, 60, 'ServiceOrder'],
    ['PESTINIT', 'First visit', 'PEST', 149, '', 0, true, 60, 'ServiceOrder'],
    ['PESTQTR', 'Quarterly protection', 'PEST', 89, 'PESTINIT', 149, true, 45, 'ServiceOrder'],
    ['TERMITE', 'Termite inspection', 'TERMITE', 120, '', 0, true, 90, 'ServiceOrder'],
    ['FOGGING', 'No longer offered', 'PEST', 75, '', 0, true, 30, 'ServiceOrder', false],
  ]);
}
