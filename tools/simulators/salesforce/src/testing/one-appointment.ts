import type { SalesforceSimulator } from '../simulator.ts';
import type { Caller, Seen } from './caller.ts';
import { startSalesforceSimulator } from '../simulator.ts';
import { callerOf, TUESDAY } from './caller.ts';

export const APPOINTMENT = 'i360core__Sales_Appointment__c';

/** An org with one contact and one appointment of hers, and a caller who may write. */
export interface OneAppointment {
  simulator: SalesforceSimulator;
  caller: Caller;
  contact: string;
  appointment: string;
  /** Writes a record: the appointment, unless another is named. */
  patch(body: object, type?: string, id?: string): Promise<Seen>;
}

export async function oneAppointment(): Promise<OneAppointment> {
  const simulator = await startSalesforceSimulator({ appointments: 0, now: () => TUESDAY });
  const caller = callerOf(simulator);
  const contact = simulator.control.create('Contact', {
    LastName: 'Whitfield',
    FirstName: 'Dana',
    i360core__Phone_Numbers__c: 'Home: 555-0100',
  }).Id;
  const appointment = simulator.control.create(APPOINTMENT, { i360core__Contact__c: contact }).Id;
  const patch: OneAppointment['patch'] = (body, type = APPOINTMENT, id = appointment) =>
    caller.call('PATCH', `/sobjects/${type}/${id}`, { body });
  return { simulator, caller, contact, appointment, patch };
}

/** Status and errors of a refusal. */
export async function refusal(answer: Promise<Seen>): Promise<unknown[]> {
  const { status, json } = await answer;
  return [status, ...(json() as unknown[])];
}
