import { createHash } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { buildContent, checkContent } from '../../../src/business/ehbox/content.js'
import { checkPlainSize, maximumMessageBytes } from '../../../src/business/ehbox/limits.js'
import type { GatheredAnnex, GatheredMessage } from '../../../src/business/ehbox/gather.js'
import { newPublicationId } from '../../../src/business/ehbox/send.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'

const now = new Date('2026-03-02T10:00:00Z')

const message = (changes: Partial<GatheredMessage> = {}): GatheredMessage => ({
  to: [{ nihii: '71999041', quality: 'HOSPITAL' }],
  title: 'Synthetic report',
  body: 'Dear colleague, naïve — text',
  ...changes,
})

const annex = (changes: Partial<GatheredAnnex> = {}): GatheredAnnex => ({
  title: 'Report é',
  fileName: 'report.pdf',
  mimeType: 'application/pdf',
  content: Uint8Array.of(1, 2, 3),
  ...changes,
})

const refusalOf = (run: () => void): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}

describe('the content of a message to send', () => {
  it.each([
    [{ freeText: 'a', table: { rows: [['a', 'b']] } }, 'ehbox.free-information', 'table'],
    [{ patient: { ssin: '90010199794' } }, 'ehbox.clear-patient', 'patient'],
    [{ patient: { ssin: '90010199794' }, encrypt: false }, 'ehbox.clear-patient', 'patient'],
    [{ patient: { ssin: '90010199795' }, encrypt: true }, 'identifier.check-digit', 'patient.ssin'],
    [
      { annexes: [annex(), annex({ mimeType: 'application/pdf\r\nX-Evil: 1' })] },
      'contract.invalid',
      'annexes[1].mimeType',
    ],
    [{ annexes: [annex({ mimeType: 'pdf' })] }, 'contract.invalid', 'annexes[0].mimeType'],
    [{ annexes: [annex({ content: 5 as never })] }, 'contract.invalid', 'annexes[0].content'],
    [{ annexes: [annex({ title: undefined as never })] }, 'contract.invalid', 'annexes[0].title'],
    [{ body: { content: 'x', mimeType: 'text' } }, 'contract.invalid', 'body.mimeType'],
    [{ body: undefined }, 'configuration.invalid', 'body'],
    [{ annexes: [annex({ inline: true } as never)] }, 'configuration.invalid', 'annexes[0].inline'],
    [{ receipts: { recieved: true } as never }, 'configuration.invalid', 'receipts.recieved'],
  ] as [Partial<GatheredMessage>, string, string][])(
    'is refused before it is built: %j',
    (changes, code, path) => {
      expect(refusalOf(() => checkContent(message(), now))).toBeUndefined()
      const refusal = refusalOf(() => checkContent(message(changes), now))
      expect(refusal).toMatchObject({ code, path })
      expect(String(refusal)).not.toContain('900101')
    },
  )

  const mark = (plain: Uint8Array): Promise<Uint8Array> =>
    Promise.resolve(Buffer.concat([Buffer.from('SEALED:'), plain]))
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64')

  it('has every encryptable field transformed, each on its own, and digests over what is transported', async () => {
    const fields: string[] = []
    let ids = 0
    const { content, attachments } = await buildContent(
      message({
        encrypt: true,
        patient: { ssin: '90.01.01-997.94' },
        table: { title: 'Summary', rows: [['left', 'right']] },
        annexes: [annex(), annex({ as: 'inline', content: '<a/>', mimeType: 'text/xml' })],
      }),
      {
        transform: (plain, path) => {
          fields.push(path)
          return mark(plain)
        },
        contentId: () => `id-${(ids += 1)}@example.invalid`,
      },
      now,
    )
    expect(fields).toEqual([
      'body',
      'table.rows[0][0]',
      'table.rows[0][1]',
      'patient.ssin',
      'annexes[0].content',
      'annexes[0].title',
      'annexes[1].content',
      'annexes[1].title',
    ])
    const body = await mark(Buffer.from('Dear colleague, naïve — text'))
    expect(content.Document).toEqual({
      Title: 'Synthetic report',
      EncryptableTextContent: body,
      DownloadFileName: 'body.txt',
      MimeType: 'text/plain',
      Digest: sha256(body),
    })
    expect(Buffer.from(content.EncryptableINSSPatient!).toString()).toBe('SEALED:90010199794')
    expect(content.Annex[0]).toMatchObject({
      EncryptableBinaryContent: 'cid:id-1@example.invalid',
      Digest: sha256(attachments[0]!.content),
    })
    expect(attachments).toEqual([
      {
        contentId: 'id-1@example.invalid',
        contentType: 'application/pdf',
        content: await mark(Uint8Array.of(1, 2, 3)),
      },
    ])
    expect(content.Annex[1]).toMatchObject({
      EncryptableTextContent: await mark(Buffer.from('<a/>')),
      DownloadFileName: 'report.pdf',
      MimeType: 'text/xml',
    })
  })
})

describe('the size of a message', () => {
  it('is refused before sealing, naming the part with which it grows too large', () => {
    const half = new Uint8Array(maximumMessageBytes / 2)
    const large = message({ annexes: [annex({ content: half }), annex({ content: half })] })
    expect(refusalOf(() => checkPlainSize(large))).toMatchObject({
      code: 'ehbox.too-large',
      path: 'annexes[1]',
      details: { limit: maximumMessageBytes },
    })
    expect(refusalOf(() => checkPlainSize(message({ annexes: [annex({ content: half })] })))).toBeUndefined()
  })

  it('counts what stands inside the message as base64', () => {
    const content = new Uint8Array(maximumMessageBytes * 0.8)
    expect(refusalOf(() => checkPlainSize(message({ annexes: [annex({ content })] })))).toBeUndefined()
    expect(
      refusalOf(() => checkPlainSize(message({ annexes: [annex({ content, as: 'inline' })] }))),
    ).toMatchObject({ code: 'ehbox.too-large', path: 'annexes[0]' })
    expect(
      refusalOf(() => checkPlainSize(message({ body: { content, mimeType: 'text/plain' } }))),
    ).toMatchObject({
      path: 'body',
    })
  })
})

describe('a PublicationId made here', () => {
  it('has 13 characters of base 36 from the random source', () => {
    const ids = new Set(Array.from({ length: 500 }, () => newPublicationId(systemRuntime)))
    expect(ids.size).toBe(500)
    for (const id of ids) expect(id).toMatch(/^[0-9A-Z]{13}$/)
    const still = { ...systemRuntime, randomBytes: (count: number) => new Uint8Array(count) }
    expect(newPublicationId(still)).toBe('0000000000000')
  })
})
