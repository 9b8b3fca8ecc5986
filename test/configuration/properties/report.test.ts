import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

import {
  judgeProperties,
  officialProperties,
  readConfiguration,
  settingsOf,
  type PropertyFinding,
} from '../../../src/configuration/index.js'
import { readPropertiesReport } from '../../../src/configuration/properties/report.js'
import { officialPropertyOf } from '../../../src/configuration/properties/table.js'
import { settingsByPath } from '../../../src/configuration/settings.js'
import { parseProxy } from '../../../src/technical/soap/http/proxy.js'
import { refusal, workplace } from '../workplace.js'

const { write } = workplace()
const fixture = new URL('../../../fixtures/properties/physician.properties', import.meta.url)
const report = judgeProperties(readFileSync(fixture))
const finding = (name: string, text?: string): PropertyFinding =>
  (text === undefined ? report : judgeProperties(Buffer.from(text))).findings.find(
    (one) => one.name === name,
  )!
const settings = (text: string) => settingsOf(judgeProperties(Buffer.from(text)))

describe('the proxy of the official connector', () => {
  const all = [
    'environment=acc',
    'https.proxyHost=proxy.example.test',
    'https.proxyPort=3128',
    'http.nonProxyHosts=localhost|127.*|*.intranet.example|host.example|10.*|192.168.*',
  ].join('\n')

  it('becomes the one on the way to the platform, with the hosts that are reached without it', () => {
    const { http } = settings(all) as { http: { proxy: object } }
    expect(http.proxy).toEqual({
      url: 'http://proxy.example.test:3128',
      bypass: '.intranet.example,host.example,10.0.0.0/8,192.168.0.0/16',
    })
    const proxy = parseProxy(http.proxy as { url: string; bypass: string })
    const bypassed = ['a.intranet.example', 'host.example', '10.1.2.3', '192.168.7.7']
    expect(bypassed.every((host) => proxy.bypasses(host, 443))).toBe(true)
    expect(proxy.bypasses('services-acpt.ehealth.fgov.be', 443)).toBe(false)
    expect(finding('https.proxyHost', all)).toMatchObject({ verdict: 'mapped', attention: false })
    expect(finding('https.proxyPort', all)).toMatchObject({ verdict: 'mapped', attention: false })
  })

  it.each<[string, string | undefined]>([
    ['https.proxyHost=proxy', 'http://proxy:443'],
    ['https.proxyHost=10.0.0.1\nhttps.proxyPort=8080', 'http://10.0.0.1:8080'],
    ['https.proxyHost=fd00::1\nhttps.proxyPort=8080', 'http://[fd00::1]:8080'],
    ['https.proxyHost=\nhttps.proxyPort=8080', undefined],
    ['https.proxyPort=8080', undefined],
    ['http.nonProxyHosts=*.example', undefined],
    ['https.proxyHost=proxy:8080', undefined],
    ['https.proxyHost=user:secret@proxy', undefined],
    ['https.proxyHost=proxy/path', undefined],
    ['https.proxyHost=proxy\nhttps.proxyPort=99999', undefined],
    ['https.proxyHost=proxy\nhttps.proxyPort=port', undefined],
    // for plain HTTP alone: the official connector goes to https without it
    ['http.proxyHost=proxy\nhttp.proxyPort=8080', undefined],
    ['socksProxyHost=proxy', undefined],
  ])('is read from %j', (text, url) => {
    expect(settings(`environment=acc\n${text}`)).toEqual({
      environment: 'acceptance',
      ...(url === undefined ? {} : { http: { proxy: { url } } }),
    })
  })

  it.each([
    ['https.proxyHost', 'https.proxyHost=pro xy', /host and port/],
    ['http.nonProxyHosts', 'https.proxyHost=proxy\nhttp.nonProxyHosts=a.example|*end|1.2*', /\*end, 1\.2\*/],
    ['https.proxyPassword', 'https.proxyHost=proxy\nhttps.proxyPassword=geheim', /EHEALTH_HTTP_PROXY_URL/],
    ['https.proxyUser', 'https.proxyHost=proxy\nhttps.proxyUser=ada', /EHEALTH_HTTP_PROXY_URL/],
    ['http.proxyHost', 'http.proxyHost=proxy', /https\.proxyHost/],
    ['socksProxyHost', 'socksProxyHost=proxy', /SOCKS/],
  ])('says what is to be done by hand about %s', (name, text, remark) => {
    const told = finding(name, text)
    expect(told).toMatchObject({ attention: true, remark: expect.stringMatching(remark) as string })
    expect(JSON.stringify(told)).not.toMatch(/geheim|ada/)
  })
})

