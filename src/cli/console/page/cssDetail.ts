/** What is opened beside a list. */
export const detail = `
.detail {
  min-width: 0; padding: 1rem 1.1rem 1.4rem; border: 1px solid var(--line); border-radius: 8px; background: var(--surface);
}
.split > .list { display: none; }
@media (min-width: 64rem) {
  .split { display: grid; grid-template-columns: minmax(21rem, 2fr) minmax(0, 3.4fr); gap: 1.1rem; align-items: start; }
  .split > .list { display: block; }
  .split > .detail { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
}
.detailhead { display: flex; gap: 1rem; justify-content: space-between; align-items: flex-start; margin-bottom: 0.7rem; }
.detailhead .button { flex: none; }
.detail section { margin-top: 1.3rem; }
.detail h2 { font-size: 1.05rem; }
.detail h3 { font-size: 0.95rem; margin-bottom: 0.4rem; }
.detail h4 { font-size: 0.875rem; margin: 0.9rem 0 0.3rem; }
.facts { display: grid; gap: 0.25rem 1.2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 23rem), 1fr)); margin-bottom: 0.5rem; }
.facts > div { display: grid; grid-template-columns: minmax(5rem, 10.5rem) minmax(0, 1fr); gap: 0.6rem; }
.facts dt { color: var(--quiet); font-size: 0.8125rem; padding-top: 0.1rem; }
.refusal { padding: 0.9rem 1rem; border: 1px solid var(--bad); border-left-width: 5px; border-radius: 8px; background: var(--bad-ground); }
.refusal h3, .detail .refusal h3 { color: var(--bad); font-size: 1.15rem; }
.refusal .meaning { font-size: 1.05rem; margin-bottom: 0.35rem; }
.refusal .facts { grid-template-columns: minmax(0, 1fr); margin: 0.6rem 0 0; }
.refusal dt { color: var(--text); }
.explained { display: grid; gap: 0.5rem; }
.explained li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.7rem; }
.explained .check { width: 1.4rem; height: 1.4rem; font-size: 0.8rem; }
.explained .check > span { line-height: 1; }
.explained .quiet { font-size: 0.875rem; }
.result { margin-left: 0.5rem; font-size: 0.8125rem; font-weight: 500; }
.result.passed { color: var(--good); }
.result.failed { color: var(--bad); }
.result.skipped { color: var(--quiet); }
.note { padding: 0.1rem 0 0.1rem 0.6rem; border-left: 3px solid var(--line); font-size: 0.875rem; }
.failed .note { border-left-color: var(--bad); }
.textbox { border: 1px solid var(--line); border-radius: 8px; background: var(--sunken); }
.textbar {
  display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; padding: 0.3rem 0.4rem 0.3rem 0.8rem;
  border-bottom: 1px solid var(--line); font-size: 0.8125rem;
}
.textbar > :first-child { flex: 1 1 8rem; }
pre { max-height: 26rem; overflow: auto; padding: 0.7rem 0.8rem; white-space: pre-wrap; line-height: 1.45; tab-size: 2; unicode-bidi: plaintext; }
pre:focus-visible { outline-offset: -3px; }
.xml-name { color: var(--xml-name); }
.xml-attribute { color: var(--xml-attribute); }
.xml-value { color: var(--xml-value); }
.xml-aside { color: var(--quiet); }
.unseen { margin: 0 1px; padding: 0 0.2rem; border: 1px solid var(--odd); border-radius: 3px; color: var(--odd); background: var(--odd-ground); font: 0.7rem var(--mono); }
`
