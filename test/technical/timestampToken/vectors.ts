/** Tokens with their verdicts, of `fixtures/timestamps`. */
import { readFileSync } from 'node:fs'

import { Certificate } from '../../../src/technical/pki/index.js'
import type { TimestampCode } from '../../../src/technical/timestampToken/index.js'

interface Vector {
  id: string
  encoding: string
  data: string
  expect: 'valid' | 'invalid'
  why: string
  serialNumber?: string
  genTimeMillis?: number
  errors: TimestampCode[]
}

const folder = new URL('../../../fixtures/timestamps/', import.meta.url)
export const fixture = (name: string): Uint8Array => readFileSync(new URL(name, folder))
export const certificateOf = (name: string): Certificate => Certificate.from(fixture(`pki/${name}.cert.pem`))

const index = JSON.parse(Buffer.from(fixture('index.json')).toString()) as {
  trust: string[]
  tokens: Vector[]
}
export const { tokens } = index
export const trust = index.trust.map(certificateOf)
export const tokenOf = (id: string): Uint8Array => fixture(`tokens/${id}.bin`)
export const data = fixture('data.bin')
