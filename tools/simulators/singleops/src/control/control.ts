import type { AccountControl } from './account-control.ts';
import type { RecordControl } from './record-control.ts';
import type { RuleControl, RuleParts } from './rule-control.ts';
import { accountControl } from './account-control.ts';
import { recordControl } from './record-control.ts';
import { ruleControl } from './rule-control.ts';

/** Everything an operator, a test or a demo can see and do. */
export interface SimulatorControl extends AccountControl, RecordControl, RuleControl {}

export function createControl(parts: RuleParts): SimulatorControl {
  return { ...accountControl(parts.world), ...recordControl(parts.world), ...ruleControl(parts) };
}
