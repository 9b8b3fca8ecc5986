import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { addressBookOperations as operations } from '../../../src/business/addressBook/contract.js'
import { parseCbe, parseEhp, parseNihii, parseSsin } from '../../../src/technical/identifiers/index.js'
import { mailboxOwners, populate } from '../../../src/simulator/population/population.js'
import { openReader, refusalOf, type Reader } from '../../business/addressBook/people.js'
import { callOperation, credentialOf, faultIn, send, sendEnvelope } from '../support.js'

let reader: Reader
beforeAll(async () => {
  reader = await openReader()
})
afterAll(() => reader.close())

const instants = { IssueInstant: new Date('2026-03-02T08:00:00Z') }
const first = { Offset: 0, MaxElements: 10 }
const search = (criteria: object, page: object = first) =>
  reader.me.session.call(operations.searchProfessionals, { ...instants, ...page, ...criteria } as never)

describe('the people whom the simulator invents', () => {
  const people = populate()

  it('are many, and the same at every start', () => {
    expect(people.length).toBeGreaterThan(300)
    expect(populate()).toEqual(people)
    expect(mailboxOwners().length).toBeLessThan(people.length)
  })

  it('have numbers with valid check digits, national ones from sequence 990, and nobody has another one’s', () => {
    const numbers = reader.simulator.world.actors
      .concat(people.filter(({ hasBox }) => !hasBox).map(({ actor }) => actor))
      .flatMap(({ ssin, nihii, cbe, ehp }) => [ssin, nihii?.slice(0, 8), cbe, ehp])
      .filter((number) => number !== undefined)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const { actor } of people) {
      const { ssin, nihii, cbe, ehp } = actor
      if (ssin !== undefined)
        expect(Number(parseSsin(ssin).normalized.slice(6, 9))).toBeGreaterThanOrEqual(990)
      if (nihii !== undefined) expect(parseNihii(nihii).modulus).toBe(97)
      if (cbe !== undefined) parseCbe(cbe)
      if (ehp !== undefined) expect(parseEhp(ehp).checked).toBe(true)
      expect([ssin, nihii, cbe, ehp].filter((number) => number !== undefined)).not.toEqual([])
    }
  })

  it('are found, each of them, with the mailbox that they have', async () => {
    for (const { actor, hasBox } of people.filter((_, index) => index % 17 === 0)) {
      const contact =
        actor.ssin === undefined
          ? await reader.me.addressBook.organisation(
              actor.ehp === undefined ? { cbe: actor.cbe! } : { ehp: actor.ehp },
            )
          : await reader.me.addressBook.professional({ ssin: actor.ssin })
      if (contact.outcome === 'not-found') throw new Error(`${actor.name} is missing`)
      expect(contact.eHealthBox.map(({ quality }) => quality)).toEqual(hasBox ? actor.qualities : [])
    }
  })

  it('leave who has no quality out of the book', async () => {
    const ssin = '90010199794'
    const citizen = {
      name: 'citizen',
      kind: 'person' as const,
      displayName: 'SOME CITIZEN',
      profession: 'patient',
      certificateType: 'SSIN',
      certificateValue: ssin,
      ssin,
      qualities: [],
      certified: {},
    }
    reader.simulator.world.register(citizen)
    expect(await reader.me.addressBook.professional({ ssin })).toMatchObject({ outcome: 'not-found' })
    // registered anew, he is another
    reader.simulator.world.register({ ...citizen, qualities: ['NURSE'] })
    expect(await reader.me.addressBook.professional({ ssin })).toMatchObject({ outcome: 'found' })
  })
})

