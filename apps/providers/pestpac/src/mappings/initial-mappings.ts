import type { Category } from '../catalogue/category.ts';
import { MappingRow, type Mappings } from './mappings.ts';

type More = Partial<Pick<MappingRow, 'required' | 'search' | 'value'>>;

/** A row of a category: the PestPac field, and the ClickPoint field unless it is a fixed value. */
const rowOf =
  (category: Category) =>
  (to: string, from: string | undefined, more: More = {}): MappingRow =>
    MappingRow.parse({ category, pestpac_field: to, clickpoint_field: from, ...more });

const location = rowOf('Location');
const lead = rowOf('Lead');
const task = rowOf('Task');

const required = { required: true };
const searched = { search: 'optional' } as const;

/**
 * Where an org starts. ClickPoint's field names are its own to choose, so these are the likely ones; services and cards are
 * mapped by whoever sells them.
 */
export const initialMappings: Mappings = [
  location('Division', 'Division', required),
  location('Source', 'Lead Source', required),
  location('Type', 'Location Type', required),
  location('Branch', 'Branch', required),
  location('FirstName', 'First Name'),
  location('LastName', 'Last Name', required),
  location('Company', 'Company'),
  location('Address', 'Address', required),
  location('Address2', 'Address 2'),
  location('City', 'City', required),
  location('State', 'State', required),
  location('Zip', 'Zip Code', required),
  location('Phone', 'Phone', searched),
  location('AlternatePhone', 'Work Phone', searched),
  location('MobilePhone', 'Mobile Phone', searched),
  location('EMail', 'Email'),
  lead('Branch', 'Branch'),
  lead('FirstName', 'First Name'),
  lead('LastName', 'Last Name'),
  lead('Company', 'Company'),
  lead('Address', 'Address'),
  lead('City', 'City'),
  lead('State', 'State'),
  lead('Zip', 'Zip Code'),
  lead('Phone', 'Phone'),
  lead('MobilePhone', 'Mobile Phone'),
  lead('EMail', 'Email'),
  lead('Source', 'Lead Source'),
  lead('Comment', 'Comments'),
  task('Subject', undefined, { value: 'Call the new lead' }),
  task('Description', 'Comments'),
  task('DueDate', 'Callback Date'),
];
