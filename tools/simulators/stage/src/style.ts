/** The pages' common style sheet: no outside assets, light and dark by the reader's own setting. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f2; --card: #ffffff; --ink: #1d2420; --quiet: #66706a; --line: #dfe3de; --soft: #eef1ec;
  --accent: #1f6f54; --accent-soft: #dcefe6; --warn: #9a5b00; --warn-soft: #fbeccf; --bad: #a8322a; --bad-soft: #f8dfdc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131715; --card: #1b211e; --ink: #e6ebe7; --quiet: #96a29b; --line: #2d3631; --soft: #222a26;
    --accent: #63c79f; --accent-soft: #1d3a2f; --warn: #e8b25c; --warn-soft: #3a2e17; --bad: #f08a80; --bad-soft: #42211e;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.45 system-ui, -apple-system, "Segoe UI", sans-serif; }
a { color: var(--accent); }
.page { max-width: 1360px; margin: 0 auto; padding: 20px 24px 48px; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 6px 14px; margin-bottom: 16px; }
h1 { font-size: 22px; letter-spacing: -.01em; margin: 0; }
h2 { font-size: 15px; margin: 0; }
header p { margin: 0; color: var(--quiet); flex-basis: 100%; max-width: 100ch; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin-bottom: 16px; overflow: hidden; }
.card > .head { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; padding: 12px 16px; border-bottom: 1px solid var(--line); }
.card > .head .hint { color: var(--quiet); font-size: 13px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin-bottom: 16px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 10px 14px; }
.tile b { display: block; font-size: 22px; line-height: 1.25; font-variant-numeric: tabular-nums; white-space: nowrap; }
.tile b.long { font-size: 16px; line-height: 1.72; white-space: normal; }
.tile span { color: var(--quiet); font-size: 12.5px; }
.split { display: grid; grid-template-columns: minmax(320px, 5fr) 8fr; gap: 16px; align-items: start; }
.split > * { min-width: 0; }
@media (max-width: 980px) { .split { grid-template-columns: minmax(0, 1fr); } }
.scroll { overflow-x: auto; }
.tall { max-height: 540px; overflow: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child td { border-bottom: 0; }
th { color: var(--quiet); font-weight: 500; font-size: 12px; background: var(--card); position: sticky; top: 0; white-space: nowrap; }
th:first-child, td:first-child { padding-left: 16px; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.nowrap { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.cut { max-width: 240px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
td.acts { white-space: nowrap; text-align: right; }
tr.written td { background: var(--accent-soft); }
.mono { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 12px; }
.sub { color: var(--quiet); font-size: 12px; }
.badge { display: inline-block; padding: 0 7px; border-radius: 999px; font-size: 12px; line-height: 19px; background: var(--soft); color: var(--quiet); white-space: nowrap; }
.badge.good { background: var(--accent-soft); color: var(--accent); }
.badge.warn { background: var(--warn-soft); color: var(--warn); }
.badge.bad { background: var(--bad-soft); color: var(--bad); }
.bar { height: 6px; margin-top: 7px; border-radius: 3px; background: var(--accent); min-width: 2px; }
button, select, input { font: inherit; font-size: 13px; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 7px; padding: 4px 10px; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
button:focus-visible, select:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
button.danger { color: var(--bad); }
button.small { padding: 0 7px; font-size: 12px; line-height: 20px; }
.breaks { display: flex; flex-wrap: wrap; gap: 8px; padding: 12px 16px; }
.breaks + .breaks { padding-top: 0; }
.options { display: flex; flex-wrap: wrap; gap: 8px 16px; padding: 12px 16px 0; color: var(--quiet); font-size: 13px; }
.options label { display: inline-flex; align-items: center; gap: 6px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; margin-left: auto; }
.chips a { text-decoration: none; padding: 1px 9px; border-radius: 999px; border: 1px solid var(--line); font-size: 12.5px; color: inherit; }
.chips a.on { background: var(--accent-soft); border-color: var(--accent); color: var(--accent); }
.empty { padding: 16px; color: var(--quiet); }
ul.plain { list-style: none; margin: 0; padding: 0 16px 12px; display: flex; flex-wrap: wrap; gap: 6px; }
#said { color: var(--bad); font-size: 13px; }
`;
