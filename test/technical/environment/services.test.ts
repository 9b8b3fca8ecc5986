import { describe, expect, it } from 'vitest'

import { endpointOf, environmentOf, platformUrl } from '../../../src/technical/environment/environment.js'
import { hosts, hubs, platformAddresses, recoveryHosts } from '../../../src/technical/environment/hosts.js'
import { nearest } from '../../../src/technical/environment/nearest.js'
import {
  connectorServices,
  serviceNames,
  serviceOfUddiKey,
  servicePaths,
  services,
  uddiKeyOf,
} from '../../../src/technical/environment/services.js'
import { baseUrlProblem, endpointProblem } from '../../../src/technical/environment/url.js'

const uddi = (key: string) => `uddi:ehealth-fgov-be:business:${key}`

describe('the service map', () => {
  it('has the paths of the list of UDDI keys, oddities included', () => {
    const paths = {
      'iamsecuritytokenservice:v1': '/IAM/SecurityTokenService/v1',
      'dataattributeservice:v1': '/DAtaAttributeService/v1',
      'eh2eboxpublication:v3': '/eh2eBox/publication/v1',
      'rnconsult:cbsspersonservice:v1': '/rnconsult/CbssPersonService/v1',
      'consultrnsamlhokmanageperson:v2': '/consultRN/samlHoK/managePerson/v2',
      'consultrnmutationsender:v2': '/consultRN/mutationSender/v2',
      'consultrnfamilycomposition-mock:v1': '/consultRN-mock/familyComposition/v1',
      'iriscarenetmemberdata:v1': '/IrisCareNet/MemberData/v1',
      'chapterivchapterivagreementadmission:v1': '/ChapterIV/ChapterIVAgreementAdmission/v1',
      'samcivics:v2': '/ChapIVInformation/Consultation/v2',
      'dics:v5': '/Dics/v5',
      'recip-eexecutor:v1': '/Recip-e/v2/Executor_v2',
      'qermidtucosend:v1': '/QermidTuCo/Send/v1',
      'ecarepacemakerupdate:v1': '/EcarePacemaker/Update/v1',
      'sadmimonitoring:v2': '/Sadmi/Monitoring/v1',
      'memberdata:v1': '/MyCareNet/MemberData/v1',
    }
    for (const [key, path] of Object.entries(paths))
      expect(servicePaths[serviceOfUddiKey(uddi(key))!], key).toBe(path)
    expect(serviceOfUddiKey(uddi('nowhere:v1'))).toBeUndefined()
  })

  it('names each path and each key once', () => {
    const keys = serviceNames.flatMap((name) => uddiKeyOf(name) ?? [])
    expect(new Set(keys).size).toBe(keys.length)
    expect(new Set(Object.values(servicePaths)).size).toBe(serviceNames.length)
  })

  it.each(serviceNames)('%s is complete: path, addresses, source', (name) => {
    const { path, urls = {}, recovery = {}, soapAction, source, environments } = services[name]
    expect(path).toMatch(/^\/[\w/-]*\w$/)
    expect(source).toMatch(/^[a-z-]+ §[A-Z]?\d/)
    for (const stem of soapAction.stems) expect(stem).toMatch(/^$|^(urn:be:|http:\/\/).*[:/]$/)
    for (const url of [...Object.values(urls), ...Object.values(recovery)])
      expect(endpointProblem(url), url).toBeUndefined()
    for (const platform of Object.keys(environments) as (keyof typeof environments)[])
      expect(endpointProblem(platformUrl(platform, name)), platform).toBeUndefined()
  })

  it('holds what its chapters say of security and actions', () => {
    const forms = (form: string) => serviceNames.filter((name) => services[name].security === form)
    expect(forms('none')).toEqual(['etkDepot', 'certRa', 'certRaV1', 'etkRa', 'etkRaV1'])
    expect(forms('per-operation')).toEqual(['kgss'])
    expect(forms('saml-timestamp').every((name) => services[name].host === 'mycarenet')).toBe(true)
    for (const name of ['dics', 'civics', 'ssinHistory', 'seals', 'timestampAuthority'] as const)
      expect(services[name].security).toBe('x509')
    expect(services.etkDepot.soapAction).toEqual({ stems: [''], official: 'absent' })
    expect(services.intrahubV1.soapAction.stems).toEqual(['urn:be:fgov:ehealth:interhub:protocol:v1:'])
  })

  it('has servers and other addresses that are addresses', () => {
    const urls = [
      ...Object.values(hosts).flatMap((perPlatform) => Object.values(perPlatform)),
      ...Object.values(platformAddresses).flatMap((address) => Object.values(address.urls)),
      ...Object.values(hubs).flatMap((hub) => Object.values(hub.intrahubV3)),
      ...Object.values(recoveryHosts).flatMap((perPlatform) => Object.values(perPlatform)),
    ]
    for (const url of urls) expect(endpointProblem(url), url).toBeUndefined()
    expect(connectorServices.every((name) => serviceNames.includes(name))).toBe(true)
  })
})

