/** Messages of the older register services: the shared judge knows the newest schemas only, so these are judged here. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { isFault } from '../../src/technical/soap/fault.js'
import { parseEnvelope } from '../../src/technical/soap/index.js'
import { canonicalize } from '../../src/technical/xml/index.js'

const folder = 'connector/ehealth-consultrn-webservices/XSD'

/** Namespaces that the README of the contracts calls legacy, with their schemas. */
export const legacySchemas: Readonly<Record<string, string>> = {
  'urn:be:fgov:ehealth:consultRN:1_0:protocol': `${folder}/ehealth-consultrn-webservices-protocol-1_0.xsd`,
  'urn:be:fgov:ehealth:consultrn:protocol:v2': `${folder}/ehealth-consultrn-manageperson-protocol-2_0.xsd`,
}

/**
 * Judges every such message of a recording with libxml2; throws with its words when one is not valid.
 *
 * @returns how many there are, by namespace
 */
export function judgeLegacy(recording: string, contracts: string): Record<string, number> {
  const workplace = mkdtempSync(join(tmpdir(), 'legacy-'))
  try {
    const files: Record<string, string[]> = {}
    for (const name of readdirSync(recording).filter((one) => one.endsWith('.xml'))) {
      const octets = readFileSync(join(recording, name))
      if (!Object.keys(legacySchemas).some((namespace) => octets.includes(namespace))) continue
      const { payload } = parseEnvelope(octets)
      if (isFault(payload) || legacySchemas[payload.namespace] === undefined) continue
      const file = join(workplace, name)
      writeFileSync(file, canonicalize(payload))
      files[payload.namespace] = [...(files[payload.namespace] ?? []), file]
    }
    for (const [namespace, messages] of Object.entries(files)) {
      const schema = join(contracts, legacySchemas[namespace]!)
      execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...messages], { stdio: 'pipe' })
    }
    return Object.fromEntries(Object.entries(files).map(([namespace, { length }]) => [namespace, length]))
  } finally {
    rmSync(workplace, { recursive: true })
  }
}
