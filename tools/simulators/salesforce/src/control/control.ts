import type { ControlParts } from './parts.ts';
import type { RecordControl } from './record-control.ts';
import type { RuleControl } from './rule-control.ts';
import type { SchemaControl } from './schema-control.ts';
import type { TokenControl } from './token-control.ts';
import { recordControl } from './record-control.ts';
import { ruleControl } from './rule-control.ts';
import { schemaControl } from './schema-control.ts';
import { tokenControl } from './token-control.ts';

/** Everything an operator, a test or a demo can see and do; the HTTP twin lies under `/_simulator`. */
export interface SimulatorControl extends RecordControl, RuleControl, SchemaControl, TokenControl {}

export function createControl(parts: ControlParts): SimulatorControl {
  return { ...recordControl(parts), ...ruleControl(parts), ...schemaControl(parts), ...tokenControl(parts) };
}
