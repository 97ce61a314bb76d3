import { createHash } from 'node:crypto';
import type { Ending } from './endings.ts';

const style =
  'body{margin:0;font:1.05rem/1.6 system-ui,sans-serif;color:#1b1f24;background:#f4f5f7}' +
  'main{max-width:34rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:.5rem}' +
  'h1{font-size:1.5rem;line-height:1.3;margin:0 0 1rem}p{margin:0 0 1rem}a{color:#0b5cad}' +
  '@media(prefers-color-scheme:dark){body{color:#e6e8eb;background:#16181c}main{background:#23262b}a{color:#8ec5ff}}';

/** All that an ending's page may load: its own style, and nothing else from anywhere. */
export const endingPolicy = {
  defaultSrc: ["'none'"],
  styleSrc: [`'sha256-${createHash('sha256').update(style).digest('base64')}'`],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** An ending as a page of its own. No script; every word is escaped, also those of the vendor. */
export function endingPage({ heading, whose, next }: Ending, appUrl: string | undefined): string {
  const back = appUrl === undefined ? '' : `<p><a href="${escaped(appUrl)}">Back to One Click Contractor</a></p>`;
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">' +
    `<title>${escaped(heading)} – One Click Contractor</title><style>${style}</style></head>` +
    `<body><main><h1>${escaped(heading)}</h1><p>${escaped(whose)}</p><p>${escaped(next)}</p>${back}</main></body></html>`
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign]!);
}
