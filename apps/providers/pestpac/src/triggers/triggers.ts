import { z } from 'zod';

const name = z.string().trim().min(1).max(180);

/** What of a run is done. */
export const Steps = z.strictObject({
  location: z
    .boolean()
    .default(true)
    .describe('Find or create the location. Off: only one that an earlier disposition of the lead found or created'),
  lead: z.boolean().default(true),
  task: z.boolean().default(false),
  service: z.boolean().default(false).describe('A one-time service'),
  recurring_service: z.boolean().default(false),
  card: z
    .boolean()
    .default(false)
    .describe('List the cards, add one that came along, link it to the recurring service'),
});
export type Steps = z.infer<typeof Steps>;

/** Which dispositions start a run, and of what. */
export const Trigger = z.strictObject({
  record_type: name,
  actions: z.array(name).min(1).max(200),
  steps: Steps,
  enabled: z.boolean().default(true),
});
export type Trigger = z.infer<typeof Trigger>;

export const Triggers = z.array(Trigger).max(200);
export type Triggers = z.infer<typeof Triggers>;

/** The enabled trigger of a disposition: both names are the same but for capitals and space around them. */
export function triggerFor(triggers: readonly Trigger[], recordType: string, action: string): Trigger | undefined {
  return triggers.find(
    (trigger) =>
      trigger.enabled &&
      sameName(trigger.record_type, recordType) &&
      trigger.actions.some((each) => sameName(each, action)),
  );
}

/** Whether two names mean the same in ClickPoint. */
export function sameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** A name as it is compared. */
export function plain(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}
