import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  readonly to: readonly string[];
  readonly messageId: string;
  readonly subject: string;
  /** As it went over the wire. */
  readonly raw: string;
}

/** A mail server that keeps what it takes. It refuses for good who is named so, and everything while it is `down`. */
export async function startMailbox() {
  const mails: Mail[] = [];
  const state = { down: false };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      if (address.startsWith('nobody@'))
        return done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
      return done(state.down ? Object.assign(new Error('try later'), { responseCode: 451 }) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded(raw))?.[1]?.trim() ?? '';
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, raw, messageId: header('Message-ID'), subject: header('Subject') });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    mails,
    state,
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function unfolded(raw: string): string {
  return raw.replaceAll(/\r\n[ \t]/g, ' ');
}
