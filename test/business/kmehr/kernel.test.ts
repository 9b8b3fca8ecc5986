import { describe, expect, it } from 'vitest'

import {
  answered,
  codeBook,
  commonVersions,
  hcPartyIdOf,
  hcPartyOf,
  hubAuthorOf,
  kmehrHeader,
  kmehrTypes,
  mentions,
  patientIdOf,
  readParty,
  senderNumber,
  type HubAnswer,
  type KmehrVersion,
  type Provider,
} from '../../../src/business/kmehr/index.js'
import {
  PutPatientConsentRequest,
  PutPatientConsentResponse,
} from '../../../src/business/consent/contract.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { parseXml, problemsOf, read, write } from '../../../src/technical/xml/index.js'

const now = new Date('2026-03-02T11:00:00Z')
const doctor: Provider = {
  role: 'persphysician',
  nihii: '1-99971-43-004',
  ssin: '79.05.12-991.52',
  firstName: 'Ada',
  familyName: 'Samplemans',
}

describe('a party', () => {
  it('of people has NIHII and SSIN in this order, of organisations 8 digits, of software a local number', () => {
    expect(hcPartyOf(doctor, 'p', now)).toEqual({
      id: [
        { S: 'ID-HCPARTY', SV: '1.0', value: '19997143004' },
        { S: 'INSS', SV: '1.0', value: '79051299152' },
      ],
      cd: [{ S: 'CD-HCPARTY', SV: '1.1', value: 'persphysician' }],
      firstname: 'Ada',
      familyname: 'Samplemans',
      address: [],
      telecom: [],
    })
    expect(hcPartyIdOf({ role: 'orghospital', nihii: '71997358000' }, 'p', now).id).toEqual([
      { S: 'ID-HCPARTY', SV: '1.0', value: '71997358' },
    ])
    expect(hcPartyIdOf({ role: 'hub', ehp: '1990009933' }, 'p', now).id[0]?.value).toBe('1990009933')
    expect(hcPartyIdOf({ role: 'orgpractice', cbe: '0999.999.922' }, 'p', now).id[0]?.value).toBe(
      '0999999922',
    )
    expect(hcPartyOf({ application: 'SAMPLE-1', name: 'Sample' }, 'p', now)).toMatchObject({
      id: [{ S: 'LOCAL', SV: '1.0', SL: 'application_ID', value: 'SAMPLE-1' }],
      cd: [{ value: 'application' }],
      name: 'Sample',
    })
  })

  it('is written in the namespace of its place: KMEHR in an author, core in a link', () => {
    const author = hubAuthorOf({ parties: [doctor], patient: { ssin: '68052199235' } }, 'author', now)
    const { xml } = write(PutPatientConsentRequest, {
      request: {
        id: { S: 'ID-KMEHR', SV: '1.0', value: '1' },
        author,
        date: '2026-03-02',
        time: '12:00:00',
      },
      consent: {
        patient: patientIdOf({ ssin: '68052199235' }, 'p', now),
        cd: [{ S: 'CD-CONSENTTYPE', SV: '1.0', value: 'retrospective' }],
        signdate: '2026-03-02',
      },
    })
    expect(xml).toContain('<kmehr:hcparty')
    expect(xml).toContain('<core:patient><core:id S="INSS" SV="1.0">68052199235</core:id></core:patient>')
    expect(xml).not.toContain('<core:hcparty')
  })

  it.each<[string, unknown, string, string]>([
    ['without a number', { role: 'persnurse' }, 'kmehr.party', 'p'],
    ['without a role', { ssin: '79051299152' }, 'kmehr.party', 'p.role'],
    ['with a role of another list', { role: 'DOCTOR', ssin: '79051299152' }, 'kmehr.party', 'p.role'],
    ['with half a name', { ...doctor, familyName: undefined }, 'kmehr.party', 'p.familyName'],
    ['with two kinds of name', { ...doctor, name: 'Ada' }, 'kmehr.party', 'p.name'],
    ['with an empty name', { ...doctor, firstName: ' ' }, 'kmehr.party', 'p.firstName'],
    ['with a wrong number', { ...doctor, nihii: '19997143' + '104x' }, 'identifier.length', 'p.nihii'],
    ['that is software without a name', { application: 'X' }, 'kmehr.party', 'p.name'],
    ['that is nothing', null, 'configuration.invalid', 'p'],
  ])('%s is refused at its place', (_, party, code, path) => {
    expect(() => hcPartyOf(party as never, 'p', now)).toThrow(
      expect.objectContaining({ code, path }) as Error,
    )
  })

  it('is read as it stands, whatever else it holds', () => {
    expect(
      readParty({
        id: [
          { S: 'LOCAL', SV: '1.0', SL: 'RSWID', value: '7' },
          { S: 'ID-HCPARTY', SV: '1.0', value: '1990000035' },
        ],
        cd: [
          { S: 'CD-ENCRYPTION-ACTOR', SV: '1.0', value: 'EHP' },
          { S: 'CD-HCPARTY', SV: '1.1', value: 'hub' },
        ],
        name: 'A hub',
        address: [],
        telecom: [],
      }),
    ).toEqual({
      roles: ['hub'],
      number: '1990000035',
      name: 'A hub',
      ids: [
        { scheme: 'LOCAL', value: '7', local: 'RSWID' },
        { scheme: 'ID-HCPARTY', value: '1990000035' },
      ],
    })
  })
})

