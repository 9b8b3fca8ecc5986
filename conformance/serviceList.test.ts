/** The service list that the simulator publishes, before outside judges: libxml2 with the official schemas, and xmlsec1. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startSimulator, type Simulator } from '../src/simulator/index.js'
import { createTransport, type HttpTransport } from '../src/technical/soap/transport.js'
import { shared } from './support/shared.js'

const schemas = shared('contracts/connector/ehealth-bcp/XSD')
const tools = ['xmlsec1', 'xmllint'].filter((tool) => spawnSync(tool, ['--version']).error === undefined)
const available = existsSync(schemas) && tools.length === 2
if (!available) console.warn('SKIPPED: service lists need ../shared, xmlsec1 and xmllint; nothing was judged')

let simulator: Simulator
let transport: HttpTransport
let place = ''
beforeAll(async () => {
  if (!available) return
  place = mkdtempSync(join(tmpdir(), 'service-list-'))
  simulator = await startSimulator()
  transport = createTransport({ trust: simulator.environment.trust.tls! })
})
afterAll(async () => {
  transport?.close()
  await simulator?.close()
  if (place !== '') rmSync(place, { recursive: true })
})

async function published(version: 1 | 2): Promise<string> {
  simulator.continuity.publish({
    version,
    recovering: ['ehboxConsultation'],
    cache: version === 1 ? {} : { etkDepot: { strategy: 'CACHE_FIRST', duration: 'PT1H' } },
  })
  const { body } = await transport.get({ url: `${simulator.environment.serviceList!.url}.xml`, headers: {} })
  return Buffer.from(body).toString()
}

function judged(tool: string, list: string, parameters: readonly string[]): number | null {
  const file = join(place, 'list.xml')
  writeFileSync(file, list)
  return spawnSync(tool, [...parameters, file]).status
}

describe.runIf(available)('a published service list', () => {
  it.each([1, 2] as const)('of version %i is valid and soundly signed', async (version) => {
    const list = await published(version)
    const schema = ['--noout', '--nonet', '--schema', join(schemas, `ehealth-bcp-protocol-${version}_0.xsd`)]
    expect(judged('xmllint', list, schema)).toBe(0)
    expect(judged('xmllint', list.replaceAll('Status=', 'State='), schema)).not.toBe(0)

    const [, certificate] = /<(?:\w+:)?X509Certificate>([^<]+)</.exec(list)!
    const signer = join(place, 'signer.pem')
    const lines = certificate!
      .replace(/\s/g, '')
      .match(/.{1,64}/g)!
      .join('\n')
    writeFileSync(signer, `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`)
    const ids = ['ServiceList', 'SignedProperties'].flatMap((local) => ['--id-attr:Id', local])
    const signature = ['--verify', '--insecure', '--pubkey-cert-pem', signer, ...ids]
    expect(judged('xmlsec1', list, signature)).toBe(0)
    expect(judged('xmlsec1', list.replace('ACTIVE', 'INACTIVE'), signature)).not.toBe(0)
  })
})
