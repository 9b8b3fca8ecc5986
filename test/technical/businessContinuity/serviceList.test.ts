import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import {
  judgeServiceList,
  readServiceList,
  type ServiceList,
} from '../../../src/technical/businessContinuity/index.js'
import { parseDuration } from '../../../src/technical/businessContinuity/duration.js'
import { normalised } from '../../../src/technical/environment/url.js'
import { Certificate } from '../../../src/technical/pki/index.js'
import { wssCertificate, wssClock } from '../soap/wssFixtures.js'

const folder = new URL('../../../fixtures/soap/serviceLists/', import.meta.url)
const files = readdirSync(folder)
const file = (id: string): Buffer =>
  readFileSync(
    new URL(
      files.find((name) => name.startsWith(id) && name.endsWith('.xml'))!,
      folder,
    ),
  )

const trust = [wssCertificate('ca')]
const cbe = '0123456749'
const at = new Date(wssClock.getTime() + 10_000)
const judge = (bytes: Uint8Array) => judgeServiceList(bytes, { trust, cbe, at })
const list = (id: string): ServiceList => readServiceList(file(id), { trust, cbe, at })
const urls = (service: ServiceList['services'][number] | undefined) =>
  service?.endpoints.map(({ url }) => url)

/** The verdicts of the vectors' README. */
const verdicts: [string, boolean, string[], string[]][] = [
  ['s01', true, [], []],
  ['s02', true, [], []],
  ['s03', true, [], []],
  ['s04', false, ['signature.digest'], []],
  ['s05', false, ['certificate.untrusted'], []],
  ['s06', false, ['certificate.untrusted'], []],
  ['s07', false, ['service-list.signer'], []],
  ['s08', false, ['signature.missing'], []],
  ['s09', false, ['signature.missing'], []],
  ['s10', true, [], []],
  ['s11', true, [], ['service-list.no-active-endpoint']],
]

describe('a service list', () => {
  it.each(verdicts)('%s: %s', (id, valid, errors, warnings) => {
    const judgement = judge(file(id))
    expect(judgement.errors.map(({ code }) => code)).toEqual(errors)
    expect(judgement.warnings.map(({ code }) => code)).toEqual(warnings)
    expect(judgement.valid).toBe(valid)
  })

  it('of all eleven vectors is judged here', () => {
    expect(files.filter((name) => name.endsWith('.xml'))).toHaveLength(verdicts.length)
  })

  it.each(['s01', 's02', 's03'])('%s fits its digest file', (id) => {
    const digest = readFileSync(
      new URL(
        files.find((name) => name.startsWith(id) && name.endsWith('.sha2'))!,
        folder,
      ),
    )
    expect(createHash('sha256').update(file(id)).digest('hex')).toBe(digest.toString())
  })

  it('gives the endpoints in their order, whatever the order in the document', () => {
    const { version, environment, issuedAt, services } = list('s01')
    expect({ version, environment, issuedAt }).toEqual({
      version: 1,
      environment: 'Acceptation',
      issuedAt: new Date('2026-01-15T12:00:00Z'),
    })
    expect(urls(services.find(({ id }) => id.includes('genericinsurability')))).toEqual([
      'https://services-acpt.example.test/GenericInsurability/v1',
      'https://pilot.example.test:9443/ehealth/bcp/genericinsurability/v1',
    ])
    for (const { endpoints } of list('s10').services) {
      const orders = endpoints.map(({ order }) => order)
      expect(orders).toEqual([...orders].sort((a, b) => a - b))
      expect(orders[0]).toBeGreaterThan(0)
    }
  })

  it('of version 2 says whose answers may be kept, and for how long', () => {
    const { version, services } = list('s02')
    expect(version).toBe(2)
    expect(services.map(({ cache }) => cache)).toEqual([
      { strategy: 'ENDPOINT_FIRST', lifetime: 24 * 60 * 60 * 1000 },
      undefined,
    ])
  })

  it('keeps a service without an active endpoint, and says so', () => {
    const { services, warnings } = list('s11')
    expect(services).toHaveLength(2)
    expect(warnings).toEqual([
      { code: 'no-active-endpoint', service: 'uddi:ehealth-fgov-be:business:genericinsurability:v1' },
    ])
  })

  it.each([
    ['before the certificate', '2020-01-01T00:00:00Z', 'certificate.not-yet-valid'],
    ['after the certificate', '2060-01-01T00:00:00Z', 'certificate.expired'],
  ])('is refused %s', (_, instant, code) => {
    const judgement = judgeServiceList(file('s01'), { trust, cbe, at: new Date(instant) })
    expect(judgement.errors.map((error) => error.code)).toEqual([code])
  })

  it('is refused when another number is pinned, and warned of when none is', () => {
    const pinned = judgeServiceList(file('s01'), { trust, cbe: '0809394427', at })
    expect(pinned.errors.map(({ code }) => code)).toEqual(['service-list.signer'])
    const open = judgeServiceList(file('s01'), { trust, at })
    expect(open).toMatchObject({ valid: true, warnings: [{ code: 'service-list.signer' }] })
  })

  it('is refused without an anchor', () => {
    expect(judgeServiceList(file('s01'), { trust: [], cbe, at }).valid).toBe(false)
    const leaf = Certificate.from(wssCertificate('holder-rsa').toPem())
    expect(judgeServiceList(file('s01'), { trust: [leaf], cbe, at }).valid).toBe(false)
  })
})

