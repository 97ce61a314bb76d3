import { z } from 'zod';
import { ConnectionState } from '../entities/connection.ts';
import { topics } from '../topics.ts';
import { defineEvent } from './define.ts';

/** A connection changed its state: told once a change. */
export const ConnectionChanged = defineEvent({
  type: 'occ.connection.changed.v1',
  topic: topics.settled,
  title: 'Connection changed',
  description: 'A connection to a CRM works again, needs a person, or was paused.',
  data: z.object({
    state: ConnectionState,
    before: ConnectionState,
    reason: z.string().describe('What happened, whose side, what to do; empty when all is well'),
  }),
});
