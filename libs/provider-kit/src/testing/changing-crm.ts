import type { CrmUser } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { z } from 'zod';
import type { VendorIo } from '../http/vendor-io.ts';
import type { ChangeWindow } from '../poll/window.ts';
import { defineProvider } from '../provider.ts';
import type { Page } from '../source.ts';
import { type ChangedVisitClient, changedVisits } from './some-crm.ts';

const Settings = z.object({ user: z.string() });
const noEnv = z.object({});

/** An invented CRM in memory, and its provider: it tells what changed, and counts its calls. */
export function changingCrm() {
  const crm = {
    /** What the next runs are given. */
    pages: [] as readonly Page[],
    users: [] as readonly CrmUser[],
    asked: [] as ChangeWindow[],
    used: 0,
    refuses: false,
  };
  const clientOver = (io: VendorIo): ChangedVisitClient => ({
    get now() {
      return io.clock();
    },
    async *changes(window) {
      crm.asked.push(window);
      crm.used += 1;
      io.usage({ used: crm.used, limit: 15_000 });
      yield* crm.pages;
    },
  });
  const provider = defineProvider<typeof Settings, typeof noEnv, ChangedVisitClient>({
    id: 'changing-crm',
    title: 'Changing CRM',
    settings: Settings,
    env: noEnv,
    timeZone: () => 'America/Chicago',
    connect: (_settings, io) => clientOver(io),
    async probe() {
      if (!crm.refuses) return;
      const message = 'Changing CRM refused the user. Authorize again.';
      throw new HubError({ kind: 'credential', code: 'changing-crm.refused', message });
    },
    users: async () => crm.users,
    lookups: async () => ({}),
    sources: [changedVisits],
    sinks: [],
  });
  return { crm, provider };
}
