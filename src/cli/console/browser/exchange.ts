/** One exchange with everything that can be told of it. */
import type { ExchangeDetail, SealedView, TokenView, WireView } from '../contract.js'
import { empty, facts, mark, octets, table, textBox } from './boxes.js'
import { get } from './api.js'
import { h, type Child } from './dom.js'
import { checkNames } from './exchangeRow.js'
import { foreign } from './literally.js'
import { simulatedNow } from './clock.js'
import { fullTime, span } from './times.js'

export async function loadExchange(item: string): Promise<{ title: Child; content: readonly Child[] }> {
  const exchange = await get<ExchangeDetail>(`exchanges/${encodeURIComponent(item)}`)
  const { operation, service, number } = exchange
  return {
    title: foreign(`${operation ?? '(no operation)'} · ${service} · no. ${number}`),
    content: [
      summary(exchange),
      refusal(exchange),
      checks(exchange),
      ...many('Sealed content', exchange.sealed, sealed),
      ...many('Token', exchange.tokens, token),
      certificate(exchange),
      ...direction('Request', exchange.request),
      ...direction('Answer', exchange.response),
    ],
  }
}

const side = { request: 'in the request', response: 'in the answer' }

function summary(exchange: ExchangeDetail): HTMLElement {
  const refused = exchange.outcome === 'refused'
  return facts(
    ['Time', fullTime(exchange.at)],
    ['Caller', exchange.caller === undefined ? 'nobody proven' : foreign(exchange.caller)],
    ['Outcome', `${exchange.outcome}, HTTP ${exchange.status}`],
    ['Code', refused && exchange.code !== undefined && foreign(exchange.code)],
    ['Took', `${Math.round(exchange.milliseconds)} ms`],
    ['Endpoint', exchange.endpoint],
    ['SOAPAction', exchange.soapAction !== undefined && foreign(exchange.soapAction)],
    ['Scripted trouble', exchange.trouble !== undefined && foreign(exchange.trouble)],
  )
}

/** Why it was refused, in plain words, before anything else. */
function refusal({ refused, checks: all, trouble }: ExchangeDetail): Child {
  if (refused === undefined) return undefined
  const failed = all.find(({ result }) => result === 'failed')
  const where = failed ? `Refused at the check “${checkNames[failed.name]}”` : 'Refused'
  return h(
    'section',
    { class: 'refusal', 'aria-labelledby': 'refusal-title' },
    h(
      'h3',
      { id: 'refusal-title' },
      h('span', { 'aria-hidden': 'true' }, '✕ '),
      failed || !trouble ? where : 'Refused by scripted trouble',
    ),
    refused.meaning !== undefined && h('p', { class: 'meaning' }, foreign(refused.meaning)),
    refused.hint !== undefined && h('p', {}, h('strong', {}, 'What to do: '), foreign(refused.hint)),
    facts(
      ['Reason', refused.reason !== undefined && h('code', {}, foreign(refused.reason))],
      [
        'What the caller is told',
        h('span', {}, h('code', {}, foreign(refused.code)), ' ', foreign(refused.message)),
      ],
    ),
  )
}

function checks({ explained, checks: results }: ExchangeDetail): HTMLElement {
  const shapes = { passed: '✓', failed: '✕', skipped: '–' }
  return h(
    'section',
    {},
    h('h3', {}, 'Checks'),
    h(
      'ol',
      { class: 'explained' },
      ...explained.map(({ check, title, looksAt, note }) => {
        const result = results.find(({ name }) => name === check)?.result ?? 'skipped'
        const word = result === 'skipped' ? 'not reached' : result
        return h(
          'li',
          { class: result },
          mark(shapes[result], `check ${result}`, word),
          h(
            'div',
            {},
            h('strong', {}, title),
            h('span', { class: `result ${result}`, 'aria-hidden': 'true' }, word),
            h('p', { class: 'quiet' }, looksAt),
            note !== undefined && h('p', { class: 'note' }, foreign(note)),
          ),
        )
      }),
    ),
  )
}

/** A heading for each; numbered where there are several. */
function many<T>(
  title: string,
  items: readonly T[],
  render: (item: T, name: string) => readonly Child[],
): HTMLElement[] {
  return items.map((item, index) => {
    const name = items.length > 1 ? `${title} ${index + 1}` : title
    return h('section', {}, h('h3', {}, name), ...render(item, name))
  })
}

