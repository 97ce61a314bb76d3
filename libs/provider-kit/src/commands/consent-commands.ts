import { beginConsent, disconnect } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { stateAfter, stateOf } from '../connections/connection.ts';
import { beginConsentOf } from '../oauth/begin.ts';
import { giveBack, giveBackLate } from '../oauth/give-back.ts';
import type { Desks } from './desks.ts';
import { handles } from './handler.ts';
import { type Which, connectionOf } from './which.ts';

/** Beginning an authorization on the vendor's page, and taking any back. */
export const consentCommands = (desks: Desks) => [
  handles(beginConsent, async (ask) => {
    const { begin } = desks.consent;
    if (!begin) throw notOffered(desks.provider.title);
    return beginConsentOf(begin, await connectionOf(desks.connections, ask), ask.browser);
  }),
  handles(disconnect, (ask) => disconnectNow(desks, ask)),
];

function notOffered(title: string): HubError {
  const message = `${title} is authorized with the credentials in the settings: save them and authorize.`;
  return new HubError({ kind: 'rejected', code: 'consent.not-offered', message });
}

/** Stops the work first: what is under way must not take its end for a refusal. Whatever somebody else saves meanwhile goes, too. */
async function disconnectNow({ connections, consent, registry }: Desks, which: Which) {
  const connection = await connectionOf(connections, which);
  await registry.tell(which.connection, { what: 'disconnected' });
  let note = await giveBack(consent.giveBack, connection);
  for (;;) {
    const known = await connectionOf(connections, which);
    const { _id, org, settings } = known;
    const to = stateAfter(stateOf(known), { what: 'disconnected' });
    if (!(await connections.save({ _id, org, settings, secrets: null }, { from: known, to }))) continue;
    await connections.leaveCompany(_id);
    // Once more: an authorization may have been finished in between.
    note ??= known.secrets ? await giveBackLate(consent.giveBack, known) : undefined;
    await consent.giveBack.consents?.grants.forget(_id);
    await registry.refresh();
    return { state: to.state, ...(note === undefined ? {} : { note }) };
  }
}
