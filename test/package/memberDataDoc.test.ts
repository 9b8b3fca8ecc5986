import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { memberDataFaults } from '../../src/business/memberData/index.js'
import { memberDataFaultPatients } from '../../src/simulator/index.js'

const page = readFileSync(new URL('../../docs/member-data.md', import.meta.url), 'utf8')

describe('docs/member-data.md', () => {
  it('has the patient with whom each code of the catalogue is answered', () => {
    const rows = [...page.matchAll(/^\| `(\d{11})`\s+\| `(\w+)`\s+\| (\w+)\s+\| (.+?)\s+\|$/gm)].map(
      ([, number, code, source, meaning]) => [code, number, source, meaning],
    )
    expect(rows).toEqual(
      Object.entries(memberDataFaultPatients).map(([code, number]) => {
        const { source, meaning } = memberDataFaults[code as keyof typeof memberDataFaults]
        return [code, number, source, meaning]
      }),
    )
  })
})
