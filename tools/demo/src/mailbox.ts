import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
}

/** The office's mail server: a real one that keeps what comes. */
export interface Mailbox {
  readonly url: string;
  readonly mails: readonly Mail[];
  stop(): Promise<void>;
}

export async function startMailbox(): Promise<Mailbox> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const head = Buffer.concat(chunks)
          .toString('utf8')
          .replaceAll(/\r\n[ \t]/g, ' ');
        const subject = /^Subject: (.*)$/im.exec(head)?.[1]?.trim() ?? '';
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), subject });
        done();
      });
    },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    stop: () => new Promise((closed) => server.close(() => closed())),
  };
}
