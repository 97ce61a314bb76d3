import type { ApprovalState } from '../access/access-control.ts';
import type { SimulatorControl } from './control.ts';
import type { InstanceState } from './token-control.ts';
import type { LimitState } from './rule-control.ts';

/** Everything at a glance. */
export interface SimulatorState {
  simulator: 'salesforce';
  clock: string;
  instances: InstanceState;
  limits: LimitState;
  objects: Record<string, number>;
  files: number;
  writes: number;
  approvals: { open: number; ended: number };
  counts: ReturnType<SimulatorControl['counts']>;
  faults: ReturnType<SimulatorControl['faults']>;
  switches: ReturnType<SimulatorControl['switches']>;
}

export function simulatorState(control: SimulatorControl): SimulatorState {
  const isOpen = (one: ApprovalState): boolean => one.ended === null;
  const approvals = control.approvals();
  const open = approvals.filter(isOpen).length;
  return {
    simulator: 'salesforce',
    clock: control.clock(),
    instances: control.instances(),
    limits: control.limits(),
    objects: control.objectCounts(),
    files: control.files().length,
    writes: control.writes().length,
    approvals: { open, ended: approvals.length - open },
    counts: control.counts(),
    faults: control.faults(),
    switches: control.switches(),
  };
}
