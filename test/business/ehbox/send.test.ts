import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { consultationOperations } from '../../../src/business/ehbox/contract.js'
import {
  maximumMessageBytes,
  type ListedMessage,
  type OutgoingMessage,
} from '../../../src/business/ehbox/index.js'
import { connect } from '../../../src/connect.js'
import { EHealthError } from '../../../src/errors.js'
import { physician } from '../../../src/professions/index.js'
import { openKeystore } from '../../../src/technical/keystore/index.js'
import { openCast, type Cast } from './world.js'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const message = (changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  to: [cast.toNurse],
  title: 'Synthetic report',
  body: 'Dear colleague',
  ...changes,
})

const send = (changes: Partial<OutgoingMessage> = {}) => cast.physician.ehbox.send(message(changes))

async function refusalOf(changes: Partial<OutgoingMessage>): Promise<EHealthError> {
  const before = cast.simulator.calls('ehboxPublication')
  const error: unknown = await send(changes).then(
    () => new Error('was sent'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(EHealthError)
  expect(cast.simulator.calls('ehboxPublication')).toBe(before)
  return error as EHealthError
}

describe('sending', () => {
  it('tells the MessageId, the PublicationId, the status and the recipients', async () => {
    const outcome = await send({ to: [cast.toNurse, cast.toHospital] })
    expect(outcome).toMatchObject({
      outcome: 'sent',
      id: expect.stringMatching(/^[A-Z0-9]{13}$/) as string,
      publicationId: expect.stringMatching(/^[A-Z0-9]{13}$/) as string,
      status: { code: '100' },
      recipients: [
        { id: cast.toNurse.ssin, type: 'INSS', quality: 'NURSE' },
        { id: cast.toHospital.nihii, type: 'NIHII', subType: 'HOSPITAL', quality: 'HOSPITAL' },
      ],
      meta: { service: 'ehboxPublication', operation: 'sendMessage', httpStatus: 200 },
    })
  })

  it('carries everything that was said to the reader', async () => {
    const outcome = await send({
      title: 'Everything <&>',
      body: { content: '<p>é</p>', mimeType: 'text/html', fileName: 'letter.html' },
      table: {
        title: 'Summary',
        rows: [
          ['pulse', '60'],
          ['temperature', '37 °C'],
        ],
      },
      patient: { ssin: '90010199794' },
      encrypt: true,
      important: true,
      application: 'synthetic',
      customMetas: { DEPARTMENT: 'CARDIOLOGY' },
      copyMailTo: ['inbox@example.invalid'],
      publicationId: 'EVERYTHING1',
      annexes: [
        {
          title: 'Scan é',
          fileName: 'scan.bin',
          mimeType: 'application/octet-stream',
          content: new Uint8Array(5000).fill(7),
        },
        { title: 'Note', fileName: 'note.txt', mimeType: 'text/plain', content: 'naïve', as: 'inline' },
        { title: 'Empty', fileName: 'empty.txt', mimeType: 'text/plain', content: '' },
      ],
    })
    if (outcome.outcome !== 'sent') throw new Error('not sent')
    const read = await cast.physician.ehbox.read(outcome.id!, { folder: 'SENTBOX' })
    expect(read).toMatchObject({
      type: 'DOCUMENT',
      publicationId: 'EVERYTHING1',
      title: 'Everything <&>',
      important: true,
      encrypted: true,
      application: 'synthetic',
      customMetas: [['DEPARTMENT', 'CARDIOLOGY']],
      copyMailTo: ['inbox@example.invalid'],
      body: { text: '<p>é</p>', mimeType: 'text/html', fileName: 'letter.html' },
      table: {
        title: 'Summary',
        rows: [
          ['pulse', '60'],
          ['temperature', '37 °C'],
        ],
      },
      patient: { ssin: '90010199794', valid: true },
      annexes: [
        { title: 'Scan é', fileName: 'scan.bin', protection: 'sealed' },
        { title: 'Note', text: 'naïve', mimeType: 'text/plain' },
        { title: 'Empty', text: '' },
      ],
      problems: [],
    })
    if (read.type === 'DOCUMENT') expect(read.annexes[0]!.content).toEqual(Buffer.alloc(5000, 7))
  })

  it.each([
    ['encrypted', true],
    ['clear', false],
  ])('takes document, free text, and annexes inline and attached: %s', async (title, encrypt) => {
    const texts = { body: 'the letter', freeText: 'the free text', inline: 'the note', attached: 'the scan' }
    const annex = (name: 'inline' | 'attached') => ({
      title: `title of ${name}`,
      fileName: `${name}.txt`,
      mimeType: 'text/plain',
      content: texts[name],
      ...(name === 'inline' ? { as: name } : {}),
    })
    const outcome = await send({
      title,
      encrypt,
      body: texts.body,
      freeText: texts.freeText,
      annexes: [annex('inline'), annex('attached')],
    })
    const { request } = outcome.meta.raw
    const base64 = (text: string): string => Buffer.from(text).toString('base64')
    // The attachment stands beside the envelope; everything else in it, readable only when the message is clear.
    for (const text of [texts.body, texts.freeText, texts.inline, 'title of inline', 'title of attached'])
      expect(request.includes(base64(text)), text).toBe(!encrypt)
    expect(request.match(/cid:/g)).toHaveLength(1)
    expect(request).not.toContain(base64(texts.attached))

    let listed: ListedMessage | undefined
    for await (const each of cast.nurse.ehbox.messages()) if (each.title === title) listed = each
    expect(listed).toMatchObject({ encrypted: encrypt, hasAnnex: true, hasFreeInformation: true })
    const read = await cast.nurse.ehbox.read(listed!)
    const protection = encrypt ? 'sealed' : 'transport'
    expect(read).toMatchObject({
      type: 'DOCUMENT',
      body: { text: texts.body },
      freeText: texts.freeText,
      annexes: [
        { title: 'title of inline', text: texts.inline, protection },
        { title: 'title of attached', text: texts.attached, protection },
      ],
      problems: [],
    })
    const fields = read.type === 'DOCUMENT' ? read.verification?.fields : undefined
    expect(fields?.toSorted()).toEqual(
      encrypt
        ? [
            'annexes[0].content',
            'annexes[0].title',
            'annexes[1].content',
            'annexes[1].title',
            'body',
            'freeText',
          ]
        : undefined,
    )
  })

  it('reaches everybody of a quality with ALL, unencrypted', async () => {
    const outcome = await send({ to: [{ id: 'ALL', type: 'INSS', quality: 'NURSE' }], title: 'To all' })
    expect(outcome.outcome).toBe('sent')
    const titles = []
    for await (const { title } of cast.nurse.ehbox.messages()) titles.push(title)
    expect(titles).toContain('To all')
  })

  it('makes a second copy visible when an unknown outcome is repeated with the same PublicationId', async () => {
    cast.simulator.faults.add({ kind: 'drop', when: 'after', service: 'ehboxPublication' })
    await expect(send({ publicationId: 'REPEATED1' })).rejects.toMatchObject({ origin: 'transport' })
    await expect(send({ publicationId: 'REPEATED1' })).rejects.toMatchObject({
      code: 'ehbox.refused',
      platform: { code: '817' },
    })
  })

  it('passes the refusals of the platform on', async () => {
    await expect(send({ to: [{ ssin: '90010199794', quality: 'NURSE' }] })).rejects.toMatchObject({
      code: 'ehbox.refused',
      origin: 'platform',
      platform: { code: '802' },
      hint: expect.stringContaining('me.addressBook') as string,
      message: expect.not.stringContaining('90010199794') as string,
    })
  })
})

/** By a user whose session is new: nothing is kept from earlier calls that could spare him one. */
async function refusalWithoutCall(changes: Partial<OutgoingMessage>): Promise<EHealthError> {
  const { simulator } = cast
  const { keystore, password, ssin, nihii } = simulator.personas.physician
  await using fresh = await connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
  })
  const calls = () =>
    (['sts', 'etkDepot', 'ehboxPublication', 'ehboxConsultation'] as const).map((name) =>
      simulator.calls(name),
    )
  const before = calls()
  const error: unknown = await fresh.ehbox.send(message(changes)).catch((reason: unknown) => reason)
  expect(calls()).toEqual(before)
  expect(error).toBeInstanceOf(EHealthError)
  return error as EHealthError
}

