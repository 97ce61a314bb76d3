import type { VendorIds } from '@occ-hub/provider-kit';
import type { Lead, Order, Setup, Task } from '../records.ts';
import { leadBody, orderBody, setupBody, taskBody } from '../transfer/bodies.ts';
import { mark as markOf } from '../transfer/marks.ts';
import type { Run } from './run.ts';
import { findLead, findOrder, findSetup, findTask } from '../finds.ts';

/** The lead within the location. */
export function makeLead(run: Run, location: number): Promise<VendorIds> {
  const { client } = run.write;
  const body = leadBody(run.ready, { location });
  const mark = markOf(run.facts.run);
  const idsOf = ({ LeadID }: Lead): VendorIds => ({ lead_id: String(LeadID) });
  return run.make('create-lead', {
    find: async () => idsIf(await findLead(client, { body, mark }), idsOf),
    do: async () => idsOf(await client.createLead(body)),
  });
}

/** A task at the location; it names the lead in its description. */
export function makeTask(run: Run, ids: { location: number; lead: number | undefined }): Promise<VendorIds> {
  const { client } = run.write;
  const body = taskBody(run.ready, ids);
  const mark = markOf(run.facts.run);
  const idsOf = ({ TaskID }: Task): VendorIds => ({ task_id: String(TaskID) });
  return run.make('create-task', {
    find: async () => idsIf(await findTask(client, { body, mark }), idsOf),
    do: async () => idsOf(await client.createTask(body)),
  });
}

/** A one-time service: an order without a setup. */
export function makeOrder(run: Run, location: number): Promise<VendorIds> {
  const { client } = run.write;
  const body = orderBody(run.ready, { location });
  const idsOf = ({ OrderID }: Order): VendorIds => ({ order_id: String(OrderID) });
  return run.make('create-order', {
    find: async () => idsIf(await findOrder(client, body), idsOf),
    do: async () => idsOf(await client.createOrder(body)),
  });
}

/** A recurring service, with its first visit where one is asked for. */
export function makeSetup(run: Run, location: number): Promise<VendorIds> {
  const { client } = run.write;
  const body = setupBody(run.ready, { location });
  const mark = markOf(run.facts.run);
  const idsOf = ({ SetupID, InitialOrderID }: Setup): VendorIds => ({
    setup_id: String(SetupID),
    ...(InitialOrderID === undefined ? {} : { initial_order_id: String(InitialOrderID) }),
  });
  return run.make('create-setup', {
    find: async () => idsIf(await findSetup(client, { body, mark }), idsOf),
    do: async () => idsOf(await client.createSetup(body)),
  });
}

function idsIf<Found>(found: Found | undefined, idsOf: (found: Found) => VendorIds): VendorIds | undefined {
  return found === undefined ? undefined : idsOf(found);
}
