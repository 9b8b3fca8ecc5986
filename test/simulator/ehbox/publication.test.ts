import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  deliver,
  digest,
  letter,
  listed,
  openTown,
  operations,
  post,
  text,
  titles,
  type Address,
  type LetterChanges,
  type Town,
} from './support.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

/** Status of a letter; the nurse's INBOX must show whether it was delivered. */
async function statusOf(
  to: Address | Address[],
  changes: LetterChanges = {},
  attachments: Parameters<typeof post>[2] = [],
): Promise<string> {
  const before = (await listed(town.nurse, 'INBOX')).length
  const { Status, Id } = await post(town.physician, letter(to, changes), attachments)
  const delivered = (await listed(town.nurse, 'INBOX')).length - before
  expect([delivered, Id !== undefined]).toEqual(Status.Code === '100' ? [1, true] : [0, false])
  return Status.Code
}

describe('publication, as to its recipients', () => {
  it.each<[string, (at: Town['at']) => Address, string]>([
    ['a number that nobody has', ({ nurse }) => ({ ...nurse, Id: '90010199893' }), '802'],
    ['somebody in a quality that is not his', ({ nurse }) => ({ ...nurse, Quality: 'DOCTOR' }), '802'],
    ['a quality that nobody has', ({ nurse }) => ({ ...nurse, Quality: 'WIZARD' }), '803'],
    ['a type that is not one', ({ nurse }) => ({ ...nurse, Type: 'SSIN' }), '804'],
    ['a subtype that is not one', ({ hospital }) => ({ ...hospital, SubType: 'CASTLE' }), '805'],
  ])('refuses %s', async (_, address, code) => {
    expect(await statusOf(address(town.at))).toBe(code)
    expect(await statusOf([town.at.nurse, address(town.at)])).toBe(code)
  })

  it('gives one copy to a box that is addressed twice', async () => {
    const byNihii = { Id: town.simulator.personas.nurse.nihii, Type: 'NIHII', Quality: 'NURSE' }
    expect(await statusOf([town.at.nurse, town.at.nurse, byNihii])).toBe('100')
  })

  it('finds a hospital with and without subtype', async () => {
    const { SubType: _, ...bare } = town.at.hospital
    await deliver(town.physician, letter(bare, { title: 'bare' }))
    await deliver(town.physician, letter(town.at.hospital, { title: 'with subtype' }))
    expect(await titles(town.hospital, 'INBOX')).toEqual(['with subtype', 'bare'])
  })

  it('refuses the box of somebody else as sender, and takes one’s own', async () => {
    expect(await statusOf(town.at.nurse, { box: town.at.hospital })).toBe('810')
    expect(await statusOf(town.at.nurse, { box: { ...town.at.physician, Quality: 'NURSE' } })).toBe('810')
    expect(await statusOf(town.at.nurse, { box: town.at.physician })).toBe('100')
  })
})

describe('publication, as to its content', () => {
  const content = text('octets')
  const document = {
    Title: 'Attached',
    EncryptableBinaryContent: 'cid:document@example.invalid',
    DownloadFileName: 'a.txt',
    MimeType: 'text/plain',
    Digest: digest(content),
  }
  const annex = {
    ...document,
    EncryptableTitle: text('Annex'),
    EncryptableBinaryContent: 'cid:annex%40example.invalid',
  }
  const part = (contentId: string, octets = content) => ({
    contentId,
    contentType: 'text/plain',
    content: octets,
  })
  const both = [part('annex@example.invalid'), part('document@example.invalid')]
  const { Title: _, ...annexOnly } = annex

  it('takes attachments in any order and with escaped references', async () => {
    expect(await statusOf(town.at.nurse, { document, annexes: [annexOnly] }, both)).toBe('100')
  })

  it.each<[string, LetterChanges, ReturnType<typeof part>[]]>([
    [
      'an inline text',
      {
        document: {
          ...document,
          EncryptableBinaryContent: undefined,
          EncryptableTextContent: text('other'),
        },
      },
      [],
    ],
    ['an attachment', { document }, [part('document@example.invalid', text('0ctets'))]],
    ['an annex', { document, annexes: [annexOnly] }, [both[1]!, part('annex@example.invalid', text(''))]],
    ['an attachment that is not there', { document }, []],
    ['an attachment under another name', { document }, [part('Document@example.invalid')]],
    [
      'an annex whose digest is of its base64 text',
      { annexes: [{ ...annexOnly, Digest: digest(text(Buffer.from(content).toString('base64'))) }] },
      both,
    ],
    ['a digest that is none', { document: { ...document, Digest: '' } }, both],
  ])('refuses a digest that differs: %s', async (_, changes, parts) => {
    expect(await statusOf(town.at.nurse, changes, parts)).toBe('816')
  })

  it('refuses a message above ten mebibytes, takes one below', async () => {
    const size = 10 * 1024 * 1024
    const large = (bytes: number): [LetterChanges, ReturnType<typeof part>[]] => {
      const octets = new Uint8Array(bytes)
      return [
        { document: { ...document, Digest: digest(octets) } },
        [part('document@example.invalid', octets)],
      ]
    }
    expect(await statusOf(town.at.nurse, ...large(size + 1))).toBe('801')
    expect(await statusOf(town.at.nurse, ...large(size - 100))).toBe('801')
    expect(await statusOf(town.at.nurse, ...large(size - 64_000))).toBe('100')
  })

  it.each(['ACKNOWLEDGMENT', 'ERROR'] as const)('refuses %s: only the platform writes them', async (kind) => {
    await expect(post(town.physician, letter(town.at.nurse, { kind }))).rejects.toMatchObject({
      platform: { code: 'SOA-03007' },
    })
  })
})

