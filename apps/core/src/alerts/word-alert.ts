import { connectionHealth, describeProvider } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import type { OrgStore } from '../orgs/org.store.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import type { AlertRecord } from './alert.ts';
import { type AlertMessage, alertMessage } from './alert-message.ts';

export interface WordParts {
  readonly orgs: Pick<OrgStore, 'find'>;
  readonly askProvider: AskProvider;
  /** Base of the app in which people put it right. */
  readonly appUrl: string | undefined;
}

/** Finds out what an alert tells beside itself. A provider that does not answer costs the alert a detail, never itself. */
export async function wordAlert({ orgs, askProvider, appUrl }: WordParts, alert: AlertRecord): Promise<AlertMessage> {
  const { org: id, connection, provider } = alert;
  const [org, title, waiting] = await Promise.all([
    orgs.find(id),
    orUnknown(askProvider(provider, describeProvider, {}).then((described) => described.title)),
    orUnknown(askProvider(provider, connectionHealth, { org: id, connection }).then((health) => health.waiting)),
  ]);
  const { name, time_zone } = org ?? { name: id, time_zone: 'UTC' };
  return alertMessage({
    alert,
    title: title ?? provider,
    org: { name, time_zone },
    waiting,
    link: linkTo(appUrl, alert),
  });
}

async function orUnknown<Fact>(asked: Promise<Fact>): Promise<Fact | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isHubError(error)) return undefined;
    throw error;
  }
}

function linkTo(appUrl: string | undefined, { org, connection }: AlertRecord): string | undefined {
  if (appUrl === undefined) return undefined;
  const url = new URL(appUrl);
  url.searchParams.set('org', org);
  url.searchParams.set('connection', connection);
  return url.href;
}
