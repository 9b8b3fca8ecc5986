import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { judgeEnvelope, type SignedPart } from '../../../src/technical/soap/index.js'
import { openBody } from '../../../src/technical/soap/response.js'
import { parseHttpDump } from '../../../src/technical/soap/httpDump.js'
import { parseEnvelope } from '../../../src/technical/soap/envelope.js'
import { verifyEnvelope, type SecurityPolicy } from '../../../src/technical/soap/wsSecurity/verify.js'
import { textOf, descendants } from '../../../src/technical/xml/tree.js'
import { wssCertificate, wssFile } from './wssFixtures.js'

interface Row {
  id: string
  file: string
  policy: SecurityPolicy
  expected: string
  why: string
}

const rows = wssFile('manifest.tsv')
  .toString()
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line): Row => {
    const [id, file, kind, require, now, allowSha1, expected, why] = line.split('\t')
    return {
      id: id!,
      file: file!,
      expected: expected!,
      why: why!,
      policy: {
        kind: kind as SecurityPolicy['kind'],
        ...(require === '-' ? {} : { require: require!.split(',') as SignedPart[] }),
        trust: [wssCertificate('ca')],
        sts: [wssCertificate('sts')],
        at: new Date(now!),
        allowSha1: allowSha1 === 'yes',
      },
    }
  })

/** The reason that each refusal must give: the right verdict for the wrong reason would be luck. */
const reasons: Record<string, string> = {
  n03: 'signature.timestamp',
  n04: 'signature.timestamp',
  n30: 'signature.structure',
  'p03-default': 'signature.algorithm',
  n31: 'signature.structure',
  'p04-need-assertion': 'signature.coverage',
  n18: 'token.expired',
  n08s: 'signature.coverage',
  n01: 'signature.digest',
  n02: 'signature.digest',
  n05: 'signature.structure',
  n06: 'signature.structure',
  n07: 'xml.envelope',
  n33: 'signature.structure',
  n34: 'signature.structure',
  n08: 'signature.coverage',
  n09: 'signature.coverage',
  n10: 'signature.coverage',
  n11: 'signature.invalid',
  n12: 'certificate.untrusted',
  n13: 'certificate.expired',
  n14: 'signature.invalid',
  n15: 'signature.digest',
  n16: 'token.untrusted',
  n17: 'token.untrusted',
  n19: 'token.expired',
  n20: 'token.unsigned',
  n21: 'signature.structure',
  n36: 'signature.structure',
  n22: 'signature.missing',
  n23: 'signature.missing',
  n24: 'signature.algorithm',
  n25: 'signature.algorithm',
  n26: 'xml.doctype',
  n27: 'signature.structure',
  n28: 'signature.algorithm',
  n29: 'signature.structure',
  n32: 'xml.envelope',
  n35: 'signature.invalid',
  n37: 'signature.digest',
}

describe('verification of received messages, against envelopes made and judged by WSS4J', () => {
  it('has all 59 judgements', () => {
    expect(rows).toHaveLength(59)
    expect(Object.keys(reasons).toSorted()).toEqual(
      rows
        .filter((row) => row.expected === 'fail')
        .map((row) => row.id)
        .toSorted(),
    )
  })

  it.each(rows.filter((row) => row.expected === 'ok'))('accepts $id: $why', ({ file, policy }) => {
    const judgement = judgeEnvelope(wssFile(`envelopes/${file}`), policy)
    expect(judgement.errors).toEqual([])
    expect(judgement.valid).toBe(true)
    expect(judgement.payload).toMatch(/^\{urn:/)
  })

  it.each(rows.filter((row) => row.expected === 'fail'))('refuses $id: $why', ({ id, file, policy }) => {
    const judgement = judgeEnvelope(wssFile(`envelopes/${file}`), policy)
    expect(judgement.valid).toBe(false)
    expect(judgement.errors.map(({ code }) => code)).toEqual([reasons[id]])
  })

  it('hands on the child of the Body that was verified, read whole across comments', () => {
    const row = rows.find(({ id }) => id === 'p10')!
    const parsed = parseEnvelope(wssFile(`envelopes/${row.file}`))
    const { payload } = verifyEnvelope(parsed, row.policy)
    expect(payload.parent).toBe(parsed.body)
    const ssin = [...descendants(payload)].find(({ local }) => local === 'Ssin')
    expect(textOf(ssin!)).toBe('90010100123')
  })

  it('reads the attributes and the holder of the assertion', () => {
    const row = rows.find(({ id }) => id === 'p12')!
    const { assertion, certificate } = verifyEnvelope(
      parseEnvelope(wssFile(`envelopes/${row.file}`)),
      row.policy,
    )
    expect(assertion?.issuer).toBe('urn:be:fgov:ehealth:sts:1_0')
    expect(assertion?.attributes.map(({ name }) => name)).toContain('urn:be:fgov:person:ssin:nurse:boolean')
    expect(assertion?.signer.equals(wssCertificate('sts'))).toBe(true)
    expect(certificate?.equals(wssCertificate('holder-rsa'))).toBe(true)
  })

  it.each(['m01-swa-request.http', 'm02-xop-request.http'])('finds the attachment of %s', (file) => {
    const { headers, body } = parseHttpDump(wssFile(`envelopes/${file}`))
    const { attachments } = openBody(headers['content-type'], body)
    expect(attachments.size).toBe(1)
    expect([...attachments.keys()][0]).not.toMatch(/[<>]/)
  })

  it('never throws anything but typed errors for a truncated envelope', () => {
    const bytes = wssFile('envelopes/p04-saml-hok-rsa-sha256.xml')
    const { policy } = rows.find(({ id }) => id === 'p04')!
    for (let length = 0; length < bytes.length; length += 97) {
      let refusal: unknown
      try {
        verifyEnvelope(parseEnvelope(bytes.subarray(0, length)), policy)
      } catch (error) {
        refusal = error
      }
      expect(refusal).toBeInstanceOf(EHealthError)
    }
  })
})
