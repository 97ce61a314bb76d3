import { connectionHealth, describeProvider } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import type { OrgStore } from '../orgs/org.store.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import type { AlertRecord, ConnectionAlert, FailureAlert } from './alert.ts';
import { type AlertMessage, alertMessage } from './alert-message.ts';
import { failureMessage } from './failure-message.ts';
import type { MailMessage } from './mail-text.ts';

export interface WordParts {
  readonly orgs: Pick<OrgStore, 'find'>;
  readonly askProvider: AskProvider;
  /** Base of the app in which people put it right. */
  readonly appUrl: string | undefined;
}

/** Finds out what an alert tells beside itself. A provider that does not answer costs the alert a detail, never itself. */
export async function wordAlert(parts: WordParts, alert: ConnectionAlert): Promise<AlertMessage> {
  const { org, connection, provider } = alert;
  const [names, waiting] = await Promise.all([
    namesOf(parts, alert),
    orUnknown(parts.askProvider(provider, connectionHealth, { org, connection }).then((health) => health.waiting)),
  ]);
  return alertMessage({ alert, ...names, waiting, link: linkTo(parts.appUrl, { org, connection }) });
}

/** As `wordAlert`, of a write that could not be delivered. */
export async function wordFailure(parts: WordParts, alert: FailureAlert): Promise<MailMessage> {
  const { org, delivery } = alert;
  const names = await namesOf(parts, alert);
  return failureMessage({ alert, ...names, link: linkTo(parts.appUrl, { org, delivery }) });
}

async function namesOf({ orgs, askProvider }: WordParts, { org: id, provider }: AlertRecord) {
  const [org, title] = await Promise.all([
    orgs.find(id),
    orUnknown(askProvider(provider, describeProvider, {}).then((described) => described.title)),
  ]);
  const { name, time_zone } = org ?? { name: id, time_zone: 'UTC' };
  return { title: title ?? provider, org: { name, time_zone } };
}

async function orUnknown<Fact>(asked: Promise<Fact>): Promise<Fact | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isHubError(error)) return undefined;
    throw error;
  }
}

function linkTo(appUrl: string | undefined, to: Readonly<Record<string, string>>): string | undefined {
  if (appUrl === undefined) return undefined;
  const url = new URL(appUrl);
  for (const [name, value] of Object.entries(to)) url.searchParams.set(name, value);
  return url.href;
}