describe('an author', () => {
  it('has parties, and names the patient where somebody acts for one', () => {
    for (const [author, path] of [
      [{ parties: [] }, 'author.parties'],
      [{ parties: [doctor], person: { ssin: '68052199235' } }, 'author.patient'],
    ] as const)
      expect(() => hubAuthorOf(author, 'author', now)).toThrow(
        expect.objectContaining({ code: 'kmehr.author', path }) as Error,
      )
  })

  it('gives messages its number, never that of a person in the national register', () => {
    expect(senderNumber(hubAuthorOf({ parties: [doctor] }, 'author', now))).toBe('19997143004')
    const { nihii: _, ...nurse } = doctor
    expect(senderNumber(hubAuthorOf({ parties: [nurse] }, 'author', now))).toBe('ehealth-connectors')
  })
})

describe('codes', () => {
  it('carry the version that the service gives their scheme', () => {
    const put = codeBook({ ...commonVersions, 'CD-THERAPEUTICLINKTYPE': '1.1' })
    const search = codeBook({ ...commonVersions, 'CD-THERAPEUTICLINKTYPE': '1.0' })
    expect(put.code('CD-THERAPEUTICLINKTYPE', 'gmd').SV).toBe('1.1')
    expect(search.code('CD-THERAPEUTICLINKTYPE', 'gmd').SV).toBe('1.0')
  })

  it('have the schemes of the version of KMEHR', () => {
    const id = (version: KmehrVersion, S: string) =>
      kmehrTypes(version)
        .IdHcParty.attributes.find(({ local }) => local === 'S')!
        .type.check(S)
    expect(id('1.17', 'ID-CBE')).toMatch(/unknown value/)
    expect(id('1.19', 'ID-CBE')).toBeUndefined()
    expect(id('1.19', 'ID-ENCRYPTION-KEY')).toMatch(/unknown value/)
    expect(id('1.26', 'ID-ENCRYPTION-KEY')).toBeUndefined()
  })
})

describe('a header', () => {
  it('names the standard of its version, the sender, every recipient, and the time in Belgium', () => {
    const hub = { role: 'hub', ehp: '1990009933', name: 'A hub' }
    const header = kmehrHeader(
      { version: '1.26', sender: [doctor], recipients: [[hub], [doctor]] },
      { ...systemRuntime, now: () => now },
    )
    expect(header).toMatchObject({
      standard: { cd: { S: 'CD-STANDARD', SV: '1.26', value: '20180901' } },
      date: '2026-03-02',
      time: '12:00:00',
      sender: { hcparty: [{ firstname: 'Ada' }] },
      recipient: [{ hcparty: [{ name: 'A hub' }] }, { hcparty: [{ firstname: 'Ada' }] }],
    })
    expect(header.id[0]?.value).toMatch(/^19997143004\.20260302120000000\./)
    const { Message } = kmehrTypes('1.26')
    const sealed = {
      cd: { S: 'CD-ENCRYPTION-METHOD', SV: '1.0', value: 'CMS' },
      Base64EncryptedValue: { value: Buffer.from('sealed') },
    }
    expect(problemsOf(Message, { header, Base64EncryptedData: sealed })).toEqual([])
  })
})