describe('a message that cannot be right', () => {
  it.each([
    [{ to: [] }, 'ehbox.no-recipient', 'to'],
    [{ to: [{ nihii: '71999042', quality: 'HOSPITAL' }] }, 'identifier.check-digit', 'to[0].nihii'],
    [{ to: [{ id: 'ALL', type: 'INSS', quality: 'NURSE' }], encrypt: true }, 'ehbox.all-encrypted', 'to[0]'],
    [{ patient: { ssin: '90010199794' } }, 'ehbox.clear-patient', 'patient'],
    [{ title: '' }, 'contract.invalid', 'title'],
    [{ title: undefined }, 'contract.invalid', 'title'],
    [{ title: 'x'.repeat(401), encrypt: true }, 'contract.invalid', 'title'],
    [{ body: undefined }, 'configuration.invalid', 'body'],
    [{ body: { content: '', mimeType: 'text/plain', fileName: '' } }, 'contract.invalid', 'body.fileName'],
    [
      { annexes: [{ title: '', fileName: '', mimeType: 'a/b', content: '' }] },
      'contract.invalid',
      'annexes[0].fileName',
    ],
    [{ table: { rows: [] } }, 'contract.invalid', 'table.rows'],
    [{ application: 'x'.repeat(26) }, 'contract.invalid', 'application'],
    [{ customMetas: { one: 'x', two: '' } }, 'contract.invalid', 'customMetas[1]'],
    [{ copyMailTo: ['x@y.be', ''] }, 'contract.invalid', 'copyMailTo[1]'],
    [{ publicationId: 'x'.repeat(14) }, 'contract.invalid', 'publicationId'],
    [{ type: 'LETTER' as never }, 'contract.invalid', 'type'],
    [{ encrypted: true } as never, 'configuration.invalid', 'encrypted'],
    [{ to: [{ id: '1', type: 'SOMETHING', quality: 'Q' }], encrypt: true }, 'identifier.type', 'to[0]'],
  ] as [Partial<OutgoingMessage>, string, string][])(
    'is refused before anything at all is called: %j',
    async (changes, code, path) => {
      const error = await refusalWithoutCall(changes)
      expect(error).toMatchObject({ code, path })
      expect(error.hint).toMatch(/[.?]$/)
    },
  )

  it('is refused when it is too large, before it is sealed', async () => {
    const content = new Uint8Array(maximumMessageBytes)
    const annexes = [{ title: 'T', fileName: 'f', mimeType: 'application/pdf', content }]
    expect(await refusalWithoutCall({ annexes, encrypt: true })).toMatchObject({
      code: 'ehbox.too-large',
      path: 'annexes[0]',
      hint: expect.stringMatching(/annexes/) as string,
      details: { limit: maximumMessageBytes },
    })
  })

  it('is refused when sealing makes it too large, and accepted just below', async () => {
    const annexes = (bytes: number) => [
      { title: 'T', fileName: 'f', mimeType: 'application/pdf', content: new Uint8Array(bytes) },
    ]
    expect(await refusalOf({ annexes: annexes(maximumMessageBytes - 2000), encrypt: true })).toMatchObject({
      code: 'ehbox.too-large',
    })
    const outcome = await send({ annexes: annexes(maximumMessageBytes - 40_000), encrypt: true })
    expect(outcome.outcome).toBe('sent')
  })

  it('names every recipient without encryption token', async () => {
    for (const [name, ssin] of [
      ['first', '90010199893'],
      ['second', '85061599789'],
    ] as const)
      cast.simulator.world.register({
        name,
        kind: 'person',
        displayName: name.toUpperCase(),
        profession: 'nurse',
        certificateType: 'SSIN',
        certificateValue: ssin,
        ssin,
        qualities: ['NURSE'],
        certified: {},
      })
    const to = [
      { ssin: '90010199893', quality: 'NURSE' },
      cast.toNurse,
      { ssin: '85061599789', quality: 'NURSE' },
    ]
    expect(await refusalOf({ to, encrypt: true })).toMatchObject({
      code: 'etk.not-found',
      path: 'to[0]',
      hint: expect.stringMatching(/\S/) as string,
      details: { missing: ['to[0]', 'to[2]'] },
    })
    expect((await send({ to })).outcome).toBe('sent')
  })

  it('never shows what it holds', async () => {
    const secret = 'a secret finding'
    const error = await refusalOf({
      title: 'x'.repeat(401),
      body: secret,
      encrypt: true,
      patient: { ssin: '90010199794' },
    })
    expect(JSON.stringify(error) + String(error) + String(error.stack)).not.toMatch(
      /secret finding|90010199794|xxxx/,
    )
  })
})

