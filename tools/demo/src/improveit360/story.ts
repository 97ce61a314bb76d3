import type { ListrTask } from 'listr2';
import { type Step, asTasks, newOffice } from '../office.ts';
import { createOrg, linkedByEmail, pressAllow, pressDeny, refuseClassic, registerCallback } from './set-up.ts';
import {
  bringIn,
  cutUpload,
  giveResults,
  linkByHand,
  moveAndDelete,
  noEcho,
  revokedAndBack,
  seeInCrm,
} from './work.ts';
import type { World } from './world.ts';

/** The story of an improveit360 office, from consent to a revoked access and back. Each step checks what it claims. */
const steps: readonly Step<World>[] = [
  ['An org is created, its reps as improveit360 has them', createOrg],
  ['Classic is refused with a sentence that says why', refuseClassic],
  ['A callback that Salesforce does not know is said before anybody leaves', registerCallback],
  ['Deny on Salesforce’s page ends with a clear sentence', pressDeny],
  ['Allow connects', pressAllow],
  ['Users link themselves by their e-mail address', linkedByEmail],
  ['Appointments come in', bringIn],
  ['A rep is linked by hand: 29 days of appointments come in at once', linkByHand],
  ['An appointment is moved, another deleted and restored', moveAndDelete],
  ['Results are given and an agreement is signed', giveResults],
  ['All of it is in Salesforce', seeInCrm],
  ['The hub does not hear its own echo, and Sold made one Sale', noEcho],
  ['The answer to an upload is lost after Salesforce stored it: it is not sent again', cutUpload],
  ['Salesforce ends the hub’s access: one mail says so, and after a new consent what waited goes out', revokedAndBack],
];

/** The act of improveit360 as tasks with progress. */
export function improveit360Story(core: string, outside: Pick<World, 'crm' | 'secret' | 'mailbox'>): ListrTask[] {
  return asTasks(steps, { ...newOffice(core), ...outside, reps: [], callback: '' });
}
