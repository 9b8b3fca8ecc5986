import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { readers } from '../../src/technical/kgss/index.js'
import { linksOf } from '../../src/simulator/services/therlink/state.js'
import { exclusionsOf } from '../../src/simulator/services/exclusions/state.js'
import { connect } from '../../src/connect.js'
import { nurse, physician } from '../../src/professions/index.js'
import { openCast, type Cast } from '../business/access/world.js'

let cast: Cast
let me: Awaited<ReturnType<typeof open>>
let her: typeof me
const noon = new Date('2026-03-02T11:00:00Z')

const open = (name: 'physician' | 'nurse') => {
  const { environment, runtime, personas } = cast.simulator
  const { ssin, nihii, keystore, password } = personas[name]
  const as = (name === 'physician' ? physician : nurse)({ ssin, nihii })
  return connect({ environment, runtime, keystore: { bytes: keystore, password }, as })
}

beforeAll(async () => {
  cast = await openCast({ clock: { now: () => noon } })
  me = await open('physician')
  her = await open('nurse')
})
afterAll(async () => {
  await me.close()
  await her.close()
  await cast.close()
})

const box = (owner: string) => cast.simulator.mailboxes().find((one) => one.owner === owner)!
const text = (octets: Uint8Array) => Buffer.from(octets).toString()

describe('simulator.mailboxes', () => {
  it('shows a letter in both boxes as it was transported, and whether it was read', async () => {
    const sent = await me.ehbox.send({
      to: [{ ssin: cast.simulator.personas.nurse.ssin, quality: 'NURSE' }],
      title: 'Wound care',
      body: 'Dressing to be changed daily',
      annexes: [{ title: 'Scheme', fileName: 'scheme.txt', mimeType: 'text/plain', content: 'Mon, Thu' }],
      encrypt: true,
    })
    expect(sent.outcome).toBe('sent')
    const [own] = box('physician').messages
    expect(own).toMatchObject({ folder: 'SENTBOX', title: 'Wound care', encrypted: true })
    const [letter] = box('nurse').messages
    expect(letter).toMatchObject({ folder: 'INBOX', kind: 'DOCUMENT', sender: { Name: 'SAMPLEMANS' } })
    expect(box('nurse').address).toMatchObject({ Type: 'INSS', Quality: 'NURSE' })
    expect(letter!.readAt).toBeUndefined()
    expect(text(letter!.body.content)).not.toContain('Dressing')
    for (const [sealed, plain] of [
      [letter!.body.content, 'Dressing to be changed daily'],
      [letter!.annexes[0]!.title, 'Scheme'],
      [letter!.annexes[0]!.content, 'Mon, Thu'],
    ] as const) {
      const opened = await cast.simulator.unseal(sealed, { prefer: ['nurse'] })
      expect(text(opened.content)).toBe(plain)
      expect(opened.openedBy).toBe('nurse')
      // the author keeps it readable for himself
      expect(opened.readers).toEqual(['physician', 'nurse'])
      expect(opened.author?.value).toBe(cast.simulator.personas.physician.ssin)
    }
    await her.ehbox.read(letter!.id)
    expect(box('nurse').messages[0]!.readAt).toEqual(noon)
    await her.ehbox.delete([letter!.id], { folder: 'INBOX' })
    expect(box('nurse').messages.map(({ folder }) => folder)).not.toContain('INBOX')
    expect(box('hospital').messages).toEqual([])
  })
})

describe('simulator.unseal', () => {
  it('opens with a key that the KGSS keeps, or with one that is given', async () => {
    using key = await me.technical.kgss.newKey({ allowed: [readers.nurse()] })
    const sealed = await me.technical.seal(Buffer.from('for any nurse'), { secretKey: key })
    const opened = await cast.simulator.unseal(sealed)
    expect(text(opened.content)).toBe('for any nurse')
    expect(opened.openedBy).toBe('kgss')
    const own = { id: Buffer.from('mine'), key: Buffer.alloc(16, 7) }
    const unknown = await me.technical.seal(Buffer.from('by hand'), { secretKey: own })
    await expect(cast.simulator.unseal(unknown)).rejects.toMatchObject({ code: 'unseal.not-addressed' })
    const secretKeys = [{ key: own.key, of: 'me' }]
    const byHand = await cast.simulator.unseal(unknown, { secretKeys })
    expect(text(byHand.content)).toBe('by hand')
    expect(byHand.openedBy).toBe('me')
    expect(own.key).toEqual(Buffer.alloc(16, 7))
  })

  it('gives out nothing of a message that was changed', async () => {
    using key = await me.technical.kgss.newKey({ allowed: [readers.nurse()] })
    const sealed = Buffer.from(await me.technical.seal(Buffer.from('whole'), { secretKey: key }))
    sealed[sealed.length - 20]! ^= 1
    await expect(cast.simulator.unseal(sealed)).rejects.toMatchObject({
      code: expect.stringMatching(/^unseal\./) as string,
    })
    await expect(cast.simulator.unseal(Buffer.from('no CMS'))).rejects.toMatchObject({
      code: 'unseal.malformed',
    })
  })
})