describe('an acknowledge', () => {
  const answer = (xml: string): HubAnswer =>
    read(
      PutPatientConsentResponse,
      parseXml(
        `<p:PutPatientConsentResponse xmlns:p="http://www.ehealth.fgov.be/hubservices/protocol/v2"
          xmlns:c="http://www.ehealth.fgov.be/hubservices/core/v2" xmlns:k="http://www.ehealth.fgov.be/standards/kmehr/schema/v1">
          <c:response><c:id S="ID-KMEHR" SV="1.0">A1</c:id><c:author><k:hcparty><k:cd S="CD-HCPARTY" SV="1.1">orgpublichealth</k:cd></k:hcparty></c:author>
          <c:date>2026-03-02+01:00</c:date><c:time>12:00:00.123+01:00</c:time>
          <c:request><c:id S="ID-KMEHR" SV="1.0">R1</c:id><c:author><k:hcparty><k:cd S="CD-HCPARTY" SV="1.1">application</k:cd></k:hcparty></c:author>
          <c:date>2026-03-02</c:date><c:time>12:00:00</c:time></c:request></c:response>
          <c:acknowledge>${xml}</c:acknowledge></p:PutPatientConsentResponse>`,
      ).root,
    )
  const error = (codes: string[], more = '') =>
    `<c:error><k:id S="LOCAL" SV="1.0" SL="x">E7</k:id>${codes
      .map((code) => `<k:cd S="CD-ERROR" SV="1.0">${code}</k:cd>`)
      .join('')}<k:description L="fr">non</k:description>${more}</c:error>`
  const meanings = { 'TL.ACCESS.20': { meaning: 'a source failed', advice: 'later' } }

  it('keeps every error with every code, blanks taken out, and what is known of it', () => {
    const { complete, errors, requestId, answerId } = answered(
      answer(
        `<c:iscomplete>false</c:iscomplete>${error(['X.1', 'TL. ACCESS.20'], '<k:url>https://example.invalid</k:url>')}${error(['Y'])}`,
      ),
      {} as never,
      meanings,
    )
    expect({ complete, requestId, answerId }).toEqual({ complete: false, requestId: 'R1', answerId: 'A1' })
    expect(errors).toEqual([
      {
        codes: ['X.1', 'TL.ACCESS.20'],
        text: 'non',
        language: 'fr',
        ids: ['E7'],
        url: 'https://example.invalid',
        meaning: 'a source failed',
        advice: 'later',
      },
      { codes: ['Y'], text: 'non', language: 'fr', ids: ['E7'] },
    ])
    expect(mentions(errors, 'TL.ACCESS.20')).toBe(true)
    expect(mentions(errors, 'X')).toBe(false)
  })

  it('is judged by iscomplete: warnings may stand beside what was done, a refusal may have no reason', () => {
    expect(
      answered(answer(`<c:iscomplete>1</c:iscomplete>${error(['NIP.X'])}`), {} as never, {}),
    ).toMatchObject({
      complete: true,
      errors: [{ codes: ['NIP.X'] }],
    })
    expect(answered(answer('<c:iscomplete>0</c:iscomplete>'), {} as never, {})).toMatchObject({
      complete: false,
      errors: [],
    })
  })

  it.each([
    ['', 'PutPatientConsentResponse.acknowledge.iscomplete'],
    ['<c:iscomplete>perhaps</c:iscomplete>', 'PutPatientConsentResponse.acknowledge.iscomplete'],
    [
      '<c:iscomplete>true</c:iscomplete><c:iscomplete>false</c:iscomplete>',
      'PutPatientConsentResponse.acknowledge.iscomplete',
    ],
    [
      '<c:iscomplete>false</c:iscomplete><c:error><k:description L="en">no</k:description></c:error>',
      'PutPatientConsentResponse.acknowledge.error[0].cd',
    ],
  ])('that says nothing clear is unreadable, at its place: %s', (xml, path) => {
    expect(() => answer(xml)).toThrow(expect.objectContaining({ code: 'contract.unreadable', path }) as Error)
  })
})
