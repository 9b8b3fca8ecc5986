import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { renderProfessionsPage } from '../../scripts/professions-doc.mjs'
import { offers } from '../../src/professions/offers.js'
import { businessServiceNames } from '../../src/professions/services.js'
import { organisations, persons, professions } from '../../src/technical/actors/index.js'

const page = readFileSync(new URL('../../docs/professions.md', import.meta.url), 'utf8')

describe('docs/professions.md', () => {
  it('is what `npm run docs:professions` makes of the tables', () => {
    expect(page).toBe(
      renderProfessionsPage({ persons, organisations, offers, connectors: businessServiceNames }),
    )
  })

  it.each(Object.entries(professions))('tells what is known of %s, and what is a guess', (name, data) => {
    const section = page.slice(page.indexOf(`\n### ${name}\n`)).split('\n### ')[1]!
    expect(section).toContain(`\`${data.certificateType}\``)
    for (const fact of [data.kmehr, data.quality])
      if (fact !== undefined) expect(section).toContain(`\`${fact}\``)
    const rows = section.split('\n').filter((line) => /^\| `/.test(line))
    expect(rows.map((line) => line.includes('| inferred |'))).toEqual(
      data.attributes.map(({ evidence }) => evidence === 'inferred'),
    )
  })

  it.each(Object.keys(offers))('has a row for the service %s', (service) => {
    expect(page).toContain(`\n| \`${service}\``)
  })
})
