import type { ActionCount } from '../company/call-log.ts';
import type { Door } from '../company/company.ts';
import type { Fault } from '../company/faults.ts';
import type { Switches } from '../settings.ts';
import type { SimulatorControl } from './control.ts';
import type { WindowCount } from './record-control.ts';
import type { ClockState } from './rule-control.ts';

/** The simulator at a glance. */
export interface SimulatorState {
  simulator: 'lead-perfection';
  door: Door;
  clock: ClockState;
  window: WindowCount;
  documents: number;
  counts: Record<string, ActionCount>;
  faults: Fault[];
  denied: string[];
  switches: Switches;
}

export function simulatorState(control: SimulatorControl): SimulatorState {
  return {
    simulator: 'lead-perfection',
    door: control.door(),
    clock: control.clock(),
    window: control.appointmentsInWindow(),
    documents: control.documents().length,
    counts: control.counts(),
    faults: control.faults(),
    denied: control.denied(),
    switches: control.switches(),
  };
}
