import { ControlError } from '@occ-hub/simulator-stage';
import type { Company, Door } from '../company/company.ts';
import type { Fault, FaultOrder } from '../company/faults.ts';
import type { DocumentType, Lookups } from '../data/lookups.ts';
import type { Switches } from '../settings.ts';
import { refound } from '../company/company.ts';

/** One right given or taken. Everything is allowed until it is denied. */
export interface PermissionChange {
  /** An API user; every user when left out. */
  user?: string;
  /** The action, by name. */
  action?: string;
  /** The document type. Give `action` or `dtyid`, or both for two rights at once. */
  dtyid?: number;
  allowed: boolean;
}

/** The company's clock as the simulator sees it. */
export interface ClockState {
  now: string;
  today: string;
  zone: string;
  state: 'following' | 'set' | 'frozen';
}

/** The rules of the company, its faults and its clock. */
export interface RuleControl {
  /** Orders a fault for calls to come. */
  fault(order: FaultOrder): Fault;
  faults(): Fault[];
  clearFaults(): void;
  setPermission(change: PermissionChange): void;
  /** The denied rights as readable texts. */
  denied(): string[];
  /** Replaces the list of document types; documents of other types are refused from now on. */
  setDocumentTypes(types: readonly DocumentType[]): void;
  /** Sets the company's clock (not the machine's: tokens and the log do not follow). `null` lets it follow again. */
  setClock(at: string | number | null, how?: { frozen?: boolean }): ClockState;
  clock(): ClockState;
  lookups(): Lookups;
  switches(): Switches;
  /** Changes any of the switches at once. */
  configure(changes: Partial<Switches>): Switches;
  /** Makes every token given out so far invalid. */
  expireTokens(): void;
  /** Invents all data anew and forgets everything received, every fault and every denied right. */
  reset(how?: { appointments?: number }): void;
  door(): Door;
}

export function ruleControl(company: Company): RuleControl {
  const clock = (): ClockState => ({
    now: new Date(company.clock.now()).toISOString(),
    today: company.clock.today(),
    zone: company.clock.zone,
    state: company.clock.state,
  });
  return {
    fault: (order) => {
      if (typeof order.count === 'number' && !(order.count >= 1)) {
        throw new ControlError(400, 'A fault needs a count of 1 or more, or "forever".');
      }
      return company.faults.order(order);
    },
    faults: () => company.faults.active(),
    clearFaults: () => company.faults.clear(),
    setPermission: (change) => setPermission(company, change),
    denied: () => company.permissions.denied(),
    setDocumentTypes: (types) => {
      company.lookups.documentTypes = structuredClone([...types]);
    },
    setClock: (at, how = {}) => {
      if (at === null) company.clock.follow();
      else company.clock.set(instantOrThrow(at), how.frozen);
      return clock();
    },
    clock,
    lookups: () => structuredClone(company.lookups),
    switches: () => ({ ...company.switches }),
    configure: (changes) => {
      Object.assign(company.switches, changes);
      return { ...company.switches };
    },
    expireTokens: () => company.tokens.expireAll(),
    reset: (how = {}) => refound(company, how.appointments),
    door: () => company.door,
  };
}

function setPermission(company: Company, { user, action, dtyid, allowed }: PermissionChange): void {
  if (action === undefined && dtyid === undefined) {
    throw new ControlError(400, 'Say which action or which document type (dtyid) the permission is about.');
  }
  for (const name of user === undefined ? company.users.map((one) => one.username) : [user]) {
    if (action !== undefined) company.permissions.setAction(name, action, allowed);
    if (dtyid !== undefined) company.permissions.setDocumentType(name, dtyid, allowed);
  }
}

function instantOrThrow(at: string | number): number {
  const instant = typeof at === 'number' ? at : Date.parse(at);
  if (!Number.isFinite(instant)) throw new ControlError(400, `"${at}" is not an instant such as 2026-03-09T15:00:00Z.`);
  return instant;
}
