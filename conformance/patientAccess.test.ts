/** Consent, therapeutic links and exclusions against the official schemas, the samples and the peers' requests. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { consentOperations } from '../src/business/consent/contract.js'
import { exclusionOperations } from '../src/business/exclusions/contract.js'
import { kmehrTypes } from '../src/business/kmehr/contract.js'
import { SignedTherapeuticLink, therlinkOperations } from '../src/business/therlink/contract.js'
import { read, write, type ElementDeclaration } from '../src/technical/xml/index.js'
import { parseXml } from '../src/technical/xml/parse.js'
import { childElements, type XmlElement } from '../src/technical/xml/tree.js'
import { outline } from './support/outline.js'
import { shared } from './support/shared.js'
import { hasXmllint, validate } from './support/xmllint.js'

const hubservices = shared('contracts/connector/ehealth-hubservices/XSD/hubservices_protocol-2_3.xsd')
const kmehr = (version: string) =>
  shared(`contracts/connector/ehealth-kmehr/XSD/kmehr_elements-${version.replace('.', '_')}.xsd`)
const samples = shared('vectors/consent-therlink/')
const peerRequests = shared('vectors/peer-requests/business/')

const available = existsSync(hubservices) && existsSync(samples) && existsSync(peerRequests) && hasXmllint()
if (!available)
  console.warn(
    'SKIPPED: patient access conformance needs ../shared (contracts, vectors) and xmllint; nothing was judged',
  )

const declarations = new Map<string, ElementDeclaration<unknown>>(
  [
    ...Object.values(consentOperations),
    ...Object.values(therlinkOperations),
    ...Object.values(exclusionOperations),
  ]
    .flatMap(({ request, response }): ElementDeclaration<unknown>[] => [request, response])
    .concat(SignedTherapeuticLink, kmehrTypes('1.28').Message)
    .map((declaration) => [declaration.local, declaration]),
)
const declarationOf = ({ local }: XmlElement): ElementDeclaration<unknown> => {
  const declaration = declarations.get(local)
  if (declaration === undefined) throw new Error(`no contract for ${local}`)
  return declaration
}

const workplace = available ? mkdtempSync(join(tmpdir(), 'patient-')) : ''
afterAll(() => {
  if (workplace !== '') rmSync(workplace, { recursive: true })
})

const namesIn = (folder: string): string[] =>
  available ? readdirSync(join(samples, folder)).map((name) => `${folder}/${name}`) : []

describe.runIf(available)('the valid samples', () => {
  const names = ['consent', 'therlink', 'exclusion'].flatMap(namesIn)

  it('are there', () => {
    expect(names).toHaveLength(44)
  })

  it.each(names)('read strictly, write again the same and valid: %s', (name) => {
    const { root } = parseXml(readFileSync(join(samples, name)))
    const declaration = declarationOf(root)
    const { xml } = write(declaration, read(declaration, root, { strict: true }))
    expect(outline(parseXml(xml).root)).toEqual(outline(root))
    // the document that is signed for a proof has a root of the core schema, which 2_3 declares too
    validate(
      hubservices.replace('protocol', root.local === 'therapeuticlink' ? 'core' : 'protocol'),
      xml,
      workplace,
    )
  })

  it('a message of KMEHR reads without its folders being looked into', () => {
    const { root } = parseXml(readFileSync(join(samples, 'kmehr/01-kmehrmessage-skeleton.xml')))
    const { Message } = kmehrTypes('1.28')
    const message = read(Message, root, { strict: true })
    expect(message.header.standard.cd).toEqual({ S: 'CD-STANDARD', SV: '1.28', value: '20190301' })
    const folder = [
      ...readFileSync(join(samples, 'kmehr/01-kmehrmessage-skeleton.xml'), 'utf8').matchAll(
        /<k:folder>[^]*<\/k:folder>/g,
      ),
    ][0]![0]
    const { xml } = write(Message, {
      header: message.header,
      folder: [{ xml: folder.replace('<k:folder', `<k:folder xmlns:k="${root.namespace}"`) }],
    })
    validate(kmehr('1.28'), xml, workplace)
    expect(outline(parseXml(xml).root)).toEqual(outline(root))
  })
})

describe.runIf(available)('the invalid samples', () => {
  const faults: Record<string, string> = {
    '01-hcparty-in-core-namespace': 'PutPatientConsentRequest.request.author.hcparty',
    '02-missing-sv': 'PutPatientConsentRequest.consent.patient.id[0]@SV',
    '03-request-after-consent': 'PutPatientConsentRequest.request',
    '04-consent-cd-outside-enum': 'PutPatientConsentRequest.consent.cd[0]',
    '05-cd-before-id-in-hcparty': 'PutTherapeuticLinkRequest.therapeuticlink.hcparty[0].id',
    '06-firstname-without-familyname': 'PutTherapeuticLinkRequest.therapeuticlink.patient.familyname',
    '07-id-cbe-scheme-in-kmehr-1_17': 'PutPatientConsentRequest.request.author.hcparty[0].id[0]@S',
    '08-error-description-without-language': 'PutPatientConsentResponse.acknowledge.error[0].description@L',
    '09-link-status-uppercase': 'GetTherapeuticLinkRequest.select.therapeuticlinkstatus',
  }

  it.each(Object.entries(faults))('%s is refused at %s', (name, path) => {
    const { root } = parseXml(readFileSync(join(samples, `invalid/${name}.xml`)))
    expect(() => read(declarationOf(root), root, { strict: true })).toThrow(
      expect.objectContaining({ code: 'contract.invalid', path }) as Error,
    )
  })
})

void childElements
