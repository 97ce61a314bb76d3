import { type Endpoint, standingAnswer, waitMsOf } from '@occ-hub/provider-kit';
import { z } from 'zod';
import type { PestPacClient } from './client.ts';
import { runsOf } from './disposition.endpoint.ts';
import { bodyOf } from './body-of.ts';
import type { Settings } from './settings.ts';

/** How a run stands. */
export const runEndpoint: Endpoint<PestPacClient, Settings> = {
  path: '/runs/:run',
  methods: ['GET'],
  scope: 'dispositions',
  async handle({ request, look }) {
    return standingAnswer(await look(request.params['run'] ?? ''), runsOf(request.uri, '/runs/'));
  },
};

const Choice = z.strictObject({ option: z.string().min(1).max(100) });

/** A user of ClickPoint chose: an option of those that the run was answered with. */
export const choiceEndpoint: Endpoint<PestPacClient, Settings> = {
  path: '/runs/:run/choice',
  methods: ['POST'],
  scope: 'dispositions',
  async handle({ request, choose }) {
    const { option } = bodyOf(request, Choice);
    const chosen = await choose(request.params['run'] ?? '', option, { withinMs: waitMsOf(request) });
    return standingAnswer(chosen, runsOf(request.uri, '/runs/'));
  },
};
