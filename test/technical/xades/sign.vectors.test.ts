/** What the official connector signs, signed here, octet for octet (spec xml-signature §3.4). */
import { createHash } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import {
  connectorOptions,
  signXml,
  wrapInXades,
  type SignedXml,
  type XmlSignatureLevel,
} from '../../../src/technical/xades/index.js'
import { canonicalize } from '../../../src/technical/xml/canonicalize.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import { credential, index, text, type SignVector } from './vectors.js'

/** The connector's XAdES-C is broken and not written here; CAdES is no XML. */
const vectors = index.sign.filter(({ level }) => level !== 'cades' && level !== 'xades-c')

const output = (vector: SignVector): string => text(vector.output)
const declaration = /^<\?xml[^>]*\?>/
/** The Signature in an output: base64 in `Xades` where it is wrapped. */
function officialSignature(vector: SignVector): string {
  const wrapped = /<Xades>([^<]+)<\/Xades>/.exec(output(vector))?.[1]
  const whole = wrapped === undefined ? output(vector) : Buffer.from(wrapped, 'base64').toString('utf8')
  return whole.slice(whole.indexOf('<ds:Signature '), whole.indexOf('</ds:Signature>') + 15)
}

const tokenIn = (signature: string): Buffer | undefined => {
  const base64 = /<ns2:EncapsulatedTimeStamp[^>]*>([^<]+)</.exec(signature)?.[1]
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64')
}

/** Signs like the connector: same identifiers, same time, and the token that its authority gave. */
async function sign(vector: SignVector): Promise<{ signed: SignedXml; stamped: Uint8Array[] }> {
  const official = officialSignature(vector)
  const uuidOf = (id: string | undefined): string =>
    /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(id ?? '')![0]
  const uuids = [
    uuidOf(vector.signatureId),
    ...(vector.signedPropertiesId === undefined ? [] : [uuidOf(vector.signedPropertiesId)]),
    ...(vector.timestampInput === undefined
      ? []
      : [uuidOf(/Id="(xmldsig-[^"]*-xades-unsignedprops)"/.exec(official)?.[1])]),
  ]
  const { stamp, ...options } = connectorOptions({
    ...vector.options,
    ...('encapsulate-transformer' in vector.options ? { 'encapsulate-transformer': wrapInXades } : {}),
  })
  const stamped: Uint8Array[] = []
  const signed = await signXml(text(vector.document), {
    ...options,
    credential: credential(vector.signer, vector.id !== 'blob-xades-single-cert'),
    level: vector.level as XmlSignatureLevel,
    layout: 'connector',
    runtime: { now: () => new Date(vector.signingTime), uuid: () => uuids.shift()! },
    ...(vector.level === 'xades-t'
      ? {
          timestamp: {
            ...stamp,
            authority: {
              stamp: ({ digest }) => (stamped.push(digest), Promise.resolve(tokenIn(official)!)),
            },
          },
        }
      : {}),
  })
  expect(uuids).toEqual([])
  return { signed, stamped }
}

const withoutValue = (signature: string): string => signature.replace(/(<ds:SignatureValue>)[^<]*/, '$1')

describe('signing like the official connector', () => {
  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s', async (_, vector) => {
    const { signed, stamped } = await sign(vector)
    const ours = signed.signature
    const theirs = officialSignature(vector)
    // an ECDSA value is never the same twice
    const compared = vector.signer === 'signer-ec' ? withoutValue : (xml: string) => xml
    expect(compared(ours)).toBe(compared(theirs))

    // and it stands where the connector puts it
    if (!('encapsulate' in vector.options)) expect(compared(signed.xml)).toBe(compared(output(vector)))
    else expect(canonicalOf(signed.xml)).toBe(canonicalOf(output(vector)))
    expect(signed.xml.replace(ours, '').replace(declaration, '')).not.toContain('ds:Signature')

    const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex')
    if (vector.timestampInput !== undefined) {
      expect(stamped.map((digest) => Buffer.from(digest).toString('hex'))).toEqual([
        vector.timestampInputSha256,
      ])
      expect(sha256(text(vector.timestampInput))).toBe(vector.timestampInputSha256)
    } else expect(stamped).toEqual([])
  })
})

/** Wrapped signatures are base64, which says its own namespace here and inherits it there. */
const canonicalOf = (xml: string): string => canonicalize(parseXml(xml).root)
