export { startSalesforceSimulator } from './simulator.ts';
export { ControlError } from '@occ-hub/simulator-stage';
export { CALL_KINDS } from './faults/call-kind.ts';
export { FAULT_KINDS } from './faults/fault.ts';
export { id18 } from './ids.ts';
export { DEFAULT_APP, DEFAULT_ORG_ID, DEFAULT_SWITCHES, DEFAULT_USER } from './settings.ts';
export type { SalesforceSimulator } from './simulator.ts';
export type { AppOptions, SimulatorOptions, Switches, UserOptions } from './settings.ts';
export type { AccessSwitches, AppChange, ApprovalState, HandedTokens } from './access/access-control.ts';
export type { AccessExtras, ConsentMode, RefreshExpiry } from './access/access-options.ts';
export type { ConnectedApp } from './access/access-settings.ts';
export type { LeftInstanceAnswer } from './access/instances.ts';
export type { SalesforceUser } from './access/users.ts';
export type { SimulatorControl } from './control/control.ts';
export type { FileFacts, RecordControl } from './control/record-control.ts';
export type { AllSwitches, LimitState, RuleControl } from './control/rule-control.ts';
export type { SchemaControl } from './control/schema-control.ts';
export type { SimulatorState } from './control/state.ts';
export type { InstanceState, TokenControl } from './control/token-control.ts';
export type { CallKind } from './faults/call-kind.ts';
export type { CallCount, LoggedCall } from './faults/call-log.ts';
export type { Fault, FaultKind, FaultOrder, FaultTarget } from './faults/fault.ts';
export type { RowLock, RowLockOrder } from './faults/row-locks.ts';
export type { StoredFile } from './files/files.ts';
export type { ApiWrite } from './records/org.ts';
export type { Row } from './records/row.ts';
export type {
  FieldDefinition,
  ObjectDefinition,
  Picklist,
  PicklistEntry,
  Reference,
  ValidationRule,
  Value,
} from './schema/definition.ts';