describe('the endpoint of a service', () => {
  it.each([
    ['acceptance', 'consent', 'https://services-acpt.ehealth.fgov.be/Consent/v1'],
    ['production', 'therapeuticLinksPip', 'https://techws.ehealth.fgov.be/IAM/PIP/TherapeuticLinks/v1'],
    ['integration', 'kgss', 'https://services-int.ehealth.fgov.be/Kgss/v1'],
    ['acceptance', 'memberDataAsync', 'https://pilot.mycarenet.be:9443/mycarenet/bed/GenAsync/memberData'],
    ['production', 'globalMedicalFileAsync', 'https://prod.mycarenet.be/nip/mycarenet-ws/async/generic/gmd'],
    ['production', 'invoicingAsync', 'https://prod.mycarenet.be/mycarenet-ws/async/generic/hcpfac'],
  ] as const)('in %s: %s', (environment, service, url) => {
    expect(endpointOf(environmentOf(environment), service)).toBe(url)
  })

  it.each([
    ['integration', 'consent'],
    ['production', 'identifyPersonMock'],
    ['acceptance', 'intrahubV3'],
  ] as const)('is not invented where none is known: %s, %s', (environment, service) => {
    expect(() => endpointOf(environmentOf(environment), service)).toThrow(
      expect.objectContaining({ code: 'configuration.no-endpoint', path: `endpoints.${service}` }),
    )
    const url = 'https://hub.example.test/x'
    expect(endpointOf(environmentOf(environment, {}, { [service]: url }), service)).toBe(url)
  })

  it.each(['simulation', 'custom'] as const)('is served under one address in %s', (name) => {
    const environment = environmentOf({ name, baseUrl: 'https://gateway.example.test/ehealth', trust: {} })
    expect(endpointOf(environment, 'memberDataAsync')).toBe(
      'https://gateway.example.test/ehealth/mycarenet/bed/GenAsync/memberData',
    )
    expect(endpointOf(environment, 'intrahubV3')).toBe('https://gateway.example.test/ehealth/IntraHub/v3')
  })
})

describe('an environment of one’s own', () => {
  const own = { name: 'custom', baseUrl: 'https://gateway.example.test', trust: {} } as const

  it.each([
    ['environment.name', { ...own, name: 'staging' }],
    ['environment.baseUrl', { ...own, baseUrl: 'gateway.example.test' }],
    ['environment.baseUrl', { ...own, baseUrl: 'http://gateway.example.test' }],
    ['environment.baseUrl', { ...own, baseUrl: 'https://gateway.example.test/' }],
    ['environment.baseUrl', { ...own, baseUrl: 'https://gateway.example.test?x' }],
    ['environment.endpoints.sts', { ...own, endpoints: { sts: 'https://a:b@gateway.example.test' } }],
    ['environment.endpoints', { ...own, endpoints: { ehboxConsultaton: 'https://x.example.test' } }],
  ])('is refused with the path of what is wrong: %s', (path, environment) => {
    expect(() => environmentOf(environment as never)).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path }),
    )
  })

  it('suggests the service that was meant', () => {
    expect(() => environmentOf('acceptance', {}, { ehboxConsultaton: 'https://x' } as never)).toThrow(
      expect.objectContaining({ hint: 'Did you mean ehboxConsultation?' }),
    )
  })
})

describe('the address of an endpoint', () => {
  it.each([
    'http://localhost:8080/x',
    'http://127.0.0.1/x',
    'http://[::1]:1/x',
    'https://a.example.test/x?y=z',
  ])('may be %s', (url) => expect(endpointProblem(url)).toBeUndefined())

  it.each([
    ['', 'expected an absolute URL'],
    [undefined, 'expected an absolute URL'],
    ['ftp://a.example.test', 'expected https; plain http is for this machine only'],
    ['http://localhost.example.test', 'expected https; plain http is for this machine only'],
    ['https://user:secret@a.example.test', 'an endpoint holds no user name or password'],
    ['https://a.example.test/#x', 'an endpoint holds no fragment (#)'],
    ['https://a.example.test/a b', 'an URL holds no blanks'],
    ['https://a.example.test/\n', 'an URL holds no blanks'],
  ])('is refused without being repeated: %j', (url, problem) => {
    expect(endpointProblem(url)).toBe(problem)
    expect(baseUrlProblem(url)).toBe(problem)
  })
})

describe('the name that was probably meant', () => {
  const names = ['timeout', 'timeouts', 'trust', 'environment']
  it.each([
    ['timeuot', 'timeout'],
    ['time-out', 'timeout'],
    ['Enviroment', 'environment'],
    ['trsut', 'trust'],
    ['password', undefined],
    ['x'.repeat(1000), undefined],
  ])('%s: %s', (name, meant) => expect(nearest(name, names)).toBe(meant))
})
