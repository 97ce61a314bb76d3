import type { Door } from '../company/company.ts';
import type { CallCount } from '../company/call-log.ts';
import type { Fault } from '../company/faults.ts';
import type { Switches } from '../settings.ts';
import type { PestPacControl } from './control.ts';
import type { RecordKind } from './record-control.ts';

/** The simulator at a glance. */
export interface SimulatorState {
  simulator: 'pestpac';
  door: Door;
  clock: { now: string; local: string; zone: string };
  sizes: Record<RecordKind, number>;
  callsToday: number;
  counts: Record<string, CallCount>;
  faults: Fault[];
  switches: Switches;
}

export function simulatorState(control: PestPacControl): SimulatorState {
  return {
    simulator: 'pestpac',
    door: control.door(),
    clock: control.clock(),
    sizes: control.sizes(),
    callsToday: control.callsToday(),
    counts: control.counts(),
    faults: control.faults(),
    switches: control.switches(),
  };
}
