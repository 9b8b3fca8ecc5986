import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { readResponse } from '../../../src/business/memberData/get.js'
import { outcomeOf, type MemberDataOutcome } from '../../../src/business/memberData/outcome.js'
import { askedQuestion, judgeQuestion } from '../../../src/business/memberData/question.js'
import { dayAt } from '../../../src/business/memberData/assertions.js'
import { isEHealthError, type ErrorCode } from '../../../src/errors.js'
import { patients } from '../../../src/simulator/patients.js'
import { createTransport, type Transport } from '../../../src/technical/soap/index.js'
import { openAsker, refusalOf, type Asker } from './people.js'

const adult = { ssin: patients[0]!.ssin }
const asked = askedQuestion(
  judgeQuestion({ patient: adult, on: '2026-03-10' }, new Date('2026-03-10T11:00:00Z')),
  {
    id: '_TMDA1',
    issuer: '19997143004',
    now: new Date('2026-03-10T11:00:00Z'),
  },
)

/** An answer as an insurer might write it. */
const answer = (status: string, assertions = '', inResponseTo = '_TMDA1'): Buffer =>
  Buffer.from(
    `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion"
      xmlns:e="urn:be:cin:nippin:memberdata:saml:extension" ID="_1" InResponseTo="${inResponseTo}" Version="2.0" IssueInstant="2026-03-10T12:00:00">
      <a:Issuer>urn:be:cin:io:300</a:Issuer><p:Status>${status}</p:Status>${assertions}</p:Response>`,
  )
const success = '<p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>'
const statement = (type: string, attributes: Record<string, string>, more = ''): string =>
  `<a:Assertion ID="_a" Version="2.0" IssueInstant="x"><a:Subject><a:NameID Format="urn:be:fgov:person:ssin">${adult.ssin}</a:NameID></a:Subject>${more}<a:Advice><e:AssertionType>urn:be:cin:nippin:${type}</e:AssertionType></a:Advice>
   <a:AttributeStatement>${Object.entries(attributes)
     .map(
       ([name, value]) =>
         `<a:Attribute Name="urn:be:cin:nippin:${name}"><a:AttributeValue>${value}</a:AttributeValue></a:Attribute>`,
     )
     .join('')}</a:AttributeStatement></a:Assertion>`

const read = (content: Buffer): MemberDataOutcome => outcomeOf(readResponse(content), asked)
const codeOf = (content: Buffer): ErrorCode | undefined => {
  try {
    read(content)
  } catch (error) {
    if (isEHealthError(error)) return error.code
    throw error
  }
  return undefined
}

describe('an answer as insurers write it', () => {
  it('is read without types, versions and issuers; what is strange is told without its value', () => {
    const outcome = read(
      answer(
        success,
        statement('insurability:period', {
          cb1: '111',
          communicationDate: '2026-02-30',
          'careReceiver:registrationNumber': ' AB 12 ',
        }) +
          statement('insurability:payment', { 'payment:byIO': 'perhaps' }) +
          statement('rentalDevice', { 'rentalDevice:start': '2026-01-01' }),
      ),
    )
    if (outcome.outcome !== 'complete') throw new Error(outcome.outcome)
    expect(outcome.insurability.periods).toEqual(
      [
        {
          from: '2026-03-10',
          until: '2026-03-11',
          insurer: undefined,
          ct1: '111',
          increasedReimbursement: true,
          communicationDate: '2026-02-30',
          registrationNumber: ' AB 12 ',
        },
      ].map(({ insurer: _, ...rest }) => rest),
    )
    expect(outcome.insurability).not.toHaveProperty('paidByInsurer')
    expect(outcome.problems).toEqual(
      [
        'a statement of an unknown type: rentalDevice',
        'insurability:period, communicationDate: no day of the calendar',
        'insurability:payment, payment:byIO: neither true nor false',
      ].sort((a, b) => outcome.problems.indexOf(a) - outcome.problems.indexOf(b)),
    )
    expect(outcome.assertions[2]).toMatchObject({
      type: 'rentalDevice',
      attributes: { 'urn:be:cin:nippin:rentalDevice:start': ['2026-01-01'] },
    })
  })

  it.each([
    ['2026-01-01T00:00:00', '2026-01-01'],
    ['2026-01-01T00:00:00Z', '2026-01-01'],
    ['2026-01-01T00:00:00+01:00', '2026-01-01'],
    ['2025-12-31T23:00:00Z', '2026-01-01'],
    ['2026-06-30T22:00:00.000Z', '2026-07-01'],
    ['2026-06-30T23:30:00Z', '2026-06-30'],
    ['2026-06-30T22:00:00', '2026-06-30'],
    ['yesterday', undefined],
  ])('means by %s the day %s', (text, day) => {
    expect(dayAt(text)).toBe(day)
  })

  const fault = (inner: string, open = '<Fault xmlns:t="urn:be:cin:types:v1">', close = '</Fault>'): string =>
    `<p:StatusDetail>${open}${inner}${close}</p:StatusDetail>`

  it('tells its faults in either namespace, with or without texts, and codes that nobody knows', () => {
    const requester = (detail: string): MemberDataOutcome =>
      read(answer(`<p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Requester"/>${detail}`))
    const inner =
      '<t:FaultCode>INPUT_ERROR</t:FaultCode><t:Details><t:Detail><t:DetailCode>NEW_CODE</t:DetailCode></t:Detail></t:Details>'
    const expected = {
      outcome: 'refused',
      retryable: false,
      insurer: '300',
      faults: [{ code: 'NEW_CODE', faultCode: 'INPUT_ERROR', texts: [] }],
    }
    expect(requester(fault(inner))).toEqual(expected)
    expect(requester(fault(inner, '<t:Fault xmlns:t="urn:be:cin:types:v1">', '</t:Fault>'))).toEqual(expected)
    expect(
      requester(
        fault(
          '<t:FaultCode>X</t:FaultCode><t:FaultSource>IO-BE-500</t:FaultSource><t:Message xml:lang="nl">Neen</t:Message>',
        ),
      ),
    ).toMatchObject({
      faults: [{ code: 'X', source: 'IO-BE-500', insurer: '500', texts: [{ text: 'Neen', language: 'nl' }] }],
    })
    expect(requester('')).toMatchObject({ outcome: 'refused', faults: [] })
    expect(read(answer(success + fault(inner))).outcome).toBe('partial')
  })

  it('is refused when it belongs to another question or patient, or is none', () => {
    expect(codeOf(answer(success, '', '_TMDA2'))).toBe('member-data.other-answer')
    const other = statement('insurability:payment', {}).replace(adult.ssin, patients[1]!.ssin)
    expect(codeOf(answer(success, other))).toBe('member-data.other-answer')
    expect(codeOf(answer(success, '', ''))).toBeUndefined()
    for (const broken of [
      '',
      '<p:Response',
      '<Response/>',
      answer('').toString(),
      `<!DOCTYPE p>${answer(success).toString()}`,
    ])
      expect(codeOf(Buffer.from(broken))).toBe('member-data.answer')
    expect(codeOf(answer(success + fault('<t:Other/>')))).toBe('member-data.answer')
  })
})