describe('a service list that was interfered with', () => {
  const text = file('s01').toString()
  const signature = /<ds:Signature [\s\S]*<\/ds:Signature>/.exec(text)![0]
  const codes = (changed: string): string[] => judge(Buffer.from(changed)).errors.map(({ code }) => code)

  it.each<[string, string, string]>([
    [
      'a second signature',
      text.replace('</ServiceList>', `${signature}</ServiceList>`),
      'signature.structure',
    ],
    [
      'a service behind the signature',
      text.replace(
        '</ServiceList>',
        '<Service Id="x" Name="x"><Endpoint Order="0" Status="ACTIVE">https://evil.test</Endpoint></Service></ServiceList>',
      ),
      'signature.digest',
    ],
    [
      'a service inside the object',
      text.replace('<ds:Object>', '<ds:Object><Service Id="x" Name="x"/>'),
      'signature.structure',
    ],
    ['another target of the properties', text.replace('Target="#', 'Target="#x'), 'signature.structure'],
    ['other signed properties', text.replace('<SigningTime>2026', '<SigningTime>2025'), 'signature.digest'],
    [
      'a transform left out',
      text.replace('<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>', ''),
      'signature.algorithm',
    ],
    ['the reference to itself renamed', text.replace('URI="#_', 'URI="#x_'), 'signature.coverage'],
    [
      'SHA-1',
      text.replaceAll('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2000/09/xmldsig#sha1'),
      'signature.algorithm',
    ],
    ['the certificate taken out', text.replace(/<ds:X509Data>[\s\S]*<\/ds:X509Data>/, ''), 'signature.key'],
    ['the environment renamed', text.replace('"Acceptation"', '"Production"'), 'signature.digest'],
    ['a document type', text.replace('<ServiceList', '<!DOCTYPE ServiceList><ServiceList'), 'xml.doctype'],
    ['its second half missing', text.slice(0, text.length / 2), 'xml.malformed'],
    ['another root', text.replaceAll('ServiceList', 'ServerList'), 'signature.digest'],
  ])('%s', (_, changed, code) => {
    expect(changed).not.toBe(text)
    expect(codes(changed)).toEqual([code])
  })

  it('by any one character is refused, or says the same', () => {
    const original = list('s01').services
    const step = Math.floor(text.length / 150)
    for (let i = 0; i < text.length; i += step) {
      const flipped = text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ 1) + text.slice(i + 1)
      const judgement = judge(Buffer.from(flipped))
      if (judgement.valid)
        expect(readServiceList(flipped, { trust, cbe, at }).services, `at ${i}`).toEqual(original)
    }
  })

  it('by size is refused before it is parsed', () => {
    const large = text.replace('Environment=', `Filler="${'x'.repeat(5 << 20)}" Environment=`)
    expect(codes(large)).toEqual(['xml.limit'])
  })
})

describe('a lifetime of answers', () => {
  it.each<[string, number | undefined]>([
    ['P1D', 86_400_000],
    ['PT15M', 900_000],
    ['P1DT1H1M1S', 90_061_000],
    ['PT0.5S', undefined],
    ['PT0S', undefined],
    ['P1M', undefined],
    ['P1Y', undefined],
    ['-P1D', undefined],
    ['', undefined],
    ['1D', undefined],
  ])('%s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds)
  })
})

describe('addresses', () => {
  it.each([
    ['https://A.test:443/X/', 'https://a.test/X'],
    ['https://a.test/X', 'https://a.test/X'],
    ['https://a.test:9443/X//', 'https://a.test:9443/X'],
    ['nonsense', 'nonsense'],
  ])('%s is %s', (url, expected) => {
    expect(normalised(url)).toBe(expected)
  })
})
