/** One line of the list of exchanges. */
import type { CheckView, ExchangeLine } from '../contract.js'
import { count } from './boxes.js'
import { h, link, spoken } from './dom.js'
import { foreign } from './literally.js'
import { clockTime } from './times.js'

export const checkNames: Record<CheckView['name'], string> = {
  message: 'message',
  security: 'security',
  authorisation: 'rights',
  schema: 'schema',
  content: 'content',
  business: 'business',
}

const shapes: Record<CheckView['result'], string> = { passed: '✓', failed: '✕', skipped: '–' }

/** The six checks in a row, each a shape of its own, and in words what came of them. */
export function checkMarks(checks: readonly CheckView[]): HTMLElement {
  const marks = checks.map(({ name, result }) =>
    h(
      'span',
      { class: `check ${result}`, title: `${checkNames[name]}: ${result}`, 'aria-hidden': 'true' },
      shapes[result],
    ),
  )
  return h('span', { class: 'checks' }, ...marks, h('span', { class: 'verdict' }, verdict(checks)))
}

export function verdict(checks: readonly CheckView[]): string {
  const failed = checks.find(({ result }) => result === 'failed')
  if (failed) return `${checkNames[failed.name]} failed`
  const passed = checks.filter(({ result }) => result === 'passed').length
  if (passed === 0) return 'not looked at'
  return passed === checks.length ? 'all passed' : `${passed} of ${checks.length} passed`
}

export function exchangeRow(line: ExchangeLine): HTMLLIElement {
  const refused = line.outcome === 'refused'
  const code = line.code === undefined ? '' : ` ${line.code}`
  return h(
    'li',
    {},
    link(
      `exchanges/${line.number}`,
      {
        class: refused ? 'row refused' : 'row',
        tabindex: '-1',
        'data-item': String(line.number),
        'data-key': `exchange ${line.number}`,
      },
      h('time', { class: 'c-time', datetime: line.at, title: line.at }, clockTime(line.at)),
      h(
        'span',
        { class: 'c-what' },
        h('strong', {}, foreign(line.operation ?? '(no operation)')),
        h('span', { class: 'quiet' }, foreign(line.service), line.endpoint === 'recovery' && ' (recovery)'),
      ),
      h(
        'span',
        { class: 'c-who' },
        line.caller === undefined ? h('span', { class: 'quiet' }, 'nobody proven') : foreign(line.caller),
      ),
      h('span', { class: 'c-checks' }, spoken('Checks: '), checkMarks(line.checks)),
      h(
        'span',
        { class: `c-status ${refused ? 'bad' : 'good'}` },
        h('span', { 'aria-hidden': 'true' }, refused ? '✕ ' : '✓ '),
        refused ? 'refused ' : 'answered ',
        h('span', { class: 'code' }, String(line.status), foreign(code)),
      ),
      h('span', { class: 'c-ms' }, `${count(Math.round(line.milliseconds))} ms`),
      line.trouble !== undefined &&
        h(
          'span',
          { class: 'c-trouble' },
          h('span', { 'aria-hidden': 'true' }, '⚡ '),
          spoken('Trouble: '),
          foreign(line.trouble),
        ),
    ),
  )
}