describe('a PublicationId', () => {
  it('counts once per sender, even when the message has been deleted', async () => {
    const once = { publicationId: 'ONCE00000001' }
    const first = await post(town.physician, letter(town.at.nurse, once))
    expect(first).toMatchObject({ SentPublicationId: 'ONCE00000001', Status: { Code: '100' } })
    expect(first.Id).toMatch(/^[A-Z0-9]{13}$/)
    expect(await statusOf(town.at.nurse, once)).toBe('817')
    expect(await statusOf(town.at.nurse, { ...once, kind: 'NEWS' })).toBe('817')
    expect((await post(town.hospital, letter(town.at.nurse, once))).Status.Code).toBe('100')
    await town.physician.session.call(operations.deleteMessage, {
      Source: 'SENTBOX',
      MessageId: [first.Id!],
    })
    expect(await statusOf(town.at.nurse, once)).toBe('817')
  })

  it('is made up when the sender gives none', async () => {
    const answer = await post(town.physician, letter(town.at.nurse))
    expect(answer.SentPublicationId).toMatch(/^[A-Z0-9]{13}$/)
  })
})

describe('a NEWS', () => {
  const news = (content: string) =>
    letter(town.at.nurse, { kind: 'NEWS', publicationId: 'NEWS1', title: content, content: text(content) })
  const read = async (Source: 'INBOX' | 'HISTORY', MessageId: string) =>
    (await town.nurse.session.call(operations.getFullMessage, { Source, MessageId })).value
  const history = async (MessageId: string) =>
    (await town.nurse.session.call(operations.getMessageHistory, { Source: 'INBOX', MessageId })).value

  it('replaces its earlier versions, which stay readable in the history', async () => {
    await deliver(town.hospital, news('one'))
    const first = (await listed(town.nurse, 'INBOX'))[0]!
    expect((await history(first.MessageId)).MessageId).toEqual([])
    await deliver(town.hospital, news('two'))
    const second = (await listed(town.nurse, 'INBOX'))[0]!
    await deliver(town.hospital, news('three'))

    const shown = (await titles(town.nurse, 'INBOX')).filter((t) => ['one', 'two', 'three'].includes(t!))
    expect(shown).toEqual(['three'])
    expect(await titles(town.hospital, 'SENTBOX')).toContain('three')
    expect(await titles(town.hospital, 'SENTBOX')).not.toContain('two')
    const last = (await listed(town.nurse, 'INBOX'))[0]!
    expect((await history(last.MessageId)).MessageId).toEqual([second.MessageId, first.MessageId])
    expect(await read('HISTORY', first.MessageId)).toMatchObject({
      Status: { Code: '100' },
      Message: { PublicationId: 'NEWS1', ContentContext: { Content: { Document: { Title: 'one' } } } },
    })
    expect((await read('INBOX', first.MessageId)).Status.Code).toBe('820')
    expect((await read('HISTORY', last.MessageId)).Status.Code).toBe('820')
  })

  it('is not mixed up with another sender’s of the same PublicationId', async () => {
    await deliver(town.physician, news('from another'))
    const [newest, before] = await titles(town.nurse, 'INBOX')
    expect([newest, before]).toEqual(['from another', 'three'])
    const [message] = await listed(town.nurse, 'INBOX')
    expect((await history(message!.MessageId)).MessageId).toEqual([])
  })
})

describe('what the reader gets', () => {
  it('repeats the sender’s choice of inline or attached, without digest', async () => {
    const content = text('attached <&>')
    const part = { contentId: 'd@example.invalid', contentType: 'text/plain', content }
    const document = {
      Title: 'Attached document',
      EncryptableBinaryContent: 'cid:d@example.invalid',
      DownloadFileName: 'd.txt',
      MimeType: 'text/plain',
      Digest: digest(content),
    }
    const inline = {
      EncryptableTitle: text('A'),
      EncryptableTextContent: text('inline annex'),
      DownloadFileName: 'a.txt',
      MimeType: 'text/plain',
      Digest: digest(text('inline annex')),
    }
    await post(town.physician, letter(town.at.nurse, { document, annexes: [inline] }), [part])
    const [message] = await listed(town.nurse, 'INBOX')
    const { value, attachments, meta } = await town.nurse.session.call(operations.getFullMessage, {
      Source: 'INBOX',
      MessageId: message!.MessageId,
    })
    const read = value.Message!.ContentContext.Content
    expect(read.Document.EncryptableTextContent).toBeUndefined()
    const reference = read.Document.EncryptableBinaryContent!.replace(/^cid:/, '')
    expect(reference).not.toBe('d@example.invalid')
    expect(attachments.get(reference)).toMatchObject({ contentType: 'text/plain' })
    expect(Buffer.from(attachments.get(reference)!.content).toString()).toBe('attached <&>')
    expect(Buffer.from(read.Annex[0]!.EncryptableTextContent!).toString()).toBe('inline annex')
    expect(meta.raw.response).not.toContain('Digest')
  })
})
