import { z } from 'zod';
import { CrmUser, Lookups } from '../entities/connection.ts';
import { DocumentReference } from '../entities/document.ts';
import { ExternalId, HubId } from '../entities/ids.ts';
import { defineCommand } from './define.ts';

/** Which CRM users have an active link to an OCC member. Asked by a provider at the start of every poll. */
export const listUserLinks = defineCommand({
  name: 'user-links.list',
  ask: z.object({ org: HubId, connection: HubId }),
  answer: z.object({ crm_user_ids: z.array(ExternalId).describe('CRM users with an active link') }),
  timeoutMs: 5_000,
});

/** How many users a question takes: far below what a NATS server takes at once by default (1 MB). */
export const usersAtOnce = 1_000;

/**
 * The users of a long list, part by part, before the `keepCrmLists` that names the same reading and brings the rest. Core
 * shows nothing of them before that. A part from 0 begins the reading anew; one that does not follow is refused as transient.
 */
export const keepCrmUsers = defineCommand({
  name: 'crm-users.keep',
  ask: z.object({
    org: HubId,
    connection: HubId,
    reading: HubId.describe('Made by the asker, one for a list'),
    from: z.int().nonnegative().describe('How many of this reading came before'),
    users: z.array(CrmUser).min(1).max(usersAtOnce),
  }),
  answer: z.object({}),
  timeoutMs: 10_000,
});

/**
 * What a run read of the CRM's users and lists, before it asks for records. Core keeps both, links users to members by
 * e-mail where there is no doubt, and answers as `listUserLinks` does.
 */
export const keepCrmLists = defineCommand({
  name: 'crm-lists.keep',
  ask: z.object({
    org: HubId,
    connection: HubId,
    reading: HubId.optional().describe('Users of this reading were handed over before, by keepCrmUsers; these follow'),
    users: z.array(CrmUser),
    lookups: Lookups,
  }),
  answer: z.object({ crm_user_ids: z.array(ExternalId).describe('CRM users with an active link') }),
  timeoutMs: 10_000,
});

/** Where a document's bytes are, for one reader and a short time. */
export const getDocument = defineCommand({
  name: 'documents.get',
  ask: z.object({ org: HubId, document: HubId }),
  answer: z.object({
    document: DocumentReference,
    url: z.url().describe('Inside the cluster; holds a token good for five minutes'),
  }),
  timeoutMs: 5_000,
});
