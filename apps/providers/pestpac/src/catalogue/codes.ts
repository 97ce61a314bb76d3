/** The company's own lists that mapped values are codes of, by the names of their paths. */
export const lookupLists = [
  'Branches',
  'Divisions',
  'Sources',
  'Types',
  'Employees',
  'TaskTypes',
  'Services',
  'Schedules',
  'TaxCodes',
  'TargetPests',
  'SalesEvents',
] as const;
export type LookupList = (typeof lookupLists)[number];

/** One entry of a list. */
export interface Code {
  /** What is sent: the Name of a branch, the Username of a person, else the Code. */
  readonly code: string;
  readonly title: string;
  readonly active: boolean;
  /** Of `Types`: what the type may be given to. */
  readonly allow_on?: 'Location' | 'BillTo' | 'Both';
  /** Of `Employees`: may be given tasks. */
  readonly user?: boolean;
  /** Of `Employees`: may be sent to a customer. */
  readonly technician?: boolean;
}

/** The lists at hand. One that could not be read is absent: its codes are taken as they are. */
export type Codes = Partial<Readonly<Record<LookupList, readonly Code[]>>>;

/** What the configuration asks of the client. */
export interface KnowsCodes {
  /** The lists, remembered for hours. Never throws for one list: that one is absent. */
  codes(): Promise<Codes>;
}
