/** The skeleton of the console's page. What changes is filled in by the modules of `../browser`. */
import { sections } from './sections.js'

const tabs = [
  ['exchanges', 'Exchanges'],
  ['mailboxes', 'Mailboxes'],
  ['access', 'Consents and links'],
  ['register', 'Register'],
  ['faults', 'Faults and clock'],
] as const

const tab = ([name, title]: (typeof tabs)[number], index: number): string =>
  `<a role="tab" id="tab-${name}" href="#/${name}" aria-controls="panel-${name}" aria-selected="${index === 0}" tabindex="${index === 0 ? 0 : -1}">${title}${
    name === 'faults' ? ' <span id="fault-count" class="badge" hidden></span>' : ''
  }</a>`

const panel = ([name]: (typeof tabs)[number], index: number): string =>
  `<div role="tabpanel" id="panel-${name}" class="panel" aria-labelledby="tab-${name}"${index === 0 ? '' : ' hidden'}>
${sections[name]}</div>`

/** In the page itself: a browser would ask for one at the root otherwise. */
const icon = encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0a5a9c"/><path d="M3 9h2l2-5 2 8 2-5h2" fill="none" stroke="#fff" stroke-width="1.6"/></svg>',
)

export const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>eHealth simulator</title>
<link rel="icon" href="data:image/svg+xml,${icon}">
<link rel="stylesheet" href="console.css">
<script type="module" src="main.js"></script>
</head>
<body>
<a id="skip" class="skip" href="#content">Skip to the content</a>
<header>
<div class="top">
<h1>eHealth simulator</h1>
<dl class="vitals">
<div><dt>Platform</dt><dd id="platform">…</dd></div>
<div><dt>Its clock</dt><dd><time class="simulated-time">…</time> <span class="quiet clock-state"></span></dd></div>
<div><dt>This page</dt><dd><span id="connection" class="connection connecting" role="status">connecting</span></dd></div>
</dl>
<details class="about">
<summary>What is this?</summary>
<p>The embedded simulator of the Belgian eHealth platform, seen from inside: every request that a program sends it,
what it made of it, and why. All people and data in it are invented. The page is served to this machine only, under an
address that nobody can guess; it opens sealed content with the keys of the simulator’s own personas.</p>
</details>
</div>
<div role="tablist" aria-label="Sections" class="tabs">
${tabs.map(tab).join('\n')}
</div>
</header>
<main id="content" tabindex="-1">
<noscript><p class="empty">This page needs JavaScript; it loads its own and nothing else.</p></noscript>
${tabs.map(panel).join('\n')}
</main>
<footer>
<p id="status" class="status" role="status"></p>
<p id="announcer" class="spoken" role="status"></p>
</footer>
</body>
</html>
`
