/** The five sections of the page. */

const detail = (name: string): string =>
  `<section id="detail-${name}" class="detail" aria-labelledby="title-${name}" hidden></section>\n`

const exchanges = `<div class="list">
<h2>Exchanges</h2>
<p class="lead">Every request that reached the platform, newest on top. Choose one to see what was checked, and why it
was refused.</p>
<form id="filters" class="filters" aria-label="Filters">
<label>Service <select id="filter-service"><option value="">all</option></select></label>
<label>Caller <select id="filter-caller"><option value="">all</option></select></label>
<label>Outcome <select id="filter-outcome"><option value="">all</option><option value="answered">answered</option>
<option value="refused">refused</option><option value="trouble">struck by trouble</option></select></label>
<label>Text <input id="filter-text" type="search" autocomplete="off" spellcheck="false"></label>
<button type="reset">Reset</button>
<button type="button" id="pause" aria-pressed="false">Pause</button>
<span id="exchange-count" class="quiet"></span>
</form>
<div class="columns" aria-hidden="true"><span>Time</span><span>Operation</span><span>Caller</span><span>Checks</span>
<span>Answer</span><span class="c-ms">Took</span></div>
<ul id="exchange-list" class="rows" aria-label="Exchanges, newest first"></ul>
<div id="exchange-empty"></div>
</div>
${detail('exchanges')}`

const mailboxes = `<div class="list">
<h2>Mailboxes</h2>
<p class="lead">The eHealthBoxes of the personas and of whoever got a message. A message opens as its addressee would
see it; looking at it here does not mark it as read.</p>
<div id="mailbox-list"></div>
<div id="mailbox-empty"></div>
</div>
${detail('mailboxes')}`

const access = `<div class="list">
<h2>Consents and links</h2>
<p class="lead">Who may read whose data: the patient consents, a provider has a therapeutic link with him, and he does
not exclude him.</p>
<div id="access"></div>
</div>
`

const register = `<div class="list">
<h2>Register</h2>
<p class="lead">The invented people of the national register: the personas, the patients, and about 3 000 more.</p>
<form id="register-form" class="filters" role="search">
<label>Name or number <input id="register-search" type="search" autocomplete="off" spellcheck="false"></label>
<button type="submit">Search</button>
<span id="register-count" class="quiet" role="status"></span>
</form>
<ul id="register-list" class="rows" aria-label="People"></ul>
<div id="register-pages" class="pages"></div>
</div>
${detail('register')}`

const step = (label: string, milliseconds: number): string =>
  `<button type="button" data-milliseconds="${milliseconds}">${label}</button>`

const faults = `<div class="two">
<section class="card" aria-labelledby="faults-title">
<h2 id="faults-title">Faults</h2>
<p class="lead">What goes wrong at the next calls. Choose where and how often, then press a button.</p>
<div class="filters">
<label>Service <select id="fault-service" aria-describedby="fault-problem"><option value="">every service</option></select></label>
<label>How often <select id="fault-times"><option value="1">once</option><option value="2">2 times</option>
<option value="3">3 times</option><option value="10">10 times</option><option value="always">until cleared</option></select></label>
</div>
<p id="fault-problem" class="problem" role="alert"></p>
<ul id="troubles" class="troubles" aria-label="Troubles"></ul>
<h3>Pending</h3>
<ul id="plans" class="plans" aria-label="Pending plans"></ul>
<p><button type="button" id="clear-faults">Clear all</button></p>
<h3>Your own plan</h3>
<form id="plan-form">
<label for="plan">A plan as JSON, as in a file of <code>--faults</code></label>
<textarea id="plan" rows="4" spellcheck="false" autocomplete="off" aria-describedby="plan-problem">{"kind": "delay", "milliseconds": 500}</textarea>
<p id="plan-problem" class="problem" role="alert"></p>
<button type="submit">Add the plan</button>
</form>
</section>
<section class="card" aria-labelledby="clock-title">
<h2 id="clock-title">Clock</h2>
<p class="lead">Tokens end, links run out, letters expire: move the clock of the platform and see. A client whose own
clock does not move with it is refused.</p>
<p class="bigclock"><time class="simulated-time">…</time> <span class="tag clock-state"></span></p>
<div id="clock-steps" class="buttons">
<button type="button" id="clock-hold">Hold</button>
${step('+1 min', 60_000)}${step('+1 h', 3_600_000)}${step('+1 day', 86_400_000)}
<button type="button" id="clock-release">Release</button>
</div>
<form id="clock-form" class="filters">
<label>Move by <input id="clock-amount" type="number" step="any" value="10" aria-describedby="clock-problem"></label>
<label>Unit <select id="clock-unit"><option value="1000">seconds</option><option value="60000" selected>minutes</option>
<option value="3600000">hours</option><option value="86400000">days</option></select></label>
<button type="submit">Move</button>
</form>
<p id="clock-problem" class="problem" role="alert"></p>
</section>
</div>
`

export const sections = { exchanges, mailboxes, access, register, faults }
