import { secret } from '@occ-hub/provider-kit';
import { z } from 'zod';
import { FeedbackRules, defaultFeedbackRules } from './modules/feedback/rules.ts';

/** One name of a host: it becomes a part of an address, and nothing else may. */
const label = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{1,63}$/, 'Enter just the name, letters, digits and dashes, not an address.');

/** LeadConduit's own host and no other: what the company knows of its leads is sent there. */
const feedbackUrl = z.url().refine((url) => isLeadConduit(url), 'Enter an https address of leadconduit.com.');

function isLeadConduit(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && /(^|\.)leadconduit\.com$/.test(hostname);
}

/** What an org admin enters. What a lead brings along counts more. */
export const Settings = z.object({
  client_id: label
    .optional()
    .meta({ title: 'LeadPerfection client ID', description: 'Used in the posting URL where a lead brings none' }),
  subdomain: label
    .optional()
    .meta({ title: 'LeadPerfection subdomain', description: 'Of Create Lead (deprecated), where a lead brings none' }),
  user_id: z.string().trim().max(100).optional().meta({ title: 'User ID', description: 'Of Create Lead (deprecated)' }),
  password: secret(
    z.string().max(200).meta({ title: 'Password', description: 'Of Create Lead (deprecated)' }),
  ).optional(),
  feedback_url: feedbackUrl
    .default('https://app.leadconduit.com/feedback')
    .meta({ title: 'Feedback address', description: 'Where conversions and returns go' }),
  feedback_rules: FeedbackRules.default([...defaultFeedbackRules]).meta({
    title: 'Feedback rules',
    description: 'What LeadPerfection’s words mean for LeadConduit; the first row that fits counts',
  }),
});
export type Settings = z.infer<typeof Settings>;