describe('a recipient who is out of office', () => {
  it('is a typed outcome with his substitutes, who can be sent to', async () => {
    // Days are Belgian, clocks are not: from yesterday to tomorrow holds at any hour.
    const day = (offset: number): string =>
      new Date(cast.simulator.clock.now().getTime() + offset * 86_400_000).toISOString().slice(0, 10)
    const [from, to] = [day(-1), day(1)]
    await cast.nurse.session.call(consultationOperations.insertOoO, {
      StartDate: from,
      EndDate: to,
      Substitute: [{ Id: cast.simulator.personas.physician.ssin, Type: 'INSS', Quality: 'DOCTOR' }],
    })
    const outcome = await cast.hospital.ehbox.send(message({ encrypt: true, title: 'While away' }))
    expect(outcome).toMatchObject({
      outcome: 'out-of-office',
      status: { code: '826' },
      recipients: [
        {
          id: cast.toNurse.ssin,
          absent: {
            from: expect.stringContaining(from) as string,
            to: expect.stringContaining(to) as string,
          },
          substitutes: [{ type: 'INSS', quality: 'DOCTOR' }],
        },
      ],
    })
    const substitutes = outcome.recipients.flatMap((recipient) => recipient.substitutes)
    const again = await cast.hospital.ehbox.send(
      message({ to: substitutes, encrypt: true, title: 'While away' }),
    )
    expect(again.outcome).toBe('sent')
    const read = []
    for await (const listed of cast.physician.ehbox.messages())
      if (listed.title === 'While away') read.push(await cast.physician.ehbox.read(listed))
    expect(read).toHaveLength(1)
    expect(read[0]).toMatchObject({
      body: { text: 'Dear colleague' },
      verification: { authorMatchesSender: true, author: { type: 'NIHII-HOSPITAL' } },
    })
    const anyway = await cast.hospital.ehbox.send(message({ outOfOffice: 'deliver-anyway' }))
    expect(anyway.outcome).toBe('sent')
  })
})

