import type { LeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';
import type { ListrTask } from 'listr2';
import { type Step, asTasks, newOffice } from '../office.ts';
import { compareCounts, linkOneMore, moveAppointment, sync } from './bring-in.ts';
import { cutUpload, outage } from './outages.ts';
import { authorize, createOrg, linkReps, refuseUrl, seeUsers } from './set-up.ts';
import type { World } from './world.ts';
import { noEcho, seeInCrm, workTheJob } from './write-back.ts';

/** The story of one appointment there and back. Each step checks what it claims and says what it saw. */
const steps: readonly Step<World>[] = [
  ['An org is created, with an office admin and ten reps', createOrg],
  ['A pasted URL is refused with a sentence that says what to enter', refuseUrl],
  ['The connection is authorized against LeadPerfection', authorize],
  ['LeadPerfection’s users appear, with suggestions by name', seeUsers],
  ['Ten of the twelve reps are linked', linkReps],
  ['A sync brings their appointments as jobs', sync],
  ['The counts agree with the simulator’s own; skipped ones are explained', compareCounts],
  ['An appointment moved in the CRM moves in OCC', moveAppointment],
  ['An agreement is signed, a note written, a result given', workTheJob],
  ['All three are in LeadPerfection', seeInCrm],
  ['The next poll changes nothing: the hub does not hear its own echo', noEcho],
  ['The CRM goes down, a document is signed, the CRM comes back: it arrives once', outage],
  ['An upload is cut off after LeadPerfection stored it: it is not sent again', cutUpload],
  ['An eleventh rep is linked: the skipped appointments come in at once', linkOneMore],
];

/** The act of LeadPerfection as tasks with progress. */
export function leadPerfectionStory(core: string, crm: LeadPerfectionSimulator): ListrTask[] {
  return asTasks(steps, { ...newOffice(core), crm, reps: [] });
}
