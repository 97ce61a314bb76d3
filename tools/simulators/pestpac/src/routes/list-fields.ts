const PERSON = [
  'Company',
  'LastName',
  'FirstName',
  'Address',
  'Address2',
  'City',
  'State',
  'Zip',
  'Phone',
  'AlternatePhone',
  'MobilePhone',
  'Email',
];

/** The list models; here the address for mail is called `Email`, on single records `EMail`. */
export const BILL_TO_LIST = [
  'BillToID',
  'BillToCode',
  'Branch',
  'BranchID',
  ...PERSON,
  'Type',
  'SendSMSPayments',
  'CardID',
  'ReferredBy',
  'AutoBillAll',
  'Division',
  'Balance',
];

// prettier-ignore
export const LOCATION_LIST = [
  'LocationID', 'BillToID', 'LocationCode', 'Branch', 'BranchID', ...PERSON, 'Type', 'AccountType', 'Latitude', 'Longitude',
  'DoNotGeocode', 'ShowOnLogBook', 'Active', 'Subdivision', 'UserDefinedFields', 'InternalIdentifier', 'SmsMarketing',
];

// prettier-ignore
export const LEAD_LIST = [
  'LeadID', 'LocationID', 'Branch', 'LeadType', 'WonStatus', 'DateReceived', 'Name', 'Company', 'Source', 'ServiceCode',
  'Salesperson', 'TargetPest', 'ProposalValue', 'SalesStatus', 'PendingEvent', 'PendingEventDate', 'TimeRange', 'Duration',
  'ReferredBy', 'DiscountCode', 'DoNotGeocode',
];

/** What is left of an order where a list is asked for without a narrow window. */
// prettier-ignore
export const SLIM_ORDER = [
  'OrderID', 'OrderNum', 'LocationID', 'SetupID', 'OrderType', 'WorkDate', 'Route', 'Posted', 'Locked', 'InProgress',
];

export const CARD_LIST = [
  'CardID',
  'BillToID',
  'BranchID',
  'Branch',
  'AccountType',
  'CreditCardType',
  'NameOnCard',
  'AccountNumber',
  'CardToken',
  'ExpirationDate',
  'IsPrimary',
  'AutoBilledServices',
  'AccountUpdater',
];
