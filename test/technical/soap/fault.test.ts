import { describe, expect, it } from 'vitest'

import { buildEnvelope, parseEnvelope } from '../../../src/technical/soap/envelope.js'
import { faultError, isFault, readFault } from '../../../src/technical/soap/fault.js'
import { platformCodes } from '../../../src/technical/soap/platformCodes.js'
import { buildFault } from '../../../src/technical/soap/writeFault.js'
import { parseXml } from '../../../src/technical/xml/index.js'
import { heldRuntime } from './messages.js'

describe('a fault', () => {
  it.each(['SystemError', 'BusinessError'] as const)('written as %s is read back', async (kind) => {
    const body = buildFault({
      code: 'SOA-02002',
      message: [{ text: 'Later & <soon>', language: 'en' }, { text: 'Plus tard' }],
      origin: 'Provider',
      environment: 'Acceptation',
      id: 'ticket',
      kind,
      retry: true,
    })
    expect(body.canonical).toBe(true)
    const text = await buildEnvelope({ security: { kind: 'none' }, body, runtime: heldRuntime(new Date(0)) })
    const { payload } = parseEnvelope(text)
    expect(isFault(payload)).toBe(true)
    expect(readFault(payload)).toEqual({
      faultCode: 'Server',
      faultString: 'SOA-02002',
      kind,
      code: 'SOA-02002',
      messages: [{ text: 'Later & <soon>', language: 'en' }, { text: 'Plus tard' }],
      origin: 'Provider',
      environment: 'Acceptation',
      ticket: 'ticket',
      retry: true,
    })
  })

  it('of the insurers, whatever their element is called, is a refusal of the service', async () => {
    const types = 'xmlns:t="urn:be:cin:types:v1"'
    const detail =
      `<ga:fault xmlns:ga="urn:be:cin:nip:async:generic" ${types}><t:FaultCode>SYNTHETIC</t:FaultCode>` +
      '<t:FaultSource>MYCARENET</t:FaultSource><t:Message xml:lang="en">Later</t:Message><t:Details></t:Details></ga:fault>'
    const body = buildFault({
      code: 'SYNTHETIC',
      message: 'unused',
      origin: 'Consumer',
      environment: 'Acceptation',
      id: 'unused',
      detail,
    })
    const text = await buildEnvelope({ security: { kind: 'none' }, body, runtime: heldRuntime(new Date(0)) })
    const fault = readFault(parseEnvelope(text).payload)
    expect(fault).toEqual({
      faultCode: 'Client',
      faultString: 'SYNTHETIC',
      kind: 'BusinessError',
      code: 'SYNTHETIC',
      messages: [{ text: 'Later', language: 'en' }],
      origin: 'MYCARENET',
    })
    expect(faultError(fault)).toMatchObject({ code: 'fault.business', platform: { code: 'SYNTHETIC' } })
  })

  it.each(Object.entries(platformCodes))('%s becomes its error', (code, { error: expected }) => {
    expect(faultError({ faultCode: 'Server', faultString: '', code, messages: [] }).code).toBe(expected)
  })

  it('is worth another try when the platform says so, and not when it says no', () => {
    const retryable = (fault: { code: string; retry?: boolean }) =>
      faultError({ faultCode: 'Server', faultString: '', messages: [], ...fault }).retryable
    for (const code of ['SOA-02002', 'SOA-01001']) {
      expect(retryable({ code, retry: true })).toBe(true)
      expect(retryable({ code, retry: false })).toBe(false)
    }
    expect(retryable({ code: 'SOA-02002' })).toBe(true)
    expect(retryable({ code: 'SOA-01001' })).toBe(false)
  })

  it('of the KGSS is read in its own words', () => {
    const detail =
      '<detail><e:ApplicationErrors xmlns:e="urn:be:fgov:ehealth:etee:commons:1_0:etee" FaultId="F-1">' +
      '<Code>X-1</Code><Message Lang="EN">No</Message><Message>Non</Message></e:ApplicationErrors></detail>'
    const soap = 'xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"'
    const { root } = parseXml(`<S:Fault ${soap}><faultcode>S:Server</faultcode>${detail}</S:Fault>`)
    const fault = readFault(root)
    expect(fault).toMatchObject({ kind: 'BusinessError', code: 'X-1', ticket: 'F-1' })
    expect(fault.messages).toEqual([{ text: 'No', language: 'EN' }, { text: 'Non' }])
    expect(faultError(fault).code).toBe('fault.business')
  })

  it('that names the security header alone says that the caller is not authenticated', () => {
    const bare = { faultString: '', messages: [] }
    expect(faultError({ ...bare, faultCode: 'InvalidSecurity' }).code).toBe('fault.not-authenticated')
    expect(faultError({ ...bare, faultCode: 'InvalidSecurity', code: 'SOA-01002' }).code).toBe(
      'fault.not-authorised',
    )
  })

  it('of a business kind becomes fault.business, anything else fault.other', () => {
    const bare = { faultCode: 'Server', faultString: 'text', messages: [] }
    expect(faultError({ ...bare, kind: 'BusinessError', code: '803' }).code).toBe('fault.business')
    expect(faultError(bare).code).toBe('fault.other')
    expect(faultError({ ...bare, code: 'a name\nand more' }).message).not.toContain('name')
  })
})
