import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { patient } from '../../../src/professions/index.js'
import type { Connection } from '../../../src/connect.js'
import { refusalOf } from '../addressBook/people.js'
import { openRegistry, type Registry } from '../rnConsult/world.js'

let registry: Registry
let me: Connection<'rnConsult' | 'ssinHistory'>
beforeAll(async () => {
  registry = await openRegistry({ people: { count: 400 } })
  me = await registry.physician()
})
afterAll(() => registry.close())

const meta = expect.objectContaining({ service: 'ssinHistory' }) as unknown

describe('the history of numbers', () => {
  it('tells which number holds, and needs no token for it', async () => {
    const { people } = registry.simulator
    const ssin = people.rare('former-BIS')[0]!
    const [former] = people.related(ssin)
    expect(await me.ssinHistory.current({ ssin })).toEqual({ outcome: 'current', ssin, meta })
    expect(await me.ssinHistory.current({ ssin: former! })).toEqual({
      outcome: 'replaced',
      ssin,
      replaces: former,
      meta,
    })
    expect(registry.simulator.calls('sts')).toBe(0)
  })

  it('lists every other number of a person, whichever of them is asked about', async () => {
    const { people } = registry.simulator
    const born = { lastName: 'Sample', givenNames: ['Lea'], birthDate: '1985-09-30', gender: 'F' } as const
    const [first, second, third] = [people.add(born).ssin, people.add(born).ssin, people.add(born).ssin]
    people.cancel(first, second)
    people.cancel(second, third)
    for (const ssin of [first, second])
      expect(await me.ssinHistory.related({ ssin })).toEqual({
        outcome: 'replaced',
        ssin: third,
        replaces: ssin,
        related: [first, second],
        meta,
      })
    expect(await me.ssinHistory.related({ ssin: third })).toMatchObject({
      outcome: 'current',
      related: [first, second],
    })
    const [alone] = people.rare('nobility')
    expect(await me.ssinHistory.related({ ssin: alone! })).toMatchObject({ outcome: 'current', related: [] })
  })

  it('tells a number that was withdrawn from one that nobody ever had', async () => {
    const ssin = registry.simulator.people.rare('cancelled-number')[0]!
    expect(await me.ssinHistory.current({ ssin })).toEqual({ outcome: 'cancelled', ssin, meta })
    const unknown = {
      outcome: 'unknown',
      refusal: { subCode: 'urn:be:fgov:ehealth:2.0:status:DataNotFound' },
    }
    expect(await me.ssinHistory.current({ ssin: '90010199596' })).toMatchObject(unknown)
    expect(await me.ssinHistory.related({ ssin: '90010199596' })).toMatchObject(unknown)
  })

  it('refuses a number that cannot be, before anything is sent', async () => {
    const before = registry.simulator.calls('ssinHistory')
    const ssin = '90010199795'
    for (const asked of [me.ssinHistory.current({ ssin }), me.ssinHistory.related({ ssin })])
      expect(await refusalOf(asked)).toMatchObject({
        code: 'identifier.check-digit',
        path: 'ssin',
      })
    expect(registry.simulator.calls('ssinHistory')).toBe(before)
  })

  it('cannot be read where a number is empty', async () => {
    const ssin = registry.simulator.people.rare('nobility')[0]!
    const misled = await registry.through((xml) => xml.replace(/(<h:Ssin[^>]*>)\d+/, '$1'))
    expect(await refusalOf(misled.ssinHistory.current({ ssin }))).toMatchObject({
      code: 'contract.unreadable',
    })
  })

  it('is not for patients', () => {
    expect(patient({ ssin: '90010199794' }).services).not.toContain('ssinHistory')
  })
})
