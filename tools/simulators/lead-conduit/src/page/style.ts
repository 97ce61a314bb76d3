/** What this page has beside the common sheet: a form for a lead, and snapshots of events. */
export const STYLE = `
h1 a { color: inherit; text-decoration: none; }
form.lead { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 8px 14px; padding: 12px 16px; align-items: end; }
form.lead label { display: flex; flex-direction: column; gap: 2px; color: var(--quiet); font-size: 12.5px; }
.snapshot { padding: 4px 16px 16px; }
.snapshot h3 { font-size: 13px; margin: 12px 0 4px; color: var(--quiet); font-weight: 500; }
.snapshot pre { margin: 0; padding: 10px 12px; background: var(--soft); border-radius: 7px; font: 12px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 420px; overflow: auto; }
`;
