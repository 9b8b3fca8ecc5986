import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { Registrations, RegistrationsAnswer } from '../../../src/business/registration/contract.js'
import type { Registration } from '../../../src/business/registration/index.js'
import { registrationsOf } from '../../../src/simulator/services/registration/state.js'
import { parseXml, read, write } from '../../../src/technical/xml/index.js'
import { openMailboxWorld, type MailboxWorld } from '../genericAsync/world.js'

/** The account of public documentation. */
const bankAccount = { iban: 'BE68 5390 0754 7034', bic: 'EXAMBEBB' }

let world: MailboxWorld
let registration: Registration
beforeAll(async () => {
  world = await openMailboxWorld()
  registration = world.me.registration
})
afterAll(() => world.close())
const calls = (): number => world.simulator.calls('registration')

describe('registering with an insurer', () => {
  it('is a day, an account, and an answer in our words', async () => {
    const outcome = await registration.register({ insurer: '300', startDate: '2027-01-01', bankAccount })
    expect(outcome).toMatchObject({
      outcome: 'registered',
      insurer: '300',
      service: 'GMD',
      startDate: '2027-01-01',
      details: [],
      inputReference: expect.stringMatching(/^TREG\d+[0-9A-F]+$/) as string,
    })
    expect([...registrationsOf(world.simulator.world).values()]).toMatchObject([
      { insurer: '300', service: 'GMD', startDate: '2027-01-01', iban: 'BE68539007547034' },
    ])
    expect(outcome.signature).toMatchObject({ valid: true, errors: [] })
    expect(Buffer.from(outcome.xades!).toString()).toContain('SignedProperties')
    const answer = read(RegistrationsAnswer, parseXml(outcome.answer).root, { strict: true })
    expect(answer.registrationAnswer.status).toBe('SUCCESS')
  })

  it('again is refused by the insurer, with its code and text', async () => {
    await registration.register({ insurer: '500', bankAccount })
    const again = await registration.register({ insurer: '500', bankAccount })
    expect(again).toMatchObject({
      outcome: 'refused',
      details: [
        { code: '168', source: 'IO-BE-500', message: { text: expect.any(String) as string, language: 'en' } },
      ],
    })
    expect(again).not.toHaveProperty('startDate')
  })

  it('is refused without an account, or for a service that nobody knows', async () => {
    expect(await registration.register({ insurer: '100' })).toMatchObject({ outcome: 'refused' })
    expect(await registration.register({ insurer: '100', service: 'OTHER', bankAccount })).toMatchObject({
      outcome: 'refused',
    })
  })

  it('begins today where nobody says when: the day of Belgium, also just after midnight, and never with a zone', async () => {
    // half past midnight in Belgium is still yesterday in UTC
    world.simulator.clock.set(new Date('2027-06-30T22:30:00Z'))
    try {
      const outcome = await registration.register({ insurer: '900', bankAccount })
      expect(outcome).toMatchObject({ outcome: 'registered', startDate: '2027-07-01' })
    } finally {
      world.simulator.clock.release()
    }
  })

  it.each([
    [{ insurer: '319' }, 'configuration.invalid', 'insurer'],
    [{ insurer: '300', service: '' }, 'configuration.invalid', 'service'],
    [{ insurer: '300', startDate: '2027-02-30' }, 'mycarenet.day', 'startDate'],
    [
      { insurer: '300', bankAccount: { iban: 'BE68539007547035' } },
      'registration.bank-account',
      'bankAccount.iban',
    ],
    [{ insurer: '300', bankAccount: { iban: 'no' } }, 'registration.bank-account', 'bankAccount.iban'],
    [
      { insurer: '300', bankAccount: { ...bankAccount, bic: 'EXAM' } },
      'registration.bank-account',
      'bankAccount.bic',
    ],
    [{ insurer: '300', reference: 'short' }, 'mycarenet.reference', undefined],
    [{ insurer: '300', account: {} }, 'configuration.invalid', 'account'],
  ])('reaches nobody with %j', async (options, code, path) => {
    const before = calls()
    const failed: unknown = await registration.register(options as never).catch((error: unknown) => error)
    expect(failed).toMatchObject({ code, ...(path === undefined ? {} : { path }) })
    expect(JSON.stringify(failed)).not.toContain('BE68539007547035')
    expect(calls()).toBe(before)
  })

  it('writes days without zone, whatever came in, and refuses a zone', () => {
    const value = (StartDateTime: string) => ({
      registrant: { CareProvider: { Nihii: { Quality: 'doctor', Value: '19999024004' } } },
      registration: { serviceName: 'GMD' },
      StartDateTime,
    })
    expect(write(Registrations, value('2027-01-01')).xml).toContain('StartDateTime="2027-01-01"')
    expect(() => write(Registrations, value('2027-01-01+01:00'))).toThrow(/with a zone/)
  })
})
