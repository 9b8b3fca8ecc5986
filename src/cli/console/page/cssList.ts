/** Lists, tables, faults and clock. */
export const list = `
.list { container: list / inline-size; min-width: 0; }
.rows { border: 1px solid var(--line); border-radius: 8px; background: var(--surface); }
.rows:empty { display: none; }
.rows li + li { border-top: 1px solid var(--line); }
.rows li:first-child .row { border-radius: 7px 7px 0 0; }
.rows li:last-child .row { border-radius: 0 0 7px 7px; }
.row {
  display: grid; gap: 0.1rem 0.9rem; padding: 0.5rem 0.8rem; color: var(--text); text-decoration: none;
  border-left: 4px solid transparent; grid-template-columns: minmax(0, 1fr) auto;
}
.row:hover { background: var(--sunken); }
.row[aria-current="true"] { background: var(--chosen); border-left-color: var(--accent); }
.row.refused { border-left-color: var(--bad); }
.row:focus-visible { outline-offset: -3px; }
.row .quiet { font-size: 0.8125rem; }
.rows li.new { animation: arrive 1.2s ease-out; }
@keyframes arrive { from { background: var(--chosen); } }
.columns, .list > .columns:has(+ .rows:empty) { display: none; }
@container list (max-width: 40rem) { .filters label { flex: 1 1 8.5rem; } }
.c-time, .c-ms, .m-time { font-variant-numeric: tabular-nums; }
.c-time, .c-ms { color: var(--quiet); font-size: 0.8125rem; }
.c-time { grid-area: 1 / 1; }
.c-status { grid-area: 1 / 2; font-weight: 600; font-size: 0.8125rem; text-align: right; }
.c-what { grid-area: 2 / 1 / 3 / 3; display: flex; flex-wrap: wrap; gap: 0 0.5rem; align-items: baseline; }
.c-who { grid-area: 3 / 1; font-size: 0.875rem; }
.c-ms { grid-area: 3 / 2; text-align: right; }
.c-checks { grid-area: 4 / 1 / 5 / 3; }
.c-trouble { grid-area: 5 / 1 / 6 / 3; color: var(--odd); font-size: 0.8125rem; font-weight: 500; }
.code { font-family: var(--mono); font-weight: 500; font-size: 0.78rem; }
.checks { display: inline-flex; flex-wrap: wrap; gap: 0.2rem; align-items: center; }
.check {
  display: inline-grid; place-items: center; width: 1.15rem; height: 1.15rem; font-size: 0.7rem; font-weight: 700; line-height: 1;
  border: 1.5px solid currentColor; flex: none;
}
.check.passed { color: var(--good); background: var(--good-ground); border-radius: 50%; }
.check.failed { color: var(--bad); background: var(--bad-ground); border-radius: 3px; }
.check.skipped { color: var(--quiet); border-style: dotted; border-radius: 50%; }
.verdict { margin-left: 0.35rem; color: var(--quiet); font-size: 0.8125rem; }
.refused .verdict { color: var(--bad); font-weight: 500; }
@container list (min-width: 64rem) {
  .columns, .row:has(> .c-time) {
    display: grid; align-items: center;
    grid-template-columns: 4.6rem minmax(10rem, 1.5fr) minmax(8rem, 1.2fr) 15.5rem minmax(11rem, 1fr) 5rem;
  }
  .columns { gap: 0.9rem; padding: 0 0.8rem 0.25rem calc(0.8rem + 5px); color: var(--quiet); font-size: 0.8125rem; }
  .c-what { display: grid; grid-area: 1 / 2; }
  .c-who { grid-area: 1 / 3; }
  .c-checks { grid-area: 1 / 4; }
  .c-status { grid-area: 1 / 5; text-align: left; }
  .c-ms { grid-area: 1 / 6; text-align: right; }
  .c-trouble { grid-area: 2 / 2 / 3 / 7; }
}
.mailbox { margin-bottom: 1.4rem; }
.mailbox > p { margin-top: 0.4rem; }
.mailbox h3 { margin-bottom: 0.2rem; }
.mailbox h4 { margin: 0.5rem 0 0.3rem; color: var(--quiet); }
.m-title, .p-name { display: flex; flex-wrap: wrap; gap: 0 0.6rem; align-items: baseline; }
.row.message:not(.unread) strong { font-weight: 500; }
.m-tags { display: flex; flex-wrap: wrap; gap: 0.25rem; }
.m-time { color: var(--quiet); font-size: 0.8125rem; grid-column: 1 / 3; }
.message .m-tags { justify-content: flex-end; align-content: start; }
.person .m-tags:not(:empty) { grid-column: 1 / 3; }
#access h3 { margin: 1.2rem 0 0.4rem; }
.pages { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.8rem; }

.tablebox { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; }
th, td { padding: 0.4rem 0.75rem; text-align: left; vertical-align: top; min-width: 5.5rem; overflow-wrap: break-word; }
td code { overflow-wrap: anywhere; }
th { color: var(--quiet); font-weight: 500; font-size: 0.8125rem; background: var(--sunken); }
tbody tr { border-top: 1px solid var(--line); }
.values { display: grid; gap: 0.15rem; }

.empty { padding: 1rem 1.1rem; border: 1px dashed var(--edge); border-radius: 8px; color: var(--quiet); }
.command { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center; margin-top: 0.5rem; color: var(--text); }
.command code { padding: 0.35rem 0.6rem; border-radius: 5px; background: var(--sunken); border: 1px solid var(--line); min-width: 0; }

.two { display: grid; gap: 1.1rem; align-items: start; }
@media (min-width: 64rem) { .two { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); } }
.card { padding: 1rem 1.1rem 1.1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); min-width: 0; }
.card h3 { margin: 1.2rem 0 0.4rem; }
.card form:not(.filters) { display: grid; gap: 0.5rem; justify-items: start; }
.troubles { display: grid; gap: 0.45rem; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); }
.troubles button { width: 100%; height: 100%; text-align: left; }
.plans { display: grid; gap: 0.35rem; }
.plans li { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; }
.plans + p { margin-top: 0.6rem; }
.bigclock { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center; margin-bottom: 0.8rem; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.45rem; margin-bottom: 0.9rem; }
`
