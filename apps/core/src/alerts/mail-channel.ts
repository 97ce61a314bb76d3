import type { Secret } from '@occ-hub/service';
import { createTransport } from 'nodemailer';
import type { ChannelReady } from './alert-settings.ts';
import type { MailMessage } from './mail-text.ts';
import { codeOf, delivered, failed, givenUp, type Tried } from './tried.ts';

interface Mailing {
  readonly to: readonly string[];
  readonly message: MailMessage;
  readonly stopping: AbortSignal;
}

export interface MailChannel {
  readonly ready: ChannelReady;
  /** Sends one alert to these addresses in one mail; answers by address. Never throws. */
  send(mailing: Mailing): Promise<ReadonlyMap<string, Tried>>;
}

/** Where mail goes out and from whom. */
export interface MailFacts {
  readonly url: Secret;
  readonly from: string;
}

const connectMs = 5_000;
const silenceMs = 10_000;
const wholeMs = 20_000;
const off = 'E-mail alerts are off: who runs the hub has to set SMTP_URL and ALERT_FROM.';

/** Alerts by e-mail. `Message-ID` is made of the event's id, so a mailbox knows a repeat. */
export function createMailChannel(facts: MailFacts | undefined): MailChannel {
  if (facts === undefined) {
    return {
      ready: { on: false, note: off },
      send: async ({ to }) => new Map(to.map((one) => [one, givenUp('off', off)])),
    };
  }
  const { url, from } = facts;
  const transport = createTransport({
    url: url.reveal(),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^\s>]+)>?$/.exec(from)?.[1] ?? 'occ-hub';
  return {
    ready: { on: true },
    async send({ to, message: { event, mail }, stopping }) {
      try {
        const messageId = `<${event}@${domain}>`;
        const signal = AbortSignal.any([stopping, AbortSignal.timeout(wholeMs)]);
        const info = await transport.sendMail({ ...mail, from, to: [...to], messageId, headers, signal });
        return byAddress(to, info.rejectedErrors ?? [], delivered);
      } catch (error) {
        const { rejectedErrors = [] } = error as Partial<Refusals>;
        return byAddress(to, rejectedErrors, notTaken(codeOf(error)));
      }
    },
  };
}

/** No out-of-office answers to an alert. */
const headers = { 'Auto-Submitted': 'auto-generated' };

interface Refusals {
  readonly rejectedErrors: readonly { readonly recipient?: string; readonly responseCode?: number }[];
}

function byAddress(to: readonly string[], refused: Refusals['rejectedErrors'], others: Tried): Map<string, Tried> {
  const codes = new Map(refused.map(({ recipient, responseCode }) => [recipient?.toLowerCase(), responseCode ?? 0]));
  return new Map(
    to.map((address) => {
      const code = codes.get(address);
      return [address, code === undefined ? others : refusedBy(code, others.sent)];
    }),
  );
}

/** Where the server took none it may be that it takes nothing of ours: only beside others is a refusal the address's. */
function refusedBy(code: number, tookOthers: boolean): Tried {
  const note = `The mail server refuses this address (${code}).`;
  if (code >= 500 && tookOthers) return givenUp(`${code}`, `${note} Correct it.`);
  return failed(`${code}`, `${note} Correct it, or wait: it is tried again.`);
}

function notTaken(code: string): Tried {
  return failed(code, `The mail server did not take it (${code}). Its side; it is tried again.`);
}
