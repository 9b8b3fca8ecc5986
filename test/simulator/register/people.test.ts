import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { isEidCard, isSsin, parseSsin } from '../../../src/technical/identifiers/index.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { personaActors } from '../../../src/simulator/actors.js'
import { createWorld } from '../../../src/simulator/createWorld.js'
import { patients } from '../../../src/simulator/patients.js'
import { mailboxOwners } from '../../../src/simulator/population/population.js'
import {
  configurePeople,
  peopleOf,
  rarityNames,
  savePeople,
  type PeopleOptions,
} from '../../../src/simulator/register/index.js'
import type { World } from '../../../src/simulator/world.js'

function worldWith(options: PeopleOptions = {}, directory?: string): World {
  const world = createWorld({
    runtime: systemRuntime,
    actors: [...Object.values(personaActors), ...mailboxOwners()],
    tokens: [],
    patients,
    ...(directory === undefined ? {} : { directory }),
  })
  configurePeople(world, options)
  return world
}

const world = worldWith()
const people = peopleOf(world)
const dir = mkdtempSync(join(tmpdir(), 'people-'))
afterAll(() => rmSync(dir, { recursive: true }))

describe('the register of people', () => {
  it('has some thousands of them, the same at every start and others with another seed', () => {
    const again = peopleOf(worldWith())
    const others = peopleOf(worldWith({ seed: 'others', count: 400 }))
    expect(people.size).toBeGreaterThan(3000)
    expect(again.rare('deceased')).toEqual(people.rare('deceased'))
    const [ssin] = people.rare('deceased')
    expect(again.find(ssin!)?.person?.life()).toEqual(people.find(ssin!)?.person?.life())
    expect(others.rare('deceased')[0]).not.toBe(ssin)
  })

  it('has an example of everything rare, with numbers that could be and were never issued', () => {
    for (const what of rarityNames) {
      const numbers = people.rare(what)
      expect(numbers.length, what).toBeGreaterThan(3)
      for (const ssin of numbers) {
        expect(isSsin(ssin), what).toBe(true)
        expect(Number(ssin.slice(6, 9)), what).toBeGreaterThanOrEqual(990)
      }
    }
  })

  it('gives nobody a number that somebody else has', () => {
    const numbers = rarityNames.flatMap((what) =>
      people.rare(what).flatMap((ssin) => [people.find(ssin)!.ssin, ...people.related(ssin)]),
    )
    const holders = new Map<string, string>()
    for (const number of numbers) {
      const { ssin } = people.find(number)!
      expect(holders.get(number) ?? ssin).toBe(ssin)
      holders.set(number, ssin)
    }
  })

  it('has the personas and the patients, with the names and numbers that they have elsewhere', () => {
    const { physician } = personaActors
    expect(people.find(physician.ssin!)?.person).toMatchObject({
      lastName: physician.surname,
      givenNames: [physician.givenName],
      birthDate: parseSsin(physician.ssin!).birthDate,
    })
    for (const patient of patients) {
      const found = people.find(patient.ssin)!.person!
      expect(found.lastName).toBe(patient.familyName.toUpperCase())
      expect(found.deceaseDate !== undefined).toBe(patient.deceased === true)
      for (const { number } of patient.cards) expect(people.card(number)?.holder).toBe(patient.ssin)
    }
  })

  it('has a patient as soon as the other registers have him', () => {
    const world = worldWith({ count: 8 })
    const people = peopleOf(world)
    expect(people.find('90010199794')).toBeUndefined()
    const patient = {
      name: 'new',
      ssin: '90010199794',
      firstName: 'Testa',
      familyName: 'Voorbeeld',
      cards: [],
    }
    world.registerPatient(patient)
    expect(people.find('90010199794')?.person?.lastName).toBe('VOORBEELD')
    const question = { lastName: 'Vorbeeldt', matching: 'IGNORE_GIVENNAME', birthDate: '1990-01-01' } as const
    expect(people.search(question).map(({ ssin }) => ssin)).toEqual(['90010199794'])
  })

  it('tells which number replaced another, and which nobody has any more', () => {
    const ssin = people.rare('former-BIS')[0]!
    const [former] = people.related(ssin)
    expect(people.find(former!)).toMatchObject({ ssin, replaces: former, cancelled: false })
    expect(people.related(former!)).toContain(former)
    const [cancelled] = people.rare('cancelled-number')
    expect(people.find(cancelled!)).toEqual({ ssin: cancelled, cancelled: true })
    expect(people.related(cancelled!)).toEqual([])
  })

  it('follows a number through every replacement', () => {
    const people = peopleOf(worldWith({ count: 0 }))
    const born = { lastName: 'Sample', givenNames: ['Lea'], birthDate: '1985-09-30', gender: 'F' } as const
    const first = people.add(born).ssin
    const second = people.add(born).ssin
    const third = people.add(born).ssin
    people.cancel(first, second)
    people.cancel(second, third)
    expect(people.find(first)).toMatchObject({ ssin: third, replaces: first })
    expect(people.related(first)).toEqual([first, second])
  })

  it('keeps a life in order: what ended, ended where the next began', () => {
    for (const ssin of people.rare('changed-name').slice(0, 20)) {
      const { names, addresses, civilStates } = people.find(ssin)!.person!.life()
      for (const facts of [names, addresses, civilStates]) {
        facts.slice(1).forEach(({ from }, index) => expect(facts[index]!.until).toBe(from))
        expect(facts.at(-1)!.until).toBeUndefined()
      }
      expect(names.map(({ value }) => value.lastName)).toEqual([
        `${people.find(ssin)!.person!.lastName}S`,
        people.find(ssin)!.person!.lastName,
      ])
    }
  })

  it('lets families live under one roof, married to each other', () => {
    const parent = people
      .search({ lastName: 'Voorbeeld', matching: 'IGNORE_GIVENNAME', birthDate: '1970-00-00', variation: 30 })
      .find(({ ssin }) => people.household(ssin).length === 4)!
    const members = people.household(parent.ssin)
    const homes = members.map((member) => member.life().addresses.at(-1)!.value)
    expect(new Set(homes.map((home) => JSON.stringify(home))).size).toBe(1)
    const [one, other] = members
    expect(one!.life().civilStates.at(-1)!.value).toMatchObject({ code: 20, partner: other!.ssin })
  })

  it('gives cards with check digits, found by number and by barcode', () => {
    const ssin = people.rare('changed-name')[0]!
    const [card] = people.cards(ssin)
    expect(card!.holder).toBe(ssin)
    expect(isEidCard(card!.number)).toBe(true)
    expect(people.card(card!.number)).toEqual(card)
    const bis = people.cards(people.rare('BIS')[0]!)[0]!
    expect(bis.kind).toBe('ISI+')
    expect(people.card(bis.barcode!)).toEqual(bis)
    expect(people.card('599000000132')).toBeUndefined()
    const added = { ...card!, number: '599000000132' }
    people.addCard(added)
    expect(people.card('599000000132')).toEqual(added)
    expect(people.cards(ssin)).toContainEqual(added)
  })

  it.each([
    ['ssin', { ssin: '90010199795' }],
    ['ssin', { ssin: personaActors.physician.ssin! }],
    ['birthDate', { birthDate: '1985-13-01' }],
    ['birthDate', { birthDate: '1985-00-07' }],
  ])('refuses a new person whose %s cannot be', (path, wrong) => {
    const good = { lastName: 'Sample', givenNames: ['Lea'], birthDate: '1985-09-30' }
    expect(() => people.add({ ...good, ...wrong })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path }) as Error,
    )
  })

  it('makes a BIS number that tells whether the sex was known', () => {
    const good = { lastName: 'Sample', givenNames: ['Lea'], birthDate: '1985-09-00' }
    const known = people.add({ ...good, gender: 'M' })
    const unknown = people.add(good)
    expect(known.ssin.slice(0, 6)).toBe('854900')
    expect(unknown.ssin.slice(0, 6)).toBe('852900')
    expect(parseSsin(known.ssin)).toMatchObject({ register: 'BIS', sex: 'M' })
    expect(parseSsin(unknown.ssin)).toMatchObject({ register: 'BIS', sex: null })
    expect(known.register).toBe('BIS')
  })

  it('keeps what was added in the directory', async () => {
    const before = worldWith({ count: 40 }, dir)
    const good = { lastName: 'Sample', givenNames: ['Lea'], birthDate: '1985-09-30' }
    const { ssin } = peopleOf(before).add(good)
    const withdrawn = peopleOf(before).rare('BIS')[0]!
    peopleOf(before).cancel(withdrawn)
    await savePeople(before)
    const after = peopleOf(worldWith({ count: 40 }, dir))
    expect(after.find(ssin)?.person).toMatchObject({ lastName: 'SAMPLE', birthDate: '1985-09-30' })
    expect(after.find(withdrawn)?.cancelled).toBe(true)
  })
})
