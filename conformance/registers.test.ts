/** The messages of the registers of persons against the official schemas, the samples and the official connector. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'

import { personOperations } from '../src/business/rnConsult/contract.js'
import { ssinHistoryOperations } from '../src/business/ssinHistory/contract.js'
import { parseEnvelope } from '../src/technical/soap/index.js'
import { read, write, type ElementDeclaration } from '../src/technical/xml/index.js'
import { parseXml } from '../src/technical/xml/parse.js'
import type { XmlElement } from '../src/technical/xml/tree.js'
import { anyMessageOf } from '../test/business/anyMessageOf.js'
import { outline } from './support/outline.js'
import { peerRequest } from './support/peerRequests.js'
import { shared } from './support/shared.js'
import { hasXmllint } from './support/xmllint.js'

const samples = shared('vectors/rn/')
const schemas = {
  person: shared(
    'contracts/connector/ehealth-rnconsult-person/XSD/ehealth-rnconsult-personservice-protocol-1_0.xsd',
  ),
  ssinhistory: shared(
    'contracts/connector/ehealth-consultrn-ssinhistory/XSD/ehealth-ssinhistory-protocol-1_0.xsd',
  ),
}
type Schema = keyof typeof schemas

const available = [samples, ...Object.values(schemas)].every((path) => existsSync(path)) && hasXmllint()
if (!available)
  console.warn(
    'SKIPPED: conformance of the registers needs ../shared (contracts, vectors) and xmllint; nothing was judged',
  )

const workplace = available ? mkdtempSync(join(tmpdir(), 'registers-')) : ''
afterAll(() => {
  if (workplace !== '') rmSync(workplace, { recursive: true })
})

/** Throws with xmllint's own words when one of the messages is not valid. */
function judge(schema: Schema, xmls: readonly string[]): void {
  const files = xmls.map((xml, index) => {
    const file = join(workplace, `message-${index}.xml`)
    writeFileSync(file, xml)
    return file
  })
  execFileSync('xmllint', ['--nonet', '--noout', '--schema', schemas[schema], ...files], { stdio: 'pipe' })
}

const operations: Record<
  Schema,
  readonly { request: ElementDeclaration<unknown>; response: ElementDeclaration<unknown> }[]
> = {
  person: Object.values(personOperations),
  ssinhistory: Object.values(ssinHistoryOperations),
}
const declarations = (Object.keys(schemas) as Schema[]).flatMap((schema) =>
  operations[schema].flatMap(({ request, response }) =>
    [request, response].map((declaration) => ({ schema, declaration })),
  ),
)

function rewritten(root: XmlElement): { schema: Schema; again: string } {
  const { schema, declaration } = declarations.find(({ declaration: { local } }) => local === root.local)!
  const value = read(declaration, root, { strict: true })
  return { schema, again: write(declaration, value).xml }
}

const own = available
  ? readdirSync(samples).filter(
      (name) => /^(person|ssinhistory)-/.test(name) && !/invalid/.test(name) && name.endsWith('.xml'),
    )
  : []

describe.runIf(available)('the messages of the registers', () => {
  it('would be refused if they were wrong', () => {
    const xml = readFileSync(join(samples, 'person-search-phonetic.request-full.xml'), 'utf8')
    expect(() => judge('person', [xml.replaceAll('maximumResultCount', 'MaximumResultCount')])).toThrow(
      /MaximumResultCount/,
    )
  })

  it.each(own)('read strictly from the sample, write again the same and valid: %s', (name) => {
    const { root } = parseXml(readFileSync(join(samples, name)))
    const { schema, again } = rewritten(root)
    expect(outline(parseXml(again).root)).toEqual(outline(root))
    judge(schema, [again])
  })

  it.each(declarations.map(({ schema, declaration }) => [declaration.local, schema, declaration] as const))(
    'are valid whatever the contract lets into them: %s',
    (_, schema, declaration) => {
      const written = fc
        .sample(anyMessageOf(declaration), { numRuns: 60, seed: 20_261_128 })
        .map((value) => write(declaration, value).xml)
      judge(schema, written)
    },
  )

  it.each(['0032', '0033', '0035', '0036'])(
    'read strictly from the official connector, write again the same and valid: %s',
    (number) => {
      const { payload } = parseEnvelope(peerRequest(number).message.root)
      const { schema, again } = rewritten(payload)
      expect(outline(parseXml(again).root)).toEqual(outline(payload))
      judge(schema, [again])
    },
  )
})