describe('an answer on its way', () => {
  let asker: Asker
  /** What the network does to the answer. */
  let spoil: (envelope: string) => string
  let transport: Transport
  beforeAll(async () => {
    asker = await openAsker()
    const inner = createTransport({ trust: asker.simulator.environment.trust.tls ?? [] })
    transport = {
      post: async (request) => {
        const response = await inner.post(request)
        if (!request.url.includes('MemberData')) return response
        return { ...response, body: Buffer.from(spoil(Buffer.from(response.body).toString('utf8'))) }
      },
      close: () => inner.close(),
    }
  })
  afterAll(async () => {
    transport.close()
    await asker.close()
  })

  const ask = async (how: (envelope: string) => string) => {
    spoil = how
    const me = await asker.open('physician', { transport })
    return me.memberData.get({ patient: adult })
  }
  /** The blob with other content; the hash goes along or not. */
  const changed = (envelope: string, keepHash: boolean): string =>
    envelope.replace(/(<mp3:Detail[^>]*>)([^<]*)/, (_, tag: string, text: string) => {
      const content = Buffer.from(text, 'base64')
        .toString('utf8')
        .replace('VOORBEELD', 'OTHER')
        .replace('Voorbeeld', 'Other')
      return (
        (keepHash ? tag : tag.replace(/ HashValue="[^"]*"/, '')) + Buffer.from(content).toString('base64')
      )
    })

  it('proves by its signature who says it', async () => {
    const { signature } = await ask((envelope) => envelope)
    expect(signature).toMatchObject({ valid: true, level: 'xades', errors: [] })
    expect(signature!.signer!.subject.toRfc2253()).toContain('MYCARENET')
    expect(signature!.signingTime).toEqual(new Date('2026-03-10T11:00:00Z'))
  })

  it('may come without signature', async () => {
    const unsigned = await ask((envelope) => envelope.replace(/<mp3:XadesT.*<\/mp3:XadesT>/s, ''))
    expect(unsigned.outcome).toBe('complete')
    expect(unsigned.signature).toBeUndefined()
  })

  it('is flagged, not refused, when nobody vouches for the signer', async () => {
    spoil = (envelope) => envelope
    const stranger = await asker.open('physician', {
      transport,
      trust: { signers: asker.simulator.environment.trust.registrationAuthority! },
    })
    const { outcome, signature } = await stranger.memberData.get({ patient: adult })
    expect(outcome).toBe('complete')
    expect(signature!.valid).toBe(false)
    expect(signature!.errors.map(({ reason }) => reason)).toContain('xml-signature.untrusted')
  })

  it('is refused when its content was changed, by the signature or by the hash', async () => {
    expect((await refusalOf(ask((envelope) => changed(envelope, false)))).code).toBe('mycarenet.signature')
    const withoutSignature = (envelope: string): string =>
      envelope.replace(/<mp3:XadesT.*<\/mp3:XadesT>/s, '')
    expect((await refusalOf(ask((envelope) => changed(withoutSignature(envelope), true)))).code).toBe(
      'mycarenet.hash',
    )
  })

  it('is refused when the signature covers something else', async () => {
    const moved = (envelope: string): string =>
      envelope.replace(/(<mp3:Detail[^>]*) Id="([^"]*)"/, '$1 Id="_else"')
    expect((await refusalOf(ask(moved))).code).toBe('mycarenet.signature')
  })

  it('is refused when it is empty, packed in a new way, or the answer to another question', async () => {
    const bare = (envelope: string): string => envelope.replace(/<mp3:XadesT.*<\/mp3:XadesT>/s, '')
    const empty = (envelope: string): string => bare(envelope).replace(/(<mp3:Detail[^>]*>)[^<]*/, '$1')
    expect((await refusalOf(ask(empty))).code).toBe('mycarenet.blob')
    const packed = (envelope: string): string =>
      bare(envelope).replace('ContentEncoding="none"', 'ContentEncoding="lzma"')
    expect((await refusalOf(ask(packed))).code).toBe('mycarenet.blob')
    const other = (envelope: string): string =>
      bare(envelope).replace(/(<mc3:InputReference[^>]*>)[^<]*/, '$1TMDA00000000000000')
    expect((await refusalOf(ask(other))).code).toBe('member-data.other-answer')
  })
})
