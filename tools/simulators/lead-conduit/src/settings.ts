import type { InboundModule } from './module/contract.ts';
import type { FlowDefinition } from './platform/flow.ts';
import type { Hosts } from './platform/http-call.ts';

/** What a simulator is started with; everything has a default, see the README. */
export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The account's name. */
  account?: string;
  flows?: readonly FlowDefinition[];
  /** Which simulator stands in for which host of a vendor. Anything else but this machine is never called. */
  hosts?: Hosts;
  /** Inbound modules that take feedback in a vendor's own form, by the name in their address. */
  feedbackModules?: Readonly<Record<string, InboundModule | { path: string; name: string }>>;
  /** Epoch milliseconds. */
  now?: () => number;
  /** A fresh id of a flow, source, lead or event; default 24 random hexadecimal digits. */
  newId?: () => string;
  /** Events kept. Default 5000; the oldest are forgotten and feedback about them then fails. */
  eventsKept?: number;
}
