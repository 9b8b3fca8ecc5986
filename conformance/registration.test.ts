/** Registration, ConsultRN v1, ManagePerson v2 and IdSupport against the official schemas and the samples. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'

import { idSupportOperations } from '../src/business/idSupport/contract.js'
import { managePersonOperations } from '../src/business/managePerson/contract.js'
import { registrationOperations } from '../src/business/rnConsult/contract.js'
import {
  consultRnV1Operations,
  historyOperations,
  monitoringOf,
} from '../src/business/rnConsultV1/contract.js'
import { isEHealthError } from '../src/errors.js'
import { read, write, type ElementDeclaration } from '../src/technical/xml/index.js'
import { parseXml } from '../src/technical/xml/parse.js'
import { anyMessageOf } from '../test/business/anyMessageOf.js'
import { shared } from './support/shared.js'
import { hasXmllint } from './support/xmllint.js'

const samples = shared('vectors/rn')
const connector = shared('contracts/connector')
const available = existsSync(samples) && existsSync(connector) && hasXmllint()
if (!available)
  console.warn('SKIPPED: conformance of the registers needs ../shared (contracts, vectors) and xmllint')

const workplace = available ? mkdtempSync(join(tmpdir(), 'registers-')) : ''
afterAll(() => {
  if (workplace !== '') rmSync(workplace, { recursive: true })
})

interface Family {
  readonly samples: RegExp
  readonly schema: string
  readonly operations: readonly {
    readonly request: ElementDeclaration<unknown>
    readonly response: ElementDeclaration<unknown>
  }[]
}

const families: Readonly<Record<string, Family>> = {
  CBSSPersonService: {
    samples: /^cbss-/,
    schema: 'ehealth-rnconsult-cbssperson/XSD/ehealth-rnconsult-cbsspersonservice-protocol-1_0.xsd',
    operations: Object.values(registrationOperations),
  },
  'ConsultRN v1': {
    samples: /^v1-/,
    schema: 'ehealth-consultrn-webservices/XSD/ehealth-consultrn-webservices-protocol-1_0.xsd',
    operations: [
      ...Object.values(consultRnV1Operations),
      ...Object.values(historyOperations),
      monitoringOf('identifyPerson'),
    ] as Family['operations'],
  },
  'ManagePerson v2': {
    samples: /^manageperson-/,
    schema: 'ehealth-consultrn-webservices/XSD/ehealth-consultrn-manageperson-protocol-2_0.xsd',
    operations: Object.values(managePersonOperations),
  },
  'IdSupport v2': {
    samples: /^idsupport-/,
    schema: 'ehealth-idsupport/XSD/ehealth-idsupport-protocol-2_0.xsd',
    operations: Object.values(idSupportOperations),
  },
}

const declarationsOf = ({ operations }: Family): Map<string, ElementDeclaration<unknown>> =>
  new Map(
    operations
      .flatMap(({ request, response }) => [request, response])
      .map((declaration) => [declaration.local, declaration]),
  )

/** Throws with xmllint's own words when one of the messages is not valid. */
function judge({ schema }: Family, xmls: readonly string[]): void {
  const files = xmls.map((xml, index) => {
    const file = join(workplace, `message-${index}.xml`)
    writeFileSync(file, xml)
    return file
  })
  execFileSync('xmllint', ['--nonet', '--noout', '--schema', join(connector, schema), ...files], {
    stdio: 'pipe',
  })
}

const sample = (name: string) => parseXml(readFileSync(join(samples, name))).root

describe.runIf(available).each(Object.entries(families))('the messages of %s', (_, family) => {
  const declarations = declarationsOf(family)

  it('read strictly from every sample, write again the same and valid', () => {
    const names = readdirSync(samples).filter((name) => family.samples.test(name))
    expect(names.length).toBeGreaterThan(2)
    const again = names.map((name) => {
      const root = sample(name)
      const declaration = declarations.get(root.local)!
      const value = read(declaration, root, { strict: true })
      const { xml } = write(declaration, rewritable(value))
      const reread = read(declaration, parseXml(xml).root, { strict: true })
      expect(plain(reread), name).toEqual(plain(value))
      return xml
    })
    judge(family, again)
  })

  it('are valid whatever the contract lets into them', () => {
    judge(
      family,
      [...declarations.values()].flatMap((declaration) =>
        fc
          .sample(anyMessageOf(declaration), { numRuns: 25, seed: 20_261_128 })
          .map((value) => write(declaration, value).xml),
      ),
    )
  })

  it('would be refused if they were wrong', () => {
    const [declaration] = [...declarations.values()]
    const [value] = fc.sample(anyMessageOf(declaration!), { numRuns: 1, seed: 1 })
    const { xml } = write(declaration!, value)
    expect(() => judge(family, [xml.replace(/<\/[^>]+>$/, '<Stranger></Stranger>$&')])).toThrow(/Stranger/)
  })
})

/** The inside of a status detail is opaque: what was read is not what is written. */
function rewritable(value: unknown): unknown {
  const { Status } = value as { Status?: { StatusDetail?: unknown } }
  if (Status?.StatusDetail === undefined) return value
  const { StatusDetail: _, ...rest } = Status
  return { ...(value as object), Status: rest }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(rewritable(value)))

describe.runIf(available)('what must not be accepted', () => {
  it.each([
    [
      'negative-cbss-country-code-and-iso.xml',
      'CBSSPersonService',
      'RegisterPersonRequest.Declaration.Person.Address.ResidentialAddress.CountryIsoCode',
    ],
    [
      'negative-cbss-unqualified-locals.xml',
      'CBSSPersonService',
      'RegisterPersonRequest.Declaration.Person.Name.LastName',
    ],
    [
      'negative-idsupport-id-in-commons-namespace.xml',
      'IdSupport v2',
      'VerifyIdRequest.IdentificationData.Id',
    ],
    ['negative-idsupport-three-ids.xml', 'IdSupport v2', 'VerifyIdRequest.IdentificationData.Id'],
    [
      'negative-v1-incomplete-date-year-0.xml',
      'ConsultRN v1',
      'SearchPhoneticRequest.PhoneticCriteria.BirthDate',
    ],
    ['negative-v1-qualified-locals.xml', 'ConsultRN v1', 'SearchBySSINRequest.ApplicationID'],
  ])('%s', (name, family, path) => {
    const root = sample(name)
    const declaration = declarationsOf(families[family]!).get(root.local)!
    let refusal: unknown
    try {
      read(declaration, root, { strict: true })
    } catch (error) {
      refusal = error
    }
    expect(isEHealthError(refusal, 'contract.invalid') && refusal.path).toBe(path)
  })
})
