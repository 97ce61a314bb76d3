/** One fact of a mail, under its label. */
export type Row = readonly [label: string, text: string];

/** A mail in words, for readers of plain text and of HTML. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail and the id of its alert, by which a mailbox knows a repeat. */
export interface MailMessage {
  readonly event: string;
  readonly mail: Mail;
}

/** Makes a mail of its facts. Text of others must be in one line already; markup in it is shown, not followed. */
export function mailOf({ subject, rows, foot }: { subject: string; rows: readonly Row[]; foot: string }): Mail {
  return { subject, text: textOf(rows, foot), html: htmlOf(rows, foot) };
}

/** On the clock of that zone, naming it. */
export function timeIn(timeZone: string, at: Date): string {
  const how = { dateStyle: 'medium', timeStyle: 'long', timeZone } as const;
  return new Intl.DateTimeFormat('en-US', how).format(at);
}

function textOf(rows: readonly Row[], foot: string): string {
  return [...rows.map(([label, text]) => `${label}: ${text}`), foot].join('\n\n') + '\n';
}

function htmlOf(rows: readonly Row[], foot: string): string {
  const lines = rows.map(([label, text]) => `<p><b>${escaped(label)}</b><br>${escaped(text)}</p>`);
  return [...lines, `<p><small>${escaped(foot)}</small></p>`].join('\n') + '\n';
}

/** Text of others cannot break out of its line. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
