export { startSalesforceSimulator } from './simulator.ts';
export { DEFAULT_APP, DEFAULT_ORG_ID, DEFAULT_SWITCHES, DEFAULT_USER } from './settings.ts';
export { id18 } from './ids.ts';
export type { SalesforceSimulator } from './simulator.ts';
export type { AppOptions, SimulatorOptions, Switches, UserOptions } from './settings.ts';
export type { FieldDefinition, ObjectDefinition, PicklistEntry, ValidationRule, Value } from './schema/definition.ts';
export type { ApiWrite, Org } from './records/org.ts';
export type { Row } from './records/row.ts';
export type { StoredFile } from './files/files.ts';
