/** The messages of the address book against both editions of the official schema, the samples and the official connector. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'

import { addressBookOperations } from '../src/business/addressBook/contract.js'
import { read, write, type ElementDeclaration } from '../src/technical/xml/index.js'
import { parseEnvelope } from '../src/technical/soap/index.js'
import { parseXml } from '../src/technical/xml/parse.js'
import type { XmlElement } from '../src/technical/xml/tree.js'
import { messages } from '../test/business/addressBook/anyMessage.js'
import { peerRequest } from './support/peerRequests.js'
import { shared } from './support/shared.js'

const samples = shared('vectors/ehbox/')
/** Identical but for their numbers (spec ehealthbox §8). */
const editions = [
  shared('contracts/connector/XSD/ehealth-addressbook/XSD/ehealth-addressbook-protocol-1_1.xsd'),
  shared('contracts/wsdl/addressbook/ehealth-addressbook-protocol-1_2.xsd'),
]

function hasXmllint(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const available = [samples, ...editions].every((path) => existsSync(path)) && hasXmllint()
if (!available)
  console.warn(
    'SKIPPED: address book conformance needs ../shared (contracts, vectors) and xmllint; nothing was judged',
  )

const workplace = available ? mkdtempSync(join(tmpdir(), 'addressbook-')) : ''
afterAll(() => {
  if (workplace !== '') rmSync(workplace, { recursive: true })
})

/** Throws with xmllint's own words when one of the messages is not valid. */
function judge(xmls: readonly string[]): void {
  const files = xmls.map((xml, index) => {
    const file = join(workplace, `message-${index}.xml`)
    writeFileSync(file, xml)
    return file
  })
  for (const schema of editions)
    execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...files], { stdio: 'pipe' })
}

const declarations = new Map<string, ElementDeclaration<unknown>>(
  Object.values(addressBookOperations)
    .flatMap(({ request, response }): ElementDeclaration<unknown>[] => [request, response])
    .map((declaration) => [declaration.local, declaration]),
)

function rewritten(root: XmlElement): { again: string; same: boolean } {
  const declaration = declarations.get(root.local)!
  const value = read(declaration, root, { strict: true })
  const again = write(declaration, value).xml
  const reread = read(declaration, parseXml(again).root, { strict: true })
  return { again, same: JSON.stringify(reread) === JSON.stringify(value) }
}

describe.runIf(available)('the messages of the address book', () => {
  it('would be refused if they were wrong', () => {
    const xml = readFileSync(join(samples, 'addressbook.search-professionals-request.xml'), 'utf8')
    expect(() =>
      judge([xml.replace('<ab:LastName>', '<ab:Lastname>').replace('</ab:LastName>', '</ab:Lastname>')]),
    ).toThrow(/Lastname/)
  })

  it.each([
    'addressbook.search-professionals-request.xml',
    'addressbook.search-professionals-response.xml',
    'addressbook.get-professional-contact-info-response.xml',
    'addressbook.get-organization-contact-info-response.xml',
  ])('read strictly from the sample, write again the same and valid: %s', (name) => {
    const { again, same } = rewritten(parseXml(readFileSync(join(samples, name))).root)
    expect(same).toBe(true)
    judge([again])
  })

  it.each(messages.map(([declaration, values]) => [declaration.local, declaration, values] as const))(
    'are valid whatever the contract lets into them: %s',
    (_, declaration, values) => {
      const written = fc
        .sample(values, { numRuns: 100, seed: 20_261_128 })
        .map((value) => write(declaration, value).xml)
      judge(written)
    },
  )

  it.each(['0037', '0038', '0039', '0040'])(
    'read strictly from the official connector, write again the same and valid: %s',
    (number) => {
      const { again, same } = rewritten(parseEnvelope(peerRequest(number).message.root).payload)
      expect(same).toBe(true)
      judge([again])
    },
  )
})
