/** The tables of docs/observability.md name what there is: a list that others rely on must not grow silently. */
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { eventFields } from '../../src/technical/observability/index.js'

const page = readFileSync(new URL('../../docs/observability.md', import.meta.url), 'utf8')
const source = readFileSync(new URL('../../src/technical/observability/events.ts', import.meta.url), 'utf8')

const named = (text: string): string[] => [...text.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name!)
const typesIn = (text: string): string[] =>
  [...text.matchAll(/type: ([^;}\n]+)/g)].flatMap(([, type]) => named(type!))

describe('docs/observability.md', () => {
  it('names every field of the allow-list', () => {
    expect(eventFields.length).toBeGreaterThan(20)
    expect(eventFields.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })

  it('names every kind of event, once', () => {
    const table = page.slice(page.indexOf('## Events'), page.indexOf('### Phases'))
    const types = [...new Set(typesIn(source))]
    expect(types).toEqual(expect.arrayContaining(['call', 'phase', 'token', 'etk', 'seal', 'unseal']))
    for (const type of types) expect(table.split(`\n| \`${type}\` `), type).toHaveLength(2)
  })

  it('names every phase', () => {
    const phases = named(/export type Phase =([^]*?)\n\n/.exec(source)![1]!.replaceAll(/\/\*\*.*?\*\//g, ''))
    expect(phases).toEqual(expect.arrayContaining(['token', 'sign', 'wait', 'read']))
    for (const phase of phases) expect(page, phase).toContain(`\n| \`${phase}\` `)
  })
})