function sealed(view: SealedView, name: string): readonly Child[] {
  const { where, openedBy, author, text, problem, contentOctets } = view
  const size = contentOctets === undefined ? '' : `, ${octets(contentOctets)} inside`
  return [
    facts(
      [
        'Where',
        h('span', {}, h('code', {}, foreign(where)), ` ${side[view.in]}, ${octets(view.octets)}${size}`),
      ],
      ['Opened with the key of', openedBy === undefined ? 'nobody here' : foreign(openedBy)],
      ['Signed by', author !== undefined && foreign(author)],
    ),
    problem !== undefined &&
      h('p', { class: 'problem' }, h('code', {}, foreign(problem.code)), ' ', foreign(problem.meaning)),
    text !== undefined && textBox(`${name}: text`, text, 'opened'),
    text === undefined &&
      problem === undefined &&
      openedBy !== undefined &&
      h('p', { class: 'quiet' }, 'The content is no text.'),
  ]
}

function token(view: TokenView, name: string): readonly Child[] {
  return [
    facts(
      ['Found', `${side[view.in]}, SAML ${view.version}`],
      ['Valid', validity(view)],
      ['Subject', foreign(view.subject)],
      ['Issuer', foreign(view.issuer)],
      ['Confirmation', foreign(view.confirmation)],
      ['ID', foreign(view.id)],
    ),
    view.attributes.length === 0
      ? empty('It certifies nothing.')
      : table(
          `${name}: attributes`,
          ['Attribute', 'Value', 'Namespace'],
          view.attributes.map((attribute) => [
            h('code', {}, foreign(attribute.name)),
            h(
              'span',
              { class: 'values' },
              ...attribute.values.map((value) =>
                h('span', {}, value === '' ? h('span', { class: 'quiet' }, 'empty') : foreign(value)),
              ),
            ),
            h('span', { class: 'quiet' }, foreign(attribute.namespace)),
          ]),
        ),
  ]
}

function validity({ notBefore, notOnOrAfter }: TokenView): HTMLElement {
  const left = Date.parse(notOnOrAfter) - simulatedNow()
  const early = Date.parse(notBefore) - simulatedNow()
  const state = early > 0 ? 'not yet valid' : left > 0 ? `${span(left)} left` : 'ended'
  const good = early <= 0 && left > 0
  return h(
    'span',
    {},
    `${fullTime(notBefore)} to ${fullTime(notOnOrAfter)} `,
    h(
      'span',
      { class: good ? 'tag good' : 'tag bad' },
      h('span', { 'aria-hidden': 'true' }, good ? '✓ ' : '✕ '),
      state,
    ),
  )
}

function certificate({ certificate: shown }: ExchangeDetail): Child {
  if (shown === undefined) return undefined
  return h(
    'section',
    {},
    h('h3', {}, 'Certificate of the caller'),
    facts(
      ['Subject', foreign(shown.subject)],
      ['Issuer', foreign(shown.issuer)],
      ['Serial number', h('code', {}, foreign(shown.serial))],
      ['Valid', `${fullTime(shown.notBefore)} to ${fullTime(shown.notAfter)}`],
    ),
  )
}

function direction(name: string, wire: WireView): HTMLElement[] {
  const note = h(
    'span',
    {},
    foreign(wire.contentType ?? 'no content type'),
    `, ${octets(wire.octets)}`,
    wire.cut && ', cut for this page',
  )
  return [
    h(
      'section',
      {},
      h('h3', {}, name),
      wire.envelope === undefined
        ? h('p', { class: 'quiet' }, 'No envelope: ', note)
        : textBox(`${name}: envelope`, wire.envelope, note),
      ...wire.parts.flatMap((part, index) => [
        h('h4', {}, `Attachment ${index + 1}`),
        facts(
          ['ID', h('code', {}, foreign(part.id))],
          ['Type', h('span', {}, foreign(part.contentType), `, ${octets(part.octets)}`)],
        ),
        part.text !== undefined && textBox(`${name}: attachment ${index + 1}`, part.text),
      ]),
    ),
  ]
}
