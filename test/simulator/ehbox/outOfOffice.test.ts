import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { mailOf } from '../../../src/simulator/services/ehbox/store.js'
import {
  letter,
  listed,
  openTown,
  operations,
  post,
  start,
  type Address,
  type Town,
  type User,
} from './support.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
beforeEach(() => {
  mailOf(town.simulator.world).absences = []
  town.simulator.clock.set(start)
})

const insert = async (user: User, StartDate: string, EndDate: string, Substitute: Address[] = []) =>
  (await user.session.call(operations.insertOoO, { StartDate, EndDate, Substitute })).value
const codeOf = async (...given: Parameters<typeof insert>) => (await insert(...given)).Status.Code
const list = async (user: User) => (await user.session.call(operations.getOoOList, {})).value.OoO
const remove = async (user: User, OoOId: string[]) =>
  (await user.session.call(operations.deleteOoO, { OoOId })).value

describe('an absence', () => {
  it('is declared, listed and withdrawn', async () => {
    const { Id, Status } = await insert(town.nurse, '2026-03-10+01:00', '2026-03-12+01:00', [
      town.at.physician,
    ])
    expect(Status.Code).toBe('100')
    expect(await list(town.nurse)).toEqual([
      { OoOId: Id, StartDate: '2026-03-10', EndDate: '2026-03-12', Substitute: [town.at.physician] },
    ])
    expect(await list(town.physician)).toEqual([])
    expect(await remove(town.physician, [Id!])).toMatchObject({ Status: { Code: '823' }, OoOId: [Id] })
    expect(await remove(town.nurse, ['NONE', Id!])).toMatchObject({
      Status: { Code: '823' },
      OoOId: ['NONE'],
    })
    expect(await list(town.nurse)).toEqual([])
  })

  it.each<[string, string, string]>([
    ['ends before it starts', '2026-03-10', '2026-03-09'],
    ['ends more than a year from today', '2027-03-01', '2027-03-03'],
    ['lasts more than a year', '2025-12-01', '2026-12-02'],
  ])('is refused when it %s', async (_, from, to) => {
    expect(await codeOf(town.nurse, from, to)).toBe('822')
    expect(await list(town.nurse)).toEqual([])
  })

  it('may end today or a year from today', async () => {
    expect(await codeOf(town.nurse, '2026-03-02', '2026-03-02')).toBe('100')
    expect(await codeOf(town.nurse, '2026-03-03', '2027-03-02')).toBe('100')
  })

  it('may not overlap with another of the same box', async () => {
    expect(await codeOf(town.nurse, '2026-03-10', '2026-03-12')).toBe('100')
    for (const [from, to] of [
      ['2026-03-12', '2026-03-14'],
      ['2026-03-08', '2026-03-10'],
      ['2026-03-11', '2026-03-11'],
      ['2026-03-01', '2026-03-31'],
    ] as const)
      expect(await codeOf(town.nurse, from, to)).toBe('822')
    expect(await codeOf(town.nurse, '2026-03-13', '2026-03-14')).toBe('100')
    expect(await codeOf(town.physician, '2026-03-10', '2026-03-12')).toBe('100')
  })

  it('counts at most ten per box', async () => {
    for (let month = 3; month < 13; month += 1) {
      const day = `2026-${String(month).padStart(2, '0')}-15`
      expect(await codeOf(town.nurse, day, day)).toBe('100')
    }
    expect(await codeOf(town.nurse, '2027-01-15', '2027-01-15')).toBe('822')
  })

  it('is for persons, and so is replacing one', async () => {
    expect(await codeOf(town.hospital, '2026-03-10', '2026-03-12')).toBe('822')
    const answer = await insert(town.nurse, '2026-03-10', '2026-03-12', [
      town.at.physician,
      town.at.hospital,
      { ...town.at.physician, Id: '90010199893' },
    ])
    expect(answer.Status.Code).toBe('822')
    expect(answer.Substitute.map(({ Id }) => Id)).toEqual([town.at.hospital.Id, '90010199893'])
    expect(await list(town.nurse)).toEqual([])
  })

  it('has at most five substitutes', async () => {
    const six = Array.from({ length: 6 }, () => town.at.physician)
    expect(await codeOf(town.nurse, '2026-03-10', '2026-03-12', six)).toBe('822')
    expect(await codeOf(town.nurse, '2026-03-10', '2026-03-12', six.slice(1))).toBe('100')
  })

  it('takes no substitute who is absent himself, and says when he is; a substitute may be absent later', async () => {
    expect(await codeOf(town.physician, '2026-03-12', '2026-03-20')).toBe('100')
    const answer = await insert(town.nurse, '2026-03-10', '2026-03-12', [town.at.physician])
    expect(answer).toMatchObject({
      Status: { Code: '822' },
      Substitute: [{ ...town.at.physician, AbsentFrom: '2026-03-12', AbsentTo: '2026-03-20' }],
    })
    expect(await codeOf(town.nurse, '2026-03-10', '2026-03-11', [town.at.physician])).toBe('100')
    expect(await codeOf(town.physician, '2026-03-10', '2026-03-11')).toBe('100')
  })
})

describe('a message to somebody absent', () => {
  beforeEach(() => insert(town.nurse, '2026-03-10', '2026-03-12', [town.at.physician]))
  const inbox = async () => (await listed(town.nurse, 'INBOX')).length

  it('is held back from everybody, and the sender learns of the substitutes', async () => {
    town.simulator.clock.set(new Date('2026-03-11T12:00:00Z'))
    const before = [await inbox(), (await listed(town.physician, 'INBOX')).length]
    const answer = await post(town.hospital, letter([town.at.nurse, town.at.physician]))
    expect(answer).toMatchObject({
      Status: { Code: '826' },
      Recipient: [
        {
          ...town.at.nurse,
          AbsentFrom: '2026-03-10',
          AbsentTo: '2026-03-12',
          Substitute: [town.at.physician],
        },
        town.at.physician,
      ],
    })
    expect(answer.Id).toBeUndefined()
    expect([await inbox(), (await listed(town.physician, 'INBOX')).length]).toEqual(before)
    expect(await listed(town.hospital, 'SENTBOX')).toEqual([])
  })

  it('is delivered when the sender knows, and keeps its PublicationId for that', async () => {
    town.simulator.clock.set(new Date('2026-03-11T12:00:00Z'))
    const before = await inbox()
    const request = letter(town.at.nurse, { publicationId: 'KNOWN1' })
    expect((await post(town.hospital, request)).Status.Code).toBe('826')
    const [destination] = request.DestinationContext
    const refused = { ...request, DestinationContext: [{ ...destination!, OoOProcessed: false }] }
    expect((await post(town.hospital, refused)).Status.Code).toBe('826')
    const known = { ...request, DestinationContext: [{ ...destination!, OoOProcessed: true }] }
    expect((await post(town.hospital, known)).Status.Code).toBe('100')
    expect(await inbox()).toBe(before + 1)
  })

  it.each([
    ['2026-03-09T22:59:59Z', '100'],
    ['2026-03-09T23:00:00Z', '826'],
    ['2026-03-12T22:59:59Z', '826'],
    ['2026-03-12T23:00:00Z', '100'],
  ])('goes by the days of Brussels: %s gives %s', async (at, code) => {
    town.simulator.clock.set(new Date(at))
    expect((await post(town.hospital, letter(town.at.nurse))).Status.Code).toBe(code)
  })
})