describe('the configuration of the official connector', () => {
  it('becomes settings', () => {
    expect(report.environment).toBe('acceptance')
    expect(settingsOf(report)).toEqual({
      environment: 'acceptance',
      keystore: { file: path.join('/keys', 'SSIN=physician.acc-p12') },
      validity: 12 * 3_600_000,
      endpoints: {
        sts: 'https://gateway.example.test/IAM/SecurityTokenService/v1',
        kgss: 'https://services.ehealth.fgov.be/Kgss/v1',
      },
      as: { profession: 'physician', ssin: '90010199794', nihii: '10000106004' },
      http: { connectTimeout: 30_000, idleTimeout: 60_000 },
      userAgent: 'Care/1.0',
    })
  })

  it.each<[string, PropertyFinding['verdict'], boolean, string | RegExp]>([
    ['environment', 'mapped', false, 'acc, prd and int become acceptance, production and integration'],
    ['KEYSTORE_DIR', 'used', false, 'folder of the keystores'],
    ['sessionmanager.holderofkey.keystore', 'mapped', false, 'the keystore of the caller'],
    ['sessionmanager.holderofkey.alias', 'used', false, 'the default here, too'],
    ['sessionmanager.identification.keystore', 'mapped', false, /signs the token requests too/],
    ['sessionmanager.encryption.keystore', 'ignored', false, /keys in the keystore of the caller/],
    ['sessionmanager.samlattributedesignator.1', 'ignored', false, /the profession decides/],
    ['truststore_location', 'ignored', true, /JKS.*trust\.tls/],
    ['connector.configurationmodule.ssl.trustore.location', 'ignored', true, /JKS/],
    ['CAKEYSTORE_LOCATION', 'ignored', true, /JKS.*trust\.signers/],
    ['truststore_password', 'ignored', false, 'certificates in PEM need no password'],
    ['connector.configurationmodule.ssl.verifcation.flavour', 'ignored', true, /every certificate/],
    ['endpoint.etk', 'mapped', false, "the platform's own address: nothing to set"],
    ['endpoint.memberdata', 'mapped', false, "the platform's own address: nothing to set"],
    ['endpoint.sts', 'mapped', false, "an address that differs from the platform's own"],
    ['endpoint.kgss', 'mapped', true, 'an address of production, while the environment is acceptance'],
    ['endpoint.seals.v1', 'mapped', true, /refers to \$uddi\{.*nowhere/],
    ['endpoint.addressbook', 'mapped', true, /an endpoint holds no user name or password/],
    ['default.rsa.digest.method.algorithm', 'ignored', true, /SHA-1 is not written/],
    ['validation.incoming.ehbox.v3.message', 'ignored', false, /against their contract/],
    ['http.proxyHost', 'ignored', true, /http\.proxy\.url/],
    ['our.own.setting', 'unknown', true, 'no property that is known here'],
  ])('has a verdict on %s: %s', (name, verdict, attention, remark) => {
    const { remark: told, ...rest } = finding(name)
    expect(rest).toMatchObject({ verdict, attention })
    expect(told).toEqual(typeof remark === 'string' ? remark : expect.stringMatching(remark))
  })

  it('shows no password and nobody’s number, wherever they were looked up', () => {
    const shown = JSON.stringify(report.findings)
    expect(shown).not.toMatch(/geheim|90010199794|10000106004|Andr/)
    expect(finding('connector.configurationmodule.ssl.trustore.password').hidden).toBe('secret')
    expect(finding('endpoint.addressbook').hidden).toBe('secret')
    expect(finding('user.inss').hidden).toBe('personal')
    expect(finding('our.own.setting').hidden).toBe('unknown')
    expect(finding('x', 'x=${my.pwd}\nmy.pwd=geheim')).toMatchObject({ hidden: 'secret' })
    expect(finding('connector.output.dir', 'connector.output.dir=${my.pwd}\nmy.pwd=geheim')).toMatchObject({
      verdict: 'ignored',
      hidden: 'secret',
    })
  })

  it('counts a property of one’s own as used when others look it up', () => {
    expect(finding('base', 'base=/keys/\nKEYSTORE_DIR=${base}')).toMatchObject({
      verdict: 'used',
      attention: false,
    })
  })

  it('takes the last of two values and says so', () => {
    const { warnings, findings } = judgeProperties(Buffer.from('environment=acc\nenvironment=int\n'))
    expect(warnings).toEqual(['environment stands twice: line 2 counts, line 1 does not'])
    expect(findings).toEqual([expect.objectContaining({ line: 2, value: 'int' })])
    expect(settings('environment=acc\nenvironment=int\n')).toEqual({ environment: 'integration' })
  })

  it('warns where the official connector would go to production', () => {
    expect(judgeProperties(Buffer.from('a=b')).warnings[0]).toContain('prd, which is production')
  })

  it.each<[string, string, object]>([
    ['hours', 'sessionmanager.validity.token=2', { validity: 7_200_000 }],
    [
      'a duration',
      'sessionmanager.validity.token.duration=90\nsessionmanager.validity.token.timeunit=MINUTES',
      { validity: 5_400_000 },
    ],
    [
      'the duration form before the other',
      'sessionmanager.validity.token=1\nsessionmanager.validity.token.duration=3\nsessionmanager.validity.token.timeunit=HOURS',
      { validity: 10_800_000 },
    ],
    ['a duration without unit', 'sessionmanager.validity.token.duration=90', {}],
    [
      'a unit that there is not',
      'sessionmanager.validity.token.duration=9\nsessionmanager.validity.token.timeunit=AGES',
      {},
    ],
    ['no number', 'sessionmanager.validity.token=long', {}],
    [
      'seconds',
      'connector.soaphandler.connection.request.timeout.duration=45\nconnector.soaphandler.connection.request.timeout.timeunit=SECONDS',
      { http: { idleTimeout: 45_000 } },
    ],
    ['too long', 'connector.soaphandler.connection.request.timeout=99999999999', {}],
    ['an environment that there is not', 'environment=tst', {}],
    ['a profession that there is not', 'main.kmehr.quality=perswizard', {}],
    ['an organisation', 'main.kmehr.quality=orghospital', { as: { profession: 'hospital' } }],
    ['a number that is none', 'user.inss=123', {}],
    ['a Java keystore', 'sessionmanager.holderofkey.keystore=/k/keys.jks', {}],
    [
      'a keystore by its full name',
      'KEYSTORE_DIR=/other/\nsessionmanager.holderofkey.keystore=/k/a.p12',
      { keystore: { file: '/k/a.p12' } },
    ],
    [
      'an empty password',
      'sessionmanager.holderofkey.emptypassword=true',
      { keystore: { emptyPassword: true } },
    ],
    [
      'another entry of the same keystore',
      'sessionmanager.holderofkey.keystore=/k/a.p12\nsessionmanager.identification.keystore=/k/a.p12\nsessionmanager.identification.alias=other',
      { keystore: { file: '/k/a.p12' }, identification: { file: '/k/a.p12', alias: 'other' } },
    ],
    [
      'blanks after an address',
      'environment=acc\nendpoint.sts=https://x.example.test/sts  ',
      { environment: 'acceptance', endpoints: { sts: 'https://x.example.test/sts' } },
    ],
    [
      'blanks that are to stay',
      'environment=acc\nremove.trail.withspaces=false\nendpoint.sts=https://x.example.test/sts  ',
      { environment: 'acceptance' },
    ],
    [
      'blanks everywhere',
      'configuration.properties.trim=true\nmain.kmehr.quality=persnurse ',
      { as: { profession: 'nurse' } },
    ],
    [
      'one address for the three regions',
      'environment=acc\nendpoint.memberdata=https://x.example.test/m',
      {
        environment: 'acceptance',
        endpoints: {
          memberData: 'https://x.example.test/m',
          walCareNetMemberData: 'https://x.example.test/m',
          irisCareNetMemberData: 'https://x.example.test/m',
        },
      },
    ],
    [
      'a hub',
      'endpoint.hubv3.intra=https://hub.example.test/h',
      { endpoints: { intrahubV3: 'https://hub.example.test/h' } },
    ],
    [
      'a name of a program that is none',
      'be.ehealth.technicalconnector.handler.mimeheaders.user-agent.prefix=Care',
      {},
    ],
  ])('becomes settings or none: %s', (_, text, expected) => {
    expect(settings(text)).toEqual(expected)
    const { findings } = judgeProperties(Buffer.from(text))
    if (Object.keys(expected).length === 0) expect(findings.some(({ attention }) => attention)).toBe(true)
  })

  it('has a verdict on the very names of the chapters', () => {
    const names =
      `etk kgss sts sts.sso seals.v1 ts.authority ts.consult idsupport.v2 ts.authority.v2 daas.v1 etee.certra
      etee.etkra addressbook wsconsent therlink ehbox.consultation.v3 ehbox.publication.v3 eh2ebox.publication.v3
      consultrnv2.personservice consultrnv2.cbsspersonservice ssinhistory genins memberdata mcn.registration mcn.tarification
      ch4.admission.v1 ch4.consultation.v1 dmg.consultation.v1 dmg.notification.v1 dicsv4 dicsv5 civicsv2
      mediprima.consultation mediprima.tarification mediprimav2.consultation mediprimauma eattestv2 eattestv3 hub.intra
      hubv3.intra genericasync.memberdata.v1 genericasync.whatever.v1 tsl.appl idp.saml2.post`.split(/\s+/)
    expect(names.filter((name) => officialPropertyOf(`endpoint.${name}`) === undefined)).toEqual([])
    const others = [
      'be.fgov.ehealth.etee.crypto.policies.OCSPOption.CERT_STORE.CERT.1',
      'be.ehealth.technicalconnector.handler.SOAPHeaderLoggerHandler..1',
      'security.incoming.message.genasync.timestamp.created.ttl.dmg.v1',
      'security.outgoing.message.timestamp.expires.ttl.timeunit',
      'validation.incoming.message.genasync.dmg.v1',
      'be.ehealth.technicalconnector.idgenerator.kmehr.classname',
      'walcarenet.memberdata.keydepot.application',
      'kmehr.default.hcpartylist',
      'mycarenet.mcn.registration.request.needxades',
      'GENERICASYNCdmg.validation.xades.tack.follownestedmanifest',
      'connector.configmodule.12',
    ]
    expect(others.filter((name) => officialPropertyOf(name) === undefined)).toEqual([])
    expect(officialPropertyOf('endpoint.nowhere')).toBeUndefined()
    expect(officialPropertyOf('connector.configmodule.x')).toBeUndefined()
  })

  it('names settings that there are', () => {
    for (const { name, setting } of officialProperties)
      for (const one of setting?.split(', ') ?? [])
        expect(settingsByPath.has(one), `${name} → ${one}`).toBe(true)
    expect(new Set(officialProperties.map(({ name }) => name)).size).toBe(officialProperties.length)
  })
})

describe('a file of the official connector as a source', () => {
  it('gives its settings, and tells what needs a hand', async () => {
    const file = write('connector.properties', 'environment=acc\ntruststore_location=a.jks\n')
    const { settings: read, origins, warnings } = await readConfiguration({ properties: file })
    expect(read).toEqual({ environment: 'acceptance' })
    expect(origins).toEqual({ environment: `${file}:1 environment` })
    expect(warnings).toEqual([expect.stringMatching(/:2 truststore_location: a Java keystore/) as string])
  })

  it.each([
    ['a circle', 'a=${b}\nb=${a}', 'a → b → a'],
    ['broken escapes', 'a=\\u12', 'line 1'],
  ])('is refused with its name: %s', async (_, content, words) => {
    const file = write('circle.properties', content)
    const error = await refusal(readPropertiesReport(file))
    expect(error).toMatchObject({ code: 'configuration.malformed' })
    expect(error.message).toContain(words)
    expect(error.message).toContain('circle.properties')
  })

  it('is told when it is not there or too large', async () => {
    for (const file of ['nowhere.properties', write('large.properties', Buffer.alloc(1024 * 1024 + 1))])
      expect((await refusal(readPropertiesReport(file))).code).toBe('configuration.invalid')
  })
})