describe('the address book of the simulator', () => {
  it.each<[string, object]>([
    ['nothing', {}],
    ['a name alone', { LastName: 'Voorbeeld' }],
    ['a number and a name', { SSIN: '90010199794', LastName: 'Voorbeeld' }],
    ['an e-mail address and a profession', { EMail: 'a@example.invalid', Profession: 'NURSE' }],
    ['an empty name', { Profession: 'NURSE', LastName: '' }],
  ])('refuses %s as content', async (_, criteria) => {
    expect(await refusalOf(search(criteria))).toMatchObject({
      code: 'fault.content',
      platform: { code: 'SOA-03007', id: expect.any(String) as string },
    })
  })

  it('refuses an organisation by e-mail address, and details by two numbers', async () => {
    const { session } = reader.me
    const organisation = { ...instants, ...first, EMail: 'a@example.invalid' }
    expect(await refusalOf(session.call(operations.searchOrganizations, organisation))).toMatchObject({
      platform: { code: 'SOA-03007' },
    })
    const blank = { ...instants, NIHII: '71997358', InstitutionType: ' ' }
    expect(await refusalOf(session.call(operations.getOrganizationContactInfo, blank))).toMatchObject({
      platform: { code: 'SOA-03007' },
    })
  })

  it.each([
    { Offset: -1, MaxElements: 10 },
    { Offset: 0, MaxElements: 0 },
  ])('refuses a page that cannot be: %j', async (page) => {
    const criteria = { Profession: 'NURSE', LastName: '*' }
    expect(await refusalOf(search(criteria, page))).toMatchObject({ platform: { code: 'SOA-03007' } })
  })

  it('gives an empty page behind the last one', async () => {
    const { value } = await search({ Profession: 'NURSE', LastName: '*' }, { Offset: 5000, MaxElements: 10 })
    expect(value).toMatchObject({ Offset: 5000, MaxElements: 10, HealthCareProfessional: [] })
  })

  it('answers in the name of the question', async () => {
    const { value } = await search({ SSIN: '90010199893', Id: '_question' })
    expect(value).toMatchObject({ InResponseTo: '_question', Id: expect.stringMatching(/^_/) as string })
    const { value: anonymous } = await search({ SSIN: '90010199893' })
    expect(anonymous).not.toHaveProperty('InResponseTo')
  })

  it('wants a token, and a signature with its key', async () => {
    const credential = await credentialOf(reader.simulator, 'physician')
    const question = { ...instants, ...first, SSIN: '90010199893' }
    const calling = (security: Parameters<typeof callOperation>[3]) =>
      callOperation(
        reader.simulator,
        { ...operations.searchProfessionals, security: security.kind },
        question,
        security,
      )
    for (const security of [{ kind: 'none' } as const, { kind: 'x509', credential } as const])
      expect(await refusalOf(calling(security))).toMatchObject({ platform: { code: 'SOA-01001' } })
    const assertion = await reader.me.session.token()
    const stranger = await credentialOf(reader.simulator, 'nurse')
    expect(await refusalOf(calling({ kind: 'saml-hok', credential: stranger, assertion }))).toMatchObject({
      platform: { code: 'SOA-01001' },
    })
    const { value } = await calling({ kind: 'saml-hok', credential, assertion })
    expect(value.Status.StatusCode.Value).toMatch(/:Success$/)
  })

  it('refuses what its contract does not know', async () => {
    const envelope = `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><x xmlns="urn:be:fgov:ehealth:addressbook:protocol:v1"/></S:Body></S:Envelope>`
    const answer = await sendEnvelope(reader.simulator, 'addressBook', envelope)
    expect(answer.status).toBe(500)
    expect(faultIn(answer)).toMatchObject({ code: 'SOA-03005' })
  })

  it('describes itself: four operations, their actions, and the token that they want', async () => {
    const { status, text } = await send(reader.simulator, '/AddressBook/v1?wsdl', { method: 'GET' })
    expect(status).toBe(200)
    const service = await reader.me.technical.service(`${reader.simulator.url}/AddressBook/v1?wsdl`)
    expect(service.operations.map(({ name, security }) => [name, security])).toEqual(
      Object.keys(operations).map((name) => [name, 'saml-hok']),
    )
    for (const { soapAction } of Object.values(operations))
      expect(text).toContain(`soapAction="${soapAction}"`)
    const { value } = await service.call<{ HealthCareProfessional: unknown[] }>('searchProfessionals', {
      attributes: { IssueInstant: new Date(), Offset: 0, MaxElements: 5 },
      LastName: 'Voorbeeld*',
      Profession: 'PHYSICIAN',
    })
    expect(value.HealthCareProfessional).toHaveLength(5)
  })
})