describe('the sender of an encrypted message', () => {
  it('can read his own copy, also without a token in the depot; who could not is refused', async () => {
    const { simulator } = cast
    const { keystore, password, ssin, nihii } = simulator.personas.physician
    const own = simulator.world.tokens.find(({ value }) => value === ssin) as { replaced?: boolean }
    own.replaced = true
    const opened = await openKeystore({ bytes: keystore }, { password })
    const as = physician({ ssin, nihii })
    const common = { environment: simulator.environment, runtime: simulator.runtime, as }
    try {
      await using me = await connect({ ...common, keystore: opened })
      const outcome = await me.ehbox.send(message({ to: [cast.toHospital], encrypt: true }))
      if (outcome.outcome !== 'sent') throw new Error('not sent')
      const read = await me.ehbox.read(outcome.id!, { folder: 'SENTBOX' })
      expect(read).toMatchObject({ body: { text: 'Dear colleague' } })
      await using locked = await connect({ ...common, keystore: { ...opened, decryptionKeys: [] } })
      const before = simulator.calls('ehboxPublication')
      await expect(
        locked.ehbox.send(message({ to: [cast.toHospital], encrypt: true })),
      ).rejects.toMatchObject({
        code: 'ehbox.sender-key',
      })
      expect(simulator.calls('ehboxPublication')).toBe(before)
      expect((await locked.ehbox.send(message({ to: [cast.toHospital] }))).outcome).toBe('sent')
    } finally {
      delete own.replaced
    }
  })
})
