import type { Category } from '../catalogue/category.ts';
import type { MappingRow, Mappings } from './mappings.ts';

type More = Partial<Pick<MappingRow, 'required' | 'search' | 'too_long'>>;

const from = (category: Category, to: string, clickpointField: string, more: More = {}): MappingRow => ({
  category,
  pestpac_field: to,
  clickpoint_field: clickpointField,
  required: false,
  search: 'off',
  too_long: 'refuse',
  ...more,
});
const fixed = (category: Category, to: string, value: string): MappingRow => ({
  category,
  pestpac_field: to,
  value,
  required: false,
  search: 'off',
  too_long: 'refuse',
});

const required = { required: true };

/**
 * Where an org starts. ClickPoint's field names are its own to choose, so these are the likely ones; services and cards are
 * mapped by whoever sells them.
 */
export const initialMappings: Mappings = [
  from('Location', 'Division', 'Division', required),
  from('Location', 'Source', 'Lead Source', required),
  from('Location', 'Type', 'Location Type', required),
  from('Location', 'Branch', 'Branch', required),
  from('Location', 'FirstName', 'First Name'),
  from('Location', 'LastName', 'Last Name', required),
  from('Location', 'Company', 'Company'),
  from('Location', 'Address', 'Address', required),
  from('Location', 'Address2', 'Address 2'),
  from('Location', 'City', 'City', required),
  from('Location', 'State', 'State', required),
  from('Location', 'Zip', 'Zip Code', required),
  from('Location', 'Phone', 'Phone', { search: 'optional' }),
  from('Location', 'AlternatePhone', 'Work Phone', { search: 'optional' }),
  from('Location', 'MobilePhone', 'Mobile Phone', { search: 'optional' }),
  from('Location', 'EMail', 'Email'),
  from('Lead', 'Branch', 'Branch'),
  from('Lead', 'FirstName', 'First Name'),
  from('Lead', 'LastName', 'Last Name'),
  from('Lead', 'Company', 'Company'),
  from('Lead', 'Address', 'Address'),
  from('Lead', 'City', 'City'),
  from('Lead', 'State', 'State'),
  from('Lead', 'Zip', 'Zip Code'),
  from('Lead', 'Phone', 'Phone'),
  from('Lead', 'MobilePhone', 'Mobile Phone'),
  from('Lead', 'EMail', 'Email'),
  from('Lead', 'Source', 'Lead Source'),
  from('Lead', 'Comment', 'Comments'),
  fixed('Task', 'Subject', 'Call the new lead'),
  from('Task', 'Description', 'Comments'),
  from('Task', 'DueDate', 'Callback Date'),
];
