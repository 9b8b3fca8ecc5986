/** Colours, header, tabs, controls. */
export const frame = `
:root {
  --ground: #f4f6f8; --surface: #ffffff; --sunken: #eef1f5; --line: #d5dbe3; --edge: #7b8794;
  --text: #1b2430; --quiet: #536071; --accent: #0a5a9c; --on-accent: #ffffff; --chosen: #e3eefa;
  --good: #14663a; --good-ground: #e2f3e8; --bad: #a81e17; --bad-ground: #fcebe9; --odd: #7a4d00; --odd-ground: #fdf1d9;
  --xml-name: #0a5a9c; --xml-attribute: #6b3fa0; --xml-value: #14663a;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11151b; --surface: #191f27; --sunken: #12171e; --line: #2f3946; --edge: #7d8a9a;
    --text: #e4e9f0; --quiet: #a4afbd; --accent: #86bdf2; --on-accent: #0d1722; --chosen: #1d3147;
    --good: #7bd29b; --good-ground: #16301f; --bad: #ff9c92; --bad-ground: #3a1c1b; --odd: #f0c26b; --odd-ground: #35290f;
    --xml-name: #86bdf2; --xml-attribute: #c9a7f2; --xml-value: #7bd29b;
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { color-scheme: light dark; }
body {
  margin: 0; min-height: 100vh; background: var(--ground); color: var(--text);
  font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, dl, dd, ul, ol, pre { margin: 0; }
ul, ol { padding: 0; list-style: none; }
h1 { font-size: 1.05rem; letter-spacing: -0.01em; white-space: nowrap; }
h2 { font-size: 1.25rem; letter-spacing: -0.01em; }
h3 { font-size: 1.05rem; }
h4 { font-size: 0.95rem; }
code, pre, textarea, kbd { font-family: var(--mono); font-size: 0.8125rem; }
a { color: var(--accent); }
.quiet, .lead { color: var(--quiet); }
h3 .quiet, h4 .quiet { font-weight: 400; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.lead { max-width: 46rem; margin: 0.15rem 0 0.9rem; }
.spoken {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus-visible { outline-offset: -4px; }
.skip { position: absolute; left: 0.5rem; top: -4rem; z-index: 3; padding: 0.5rem 0.9rem; background: var(--accent); color: var(--on-accent); }
.skip:focus { top: 0.5rem; }

header { background: var(--surface); border-bottom: 1px solid var(--line); }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1.6rem; padding: 0.7rem 1.25rem 0.3rem; }
.vitals { display: flex; flex-wrap: wrap; gap: 0.2rem 1.6rem; flex: 1 1 20rem; }
.vitals > div { display: flex; gap: 0.45rem; align-items: baseline; }
.vitals dt { color: var(--quiet); font-size: 0.8125rem; }
.vitals dd { font-variant-numeric: tabular-nums; }
#platform { font-family: var(--mono); font-size: 0.8125rem; }
.connection { font-weight: 600; }
.connection.live { color: var(--good); }

.connection.connecting, .connection.reconnecting, .connection.moved { color: var(--odd); }
.dot { margin-right: 0.3rem; }
.about summary { cursor: pointer; color: var(--accent); }
.about[open] { flex-basis: 100%; }
.about p { max-width: 50rem; padding: 0.3rem 0 0.5rem; }
@media (max-width: 68rem) { .top { justify-content: space-between; } .vitals { order: 3; flex-basis: 100%; } .about[open] { order: 4; } }
.tabs { display: flex; flex-wrap: wrap; gap: 0 0.25rem; padding: 0 1rem; }
.tabs a {
  padding: 0.5rem 0.75rem 0.45rem; border-bottom: 3px solid transparent; color: var(--quiet); text-decoration: none; font-weight: 500;
}
.tabs a:hover { color: var(--text); }
.tabs a[aria-selected="true"] { color: var(--text); border-bottom-color: var(--accent); }
.tabs a:focus-visible { outline-offset: -3px; }
.badge, .tag {
  display: inline-block; padding: 0 0.45rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--sunken);
  color: var(--text); font-size: 0.75rem; font-weight: 500; line-height: 1.35rem;
}
.badge { background: var(--odd-ground); color: var(--odd); border-color: currentColor; }
.tag.good { background: var(--good-ground); color: var(--good); border-color: transparent; }
.tag.bad { background: var(--bad-ground); color: var(--bad); border-color: transparent; }
main { padding: 1.1rem 1.25rem 4rem; }

button, .button, select, input, textarea {
  font: inherit; font-size: 0.875rem; color: var(--text); background: var(--surface);
  border: 1px solid var(--edge); border-radius: 5px; padding: 0.25rem 0.65rem; min-height: 2rem; max-width: 100%;
}
textarea { width: 100%; font-family: var(--mono); font-size: 0.8125rem; padding: 0.5rem 0.65rem; resize: vertical; }
[aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
button, .button { cursor: pointer; font-weight: 500; text-decoration: none; }
.button { display: inline-flex; align-items: center; gap: 0.5rem; }
button:hover, .button:hover { border-color: var(--accent); color: var(--accent); }
button[aria-pressed="true"] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button[aria-disabled="true"] { color: var(--quiet); border-color: var(--line); }
button.small { min-height: 1.65rem; padding: 0.05rem 0.5rem; font-size: 0.8125rem; }
kbd { padding: 0 0.3rem; border: 1px solid var(--line); border-radius: 3px; color: var(--quiet); font-size: 0.7rem; }
label { color: var(--quiet); font-size: 0.8125rem; }
.filters { display: flex; flex-wrap: wrap; gap: 0.5rem 0.8rem; align-items: flex-end; margin-bottom: 0.9rem; }
.filters label { display: grid; gap: 0.15rem; min-width: 0; }
.filters label { flex: 0 1 10.5rem; }
#clock-form label { flex-basis: 8rem; }
.filters select, .filters input { width: 100%; }
#register-form label { flex-basis: 20rem; }
.filters > .quiet { font-size: 0.8125rem; padding-bottom: 0.35rem; }
.problem { color: var(--bad); font-weight: 500; }
.problem:empty { display: none; }
.status {
  position: fixed; left: 50%; bottom: 1rem; transform: translateX(-50%); z-index: 2; max-width: min(40rem, calc(100vw - 2rem));
  padding: 0.5rem 1rem; border-radius: 6px; background: var(--text); color: var(--surface); visibility: hidden; opacity: 0;
  transition: opacity 0.2s;
}
.status.shown { visibility: visible; opacity: 1; }
@media (max-width: 40rem) {
  .top, main { padding-left: 0.8rem; padding-right: 0.8rem; }
  .tabs { padding: 0 0.3rem; }
  .tabs a { padding: 0.4rem 0.5rem; }
}
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
}
`
