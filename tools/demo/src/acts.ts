import { DEFAULT_APP } from '@occ-hub/simulator-salesforce';
import type { ListrTask } from 'listr2';
import { improveit360Story } from './improveit360/story.ts';
import { leadConduitStory } from './lead-conduit/story.ts';
import { leadPerfectionStory } from './lead-perfection/story.ts';
import { pestPacStory } from './pestpac/story.ts';
import type { House } from './raise-house.ts';
import type { Outside } from './simulators.ts';
import { singleOpsStory } from './singleops/story.ts';

/** The acts of the play, one for each provider. The first step that does not hold ends it. */
export function acts({ core, url }: House, outside: Outside): ListrTask[] {
  const { crm, salesforce, platform, pestpac, singleops, mailbox } = outside;
  const act = (title: string, steps: ListrTask[]): ListrTask => ({
    title,
    task: (_context, task) => task.newListr(steps, { exitOnError: true }),
  });
  return [
    act('LeadPerfection, there and back', leadPerfectionStory(core, crm)),
    act(
      'improveit360 on Salesforce, there and back',
      improveit360Story(core, { crm: salesforce, secret: DEFAULT_APP.secret, mailbox }),
    ),
    act('LeadConduit: leads in, feedback out', leadConduitStory(core, { crm, platform, door: url('lead-conduit') })),
    act(
      'ClickPoint to PestPac: dispositions become work',
      pestPacStory(core, { pestpac, mailbox, door: url('pestpac') }),
    ),
    act('SingleOps: leads from a web site', singleOpsStory(core, { singleops, crm, door: url('singleops') })),
  ];
}
