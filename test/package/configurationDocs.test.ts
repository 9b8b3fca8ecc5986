import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { renderPropertiesPage } from '../../scripts/properties-doc.mjs'
import { officialProperties } from '../../src/configuration/properties/table.js'
import { settingsTable } from '../../src/configuration/settings.js'

const page = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')

describe('docs/official-properties.md', () => {
  it('is what `npm run docs:properties` makes of the table', () => {
    expect(page('official-properties.md')).toBe(renderPropertiesPage(officialProperties))
    for (const { name } of officialProperties) expect(page('official-properties.md')).toContain(`\`${name}\``)
  })
})

describe('docs/configuration.md', () => {
  it.each(settingsTable)('tells $path, its variable and its meaning', ({ path, variable, meaning }) => {
    const cells = page('configuration.md')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | *\|?$/g, '').trim()))
    expect(cells).toContainEqual([`\`${path}\``, `\`${variable}\``, meaning])
  })

  it('names no variable that there is not', () => {
    const known = new Set([...settingsTable.map(({ variable }) => variable), 'EHEALTH_CONFIG', 'EHEALTH_'])
    const named = page('configuration.md').match(/\bEHEALTH_[A-Z_]*\*?/g) ?? []
    const unknown = named.filter(
      (name) => !known.has(name) && !/^EHEALTH_(ENDPOINT_EHBOX_CONSULTATION|TIMEOUT_STS)$/.test(name),
    )
    expect(unknown).toEqual([])
  })

  it('sends every property to the setting that the table sends it to', () => {
    const rows = [...page('configuration.md').matchAll(/^\| `([^`]+)`[^|]*\| ((?:`[^`]+`(?:, )?)+) *\|$/gm)]
    const told = rows.flatMap(([, name, cell]) => {
      const row = officialProperties.find((property) => property.name === name)
      return row?.setting === undefined ? [] : [{ name, told: cell!.match(/[^`, ]+/g), setting: row.setting }]
    })
    expect(told.map(({ name }) => name)).toContain('connector.soaphandler.connection.request.timeout')
    // a row may tell of a property's relatives, too
    for (const one of told)
      expect(one.told, one.name).toEqual(expect.arrayContaining(one.setting.split(', ')))
  })
})
