/** Input that means something else to the next reader: header lines, names that every object has, messages seen twice. */
import { describe, expect, it } from 'vitest'

import { checkContent } from '../../src/business/ehbox/content.js'
import { environmentOf } from '../../src/technical/environment/environment.js'
import { assertSuccess } from '../../src/business/ehbox/status.js'
import { createReplayGuard } from '../../src/simulator/replay.js'
import { createSession } from '../../src/technical/session/index.js'
import { buildMessageBody } from '../../src/technical/soap/attachments/swa.js'
import { buildEnvelope, parseEnvelope } from '../../src/technical/soap/envelope.js'
import { faultError, readFault } from '../../src/technical/soap/fault.js'
import { verifyEnvelope } from '../../src/technical/soap/wsSecurity/verify.js'
import { parseXml } from '../../src/technical/xml/parse.js'
import { boolean } from '../../src/technical/xml/simpleTypes.js'
import { Ask, heldRuntime } from '../technical/soap/messages.js'
import { wssCertificate, wssClock, wssCredential } from '../technical/soap/wssFixtures.js'

const code = (expected: string, path?: string): Error =>
  expect.objectContaining({ code: expected, ...(path === undefined ? {} : { path }) }) as Error

/** Found in every object of JavaScript. */
const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty']

describe('header lines', () => {
  const types = [
    'text/plain\r\n;x',
    'text/plain\r\n\r\n;x',
    'text/plain;a\r\nb: c',
    'text/plain\n;x',
    'text/plain\r\nA: b',
  ]

  it.each(types)('cannot be written by a media type: %j', (mimeType) => {
    const annexes = [{ title: 't', fileName: 'f', mimeType, content: '' }]
    const message = { to: [], title: 't', body: 'b', annexes }
    expect(() => checkContent(message, wssClock)).toThrow(code('contract.invalid', 'annexes[0].mimeType'))
    const attachment = { contentId: 'a@b', contentType: mimeType, content: new Uint8Array() }
    expect(() => buildMessageBody('<a/>', [attachment], heldRuntime(wssClock))).toThrow(
      code('contract.invalid', 'attachments[0].contentType'),
    )
  })

  it.each(['a\r\nX: y', 'a\ny', '', 'é'])('cannot be written by a user agent: %j', (userAgent) => {
    const make = () =>
      createSession({
        environment: environmentOf('acceptance'),
        actor: { profession: 'p', quality: 'q', attributes: [], demanded: [] },
        keystore: { file: 'there-is-none.p12', password: '' },
        userAgent,
      })
    expect(make).toThrow(code('configuration.invalid', 'userAgent'))
  })
})

describe('names that every object has', () => {
  it.each(inherited)('are no booleans: %s', (text) => expect(boolean.parse(text)).toBeUndefined())

  it.each(inherited)('are no codes of a fault: %s', (text) => {
    const fault = parseXml(
      '<S:Fault xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>S:Server</faultcode><detail>' +
        `<e:SystemError xmlns:e="urn:be:fgov:ehealth:errors:soa:v1"><Code>${text}</Code></e:SystemError>` +
        '</detail></S:Fault>',
    ).root
    expect(faultError(readFault(fault))).toMatchObject({ code: 'fault.other', platform: { code: text } })
  })

  it.each(inherited)('are no reasons of a refusal: %s', (Code) => {
    const refused = () => assertSuccess({ Status: { Code, Message: [] } })
    expect(refused).toThrow(new RegExp(`status ${Code}$`))
  })

  it.each(inherited)('are no environments: %s', (name) => {
    expect(() => environmentOf(name as 'acceptance')).toThrow(code('configuration.invalid', 'environment'))
  })
})

describe('a message that is sent again', () => {
  it('is known for as long as its timestamp lets it pass, even one from a clock that is fast', async () => {
    const minutes = (count: number): Date => new Date(wssClock.getTime() + count * 60_000)
    const text = await buildEnvelope({
      security: { kind: 'x509', credential: wssCredential('holder-rsa') },
      body: { declaration: Ask, value: { Text: '', Flags: [], Id: 'a' } },
      runtime: heldRuntime(minutes(5)),
      ttlSeconds: 3600,
    })
    const parsed = parseEnvelope(text)
    const verifiedAt = (at: Date) =>
      verifyEnvelope(parsed, { kind: 'x509', trust: [wssCertificate('ca')], sts: [], at })
    const guard = createReplayGuard()
    guard.admit(parsed, verifiedAt(wssClock), wssClock)
    for (const later of [1, 10, 11, 15])
      expect(() => guard.admit(parsed, verifiedAt(minutes(later)), minutes(later))).toThrow(
        code('signature.timestamp'),
      )
    expect(() => verifiedAt(minutes(15.1))).toThrow(code('signature.timestamp'))
  })
})
