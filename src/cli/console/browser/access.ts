/** Who may read whose data: consents, therapeutic links, exclusions. */
import type { AccessView } from '../contract.js'
import { get } from './api.js'
import { empty, table } from './boxes.js'
import { declareConsent, declareLink } from './commands.js'
import { byId, fill, h, type Child } from './dom.js'
import { foreign } from './literally.js'
import { live } from './live.js'
import { refreshed } from './refresh.js'
import type { Section } from './routing.js'

export const accessSection: Section = { name: 'access', title: 'Consents and links', show: () => refresh() }

const refresh = refreshed('access', async () => {
  const { consents, links, exclusions } = await get<AccessView>('access')
  const { state } = live
  fill(
    byId('access'),
    ...part(
      'Consents',
      ['Patient', 'SSIN', 'Type', 'Signed', 'State', 'Declared by'],
      consents.map((one) => [
        foreign(one.patient),
        foreign(one.ssin),
        foreign(one.type),
        one.signed,
        stateOf(one.revoked),
        foreign(one.author),
      ]),
      'No patient consents to the sharing of his data yet. A physician declares it:',
      state && declareConsent(state),
    ),
    ...part(
      'Therapeutic links',
      ['Patient', 'SSIN', 'Provider', 'Type', 'From', 'Until', 'State'],
      links.map((one) => [
        foreign(one.patient),
        foreign(one.ssin),
        foreign(one.provider),
        foreign(one.type),
        one.from,
        one.until,
        stateOf(one.revoked ? '' : undefined),
      ]),
      'No provider has a link with a patient yet. A physician declares his:',
      state && declareLink(state),
    ),
    ...part(
      'Exclusions',
      ['Patient', 'SSIN', 'Who is excluded'],
      exclusions.map((one) => [foreign(one.patient), foreign(one.ssin), foreign(one.provider)]),
      'No patient keeps anybody out. A patient does so with createExclusions of ehealth-connectors/exclusions.',
    ),
  )
})

function part(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly Child[])[],
  words: string,
  command?: string,
): HTMLElement[] {
  return [
    h('h3', {}, title, ' ', h('span', { class: 'quiet' }, String(rows.length))),
    rows.length === 0
      ? empty(words, ...(command === undefined ? [] : [command]))
      : table(title, columns, rows),
  ]
}

function stateOf(revoked: string | undefined): HTMLElement {
  if (revoked === undefined)
    return h('span', { class: 'tag good' }, h('span', { 'aria-hidden': 'true' }, '✓ '), 'in force')
  return h(
    'span',
    { class: 'tag bad' },
    h('span', { 'aria-hidden': 'true' }, '✕ '),
    `revoked ${revoked}`.trim(),
  )
}
