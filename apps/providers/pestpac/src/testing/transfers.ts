import { type Ready, transfer, type TransferAsk, type TransferFault } from '../transfer/transfer.ts';
import { ask } from './mapping-rows.ts';

/** A transfer that has to be whole. */
export function ready(more: Partial<TransferAsk>): Ready {
  const made = transfer(ask(more));
  if (!made.ok) throw new Error(JSON.stringify(made.faults));
  return made;
}

/** What stands between a record and its transfer; none where it is whole. */
export function faults(more: Partial<TransferAsk>): readonly TransferFault[] {
  const made = transfer(ask(more));
  return made.ok ? [] : made.faults;
}
