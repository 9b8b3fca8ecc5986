/** People of the national register: searched by name or number, page by page. */
import type { RegisterEntry, RegisterPage } from '../contract.js'
import { get } from './api.js'
import { count, empty, facts } from './boxes.js'
import { detailPane, markChosen } from './detail.js'
import { byId, field, fill, h, link, type Child } from './dom.js'
import { foreign } from './literally.js'
import { currentRoute, go, type Route, type Section } from './routing.js'
import { walkRows } from './rows.js'
import { reasonOf } from './status.js'

const list = byId('register-list')
const detail = detailPane('register', () => listRoute(), loadPerson)
const { adopt } = walkRows(list)
/** The search whose result is shown. */
let shown: string | undefined

export const registerSection: Section = {
  name: 'register',
  title: 'Register',
  show: (route) => {
    void search(route)
    if (route.item === undefined) detail.close()
    else detail.open(route.item)
    markChosen(list, route.item)
  },
}

export function startRegister(): void {
  byId('register-form').addEventListener('submit', (event) => {
    event.preventDefault()
    go(`register${queryOf(field('register-search').value.trim(), 0)}`)
  })
}

const queryOf = (text: string, offset: number): string => {
  const query = new URLSearchParams()
  if (text !== '') query.set('search', text)
  if (offset > 0) query.set('offset', String(offset))
  return query.size === 0 ? '' : `?${query.toString()}`
}

function wished({ query }: Route): { text: string; offset: number } {
  const offset = Number(query.get('offset'))
  return { text: query.get('search') ?? '', offset: Number.isInteger(offset) && offset > 0 ? offset : 0 }
}

function listRoute(): string {
  const { text, offset } = wished(currentRoute())
  return `register${queryOf(text, offset)}`
}

async function search(route: Route): Promise<void> {
  const { text, offset } = wished(route)
  const query = queryOf(text, offset)
  if (shown === query) return
  shown = query
  field('register-search').value = text
  try {
    const page = await get<RegisterPage>(
      `register?${new URLSearchParams({ search: text, offset: String(offset) }).toString()}`,
    )
    if (shown === query) render(page, text, query)
  } catch (error) {
    if (shown !== query) return
    shown = undefined
    list.replaceChildren()
    byId('register-count').textContent = reasonOf(error)
  }
}

function render({ total, offset, people }: RegisterPage, text: string, query: string): void {
  byId('register-count').textContent =
    people.length === 0 ? '' : `${count(offset + 1)} to ${count(offset + people.length)} of ${count(total)}`
  fill(list, ...people.map((person) => row(person, query)))
  markChosen(list, currentRoute().item)
  adopt()
  const last = offset + people.length
  const before = Math.max(0, offset - Math.max(people.length, 1))
  fill(
    byId('register-pages'),
    offset > 0 &&
      link(`register${queryOf(text, before)}`, { class: 'button', 'data-key': 'previous' }, '← Previous'),
    last < total &&
      people.length > 0 &&
      link(`register${queryOf(text, last)}`, { class: 'button', 'data-key': 'next' }, 'Next →'),
    people.length === 0 &&
      empty('Nobody is called so. Try a part of a name, or the first digits of a number.'),
  )
}

function row({ ssin, name, birthDate, sex, remarks }: RegisterEntry, query: string): HTMLElement {
  return h(
    'li',
    {},
    link(
      `register/${encodeURIComponent(ssin)}${query}`,
      { class: 'row person', tabindex: '-1', 'data-item': ssin, 'data-key': `person ${ssin}` },
      h('span', { class: 'p-name' }, h('strong', {}, foreign(name)), h('code', {}, foreign(ssin))),
      h('span', { class: 'quiet' }, foreign(`${birthDate}, ${sex}`)),
      h(
        'span',
        { class: 'm-tags' },
        ...remarks.map((remark) => h('span', { class: 'tag' }, foreign(remark))),
      ),
    ),
  )
}

async function loadPerson(ssin: string): Promise<{ title: Child; content: readonly Child[] }> {
  const person = await get<RegisterEntry>(`register/${encodeURIComponent(ssin)}`)
  return {
    title: foreign(person.name),
    content: [
      facts(
        ['SSIN', h('code', {}, foreign(person.ssin))],
        ['Born', foreign(person.birthDate)],
        ['Sex', foreign(person.sex)],
        ['Address', person.address !== undefined && foreign(person.address)],
        ['Remarks', person.remarks.length > 0 && foreign(person.remarks.join(', '))],
      ),
      person.details !== undefined &&
        person.details.length > 0 &&
        h(
          'section',
          {},
          h('h3', {}, 'Everything known'),
          facts(...person.details.map(({ name, value }) => [name, foreign(value)] as const)),
        ),
    ],
  }
}
