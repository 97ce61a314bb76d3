import { createHash } from 'node:crypto';

/** It stands in other people's pages: plain, in the colours that the reader prefers, and readable on a phone. */
export const style =
  ':root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#7a828c;--fault:#b3261e;--act:#0b5cad;--quiet:#57606a}' +
  '@media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--paper:#1c1f24;--line:#8b949e;--fault:#ffb4ab;--act:#3b82d6;--quiet:#a8b0ba}}' +
  '*{box-sizing:border-box}body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}' +
  'main{max-width:40rem;margin:0 auto;padding:1.5rem}h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}p{margin:0}' +
  'form{display:grid;grid-template-columns:repeat(6,1fr);gap:1rem;align-items:start}.field,.hint,button{grid-column:1/-1}' +
  '@media(min-width:30rem){.half{grid-column:span 3}.third{grid-column:span 2}}label{display:block;font-weight:600}' +
  'input,textarea{width:100%;margin-top:.25rem;padding:.6rem .7rem;font:inherit;color:inherit;background:transparent;' +
  'border:1px solid var(--line);border-radius:.375rem}[aria-invalid]{border:2px solid var(--fault)}' +
  'input:focus-visible,textarea:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--act);outline-offset:2px}' +
  '.hint{color:var(--quiet);font-size:.9rem;margin-bottom:-.75rem}.fault{margin-top:.25rem;font-size:.95rem;color:var(--fault);font-weight:600}' +
  '.summary{margin:0 0 1rem;padding:.75rem 1rem;border:2px solid var(--fault);border-radius:.375rem}' +
  '.summary p{font-weight:600}.summary ul{margin:.5rem 0 0;padding-left:1.25rem}.summary a{color:var(--fault)}' +
  'button{padding:.75rem 1rem;font:inherit;font-weight:600;color:#fff;background:#0b5cad;border:0;border-radius:.375rem;cursor:pointer}' +
  '.away{position:absolute;left:-10000px;width:1px;height:1px;overflow:hidden}';

/** As a content security policy names it. */
export const styleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