describe('the registers of access', () => {
  beforeEach(() => {
    linksOf(cast.simulator.world).length = 0
    exclusionsOf(cast.simulator.world).length = 0
  })
  const { ssin, firstName, familyName } = { ssin: '68052199235', firstName: 'Lou', familyName: 'Voorbeeld' }
  const patient = { ssin, firstName, familyName, eidCard: '599000010135' }

  it('show consents, and that they were revoked', async () => {
    expect(cast.simulator.consents()).toEqual([])
    await me.consent.declare({ patient })
    expect(cast.simulator.consents()).toEqual([
      { ssin, type: 'retrospective', signed: '2026-03-02', author: 'ADA SAMPLEMANS' },
    ])
    await me.consent.revoke({ patient })
    expect(cast.simulator.consents()[0]).toMatchObject({ signed: '2026-03-02', revoked: '2026-03-02' })
  })

  it('show links with their days, and which hold', async () => {
    await me.consent.declare({ patient })
    await me.therlink.declare({ patient, proof: 'eidreading' })
    const [link] = cast.simulator.links()
    expect(link).toMatchObject({
      ssin,
      provider: {
        name: 'ADA SAMPLEMANS',
        number: { type: 'SSIN', value: cast.simulator.personas.physician.ssin },
      },
      type: 'gpconsultation',
      from: '2026-03-02',
      revoked: false,
      holds: true,
    })
    cast.simulator.clock.set(new Date(`${link!.until}T12:00:00Z`))
    expect(cast.simulator.links()[0]!.holds).toBe(false)
    cast.simulator.clock.set(noon)
  })

  it('show exclusions', async () => {
    const citizen = await cast.citizen('adult')
    await citizen.exclusions.exclude({ patient: { ssin }, provider: cast.providers.nurse })
    expect(cast.simulator.exclusions()).toMatchObject([
      {
        ssin,
        provider: { name: 'NOOR EXEMPLAIRE', number: { type: 'SSIN' } },
        declaredAt: noon,
        revoked: false,
      },
    ])
    await citizen.exclusions.revoke({ patient: { ssin }, provider: cast.providers.nurse })
    expect(cast.simulator.exclusions()[0]!.revoked).toBe(true)
  })
})

describe('what waits', () => {
  it('is told of plans of trouble, as long as they strike', async () => {
    const { faults } = cast.simulator
    faults.add({ kind: 'delay', milliseconds: 1, operation: 'getBoxInfo', times: 2 })
    faults.add({ kind: 'soa', code: 'SOA-02001', service: 'kgss', skip: 1, times: Infinity })
    expect(faults.plans()).toMatchObject([
      { plan: { kind: 'delay' }, left: 2 },
      { skip: 1, left: Infinity },
    ])
    await me.ehbox.info()
    expect(faults.plans()[0]!.left).toBe(1)
    await me.ehbox.info()
    expect(faults.plans()).toMatchObject([{ plan: { kind: 'soa' } }])
    faults.clear()
    expect(faults.plans()).toEqual([])
  })

  it('is told of the clock', () => {
    const { clock } = cast.simulator
    clock.release()
    expect(clock.held).toBe(false)
    clock.advance(60_000)
    expect(clock.offset).toBe(60_000)
    clock.set(noon)
    expect(clock.held).toBe(true)
    expect(clock.offset).toBe(0)
    clock.advance(-1000)
    expect(clock.offset).toBe(-1000)
    clock.set(noon)
  })

  it('is told of everybody in the register', () => {
    const { people, personas } = cast.simulator
    const everybody = people.everybody()
    expect(everybody).toHaveLength(people.size)
    expect(everybody.map(({ ssin }) => ssin)).toContain(personas.physician.ssin)
    const added = people.add({ lastName: 'Sample', givenNames: ['Lea'], birthDate: '1985-09-00' })
    expect(people.everybody().at(-1)).toBe(added)
  })
})
