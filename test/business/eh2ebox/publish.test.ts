import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  createEh2ebox,
  eh2eboxOperations,
  type Citizen,
  type CitizenMessage,
} from '../../../src/business/eh2ebox/index.js'
import { publicationOperations } from '../../../src/business/ehbox/contract.js'
import { maximumMessageBytes } from '../../../src/business/ehbox/index.js'
import { eboxOf } from '../../../src/simulator/services/eh2ebox/store.js'
import { connectThrough, openReader, refusalOf, rewritten, type Reader } from '../addressBook/people.js'

let reader: Reader
beforeAll(async () => {
  reader = await openReader()
})
afterAll(() => reader.close())

const ssin = '90010199794'
const other = '90010199893'
const message = (changes: object = {}): CitizenMessage => ({
  to: { ssin },
  title: 'Certificate of care',
  body: 'Synthetic certificate',
  ...changes,
})
const publish = (changes: object = {}) => reader.me.eh2ebox.publish(message(changes))

describe('publishing to citizens', () => {
  it('takes the messages of the eHealthBox to another address', async () => {
    const before = reader.simulator.calls('ehboxPublication')
    const pdf = Buffer.from('%PDF-1.4 synthetic')
    const sent = await publish({
      to: [{ ssin: '90.01.01-997.94' }, { ssin: other }],
      body: { content: pdf, mimeType: 'application/pdf', fileName: 'certificate.pdf' },
      annexes: [{ title: 'Receipt', fileName: 'receipt.txt', mimeType: 'text/plain', content: 'Paid' }],
      customMetas: { PROJECT: 'SYNTHETIC' },
      important: true,
      publicationId: 'EBOX1',
    })
    expect(sent).toMatchObject({
      outcome: 'sent',
      id: expect.stringMatching(/^[A-Z0-9]{13}$/) as string,
      publicationId: 'EBOX1',
      status: { code: '100' },
      recipients: [
        { id: ssin, type: 'INSS', quality: 'CITIZEN' },
        { id: other, type: 'INSS', quality: 'CITIZEN' },
      ],
      meta: {
        service: 'eh2eboxPublication',
        operation: 'sendMessage',
        endpoint: `${reader.simulator.url}/eh2eBox/publication/v1`,
      },
    })
    expect(reader.simulator.calls('ehboxPublication')).toBe(before)
    const { request } = sent.meta.raw
    expect(request).toContain('<pub:SendMessageRequest')
    expect(request).toContain('<MimeType>application/pdf</MimeType>')
    expect(request).toContain('<IsEncrypted>false</IsEncrypted>')
    expect(request).toContain(`<EncryptableTextContent>${pdf.toString('base64')}<`)
    expect(request).not.toMatch(/<User|<Mandate/)
    expect(eboxOf(reader.simulator.world).at(-1)).toMatchObject({
      publicationId: 'EBOX1',
      sender: 'physician',
      citizens: [ssin, other],
      mimeType: 'application/pdf',
      annexes: ['receipt.txt'],
    })
  })

  it('says what the publication of the eHealthBox says, under its action', () => {
    const { service, ...same } = eh2eboxOperations.sendMessage
    const { service: _, ...ofMailbox } = publicationOperations.sendMessage
    expect(service).toBe('eh2eboxPublication')
    expect(same).toEqual(ofMailbox)
  })

  it('is open to a session alone, and to a citizen in the words of the platform', async () => {
    const eh2ebox = createEh2ebox(reader.me.session)
    const to = { id: ssin, type: 'INSS', quality: 'CITIZEN' }
    expect(await eh2ebox.publish(message({ to }))).toMatchObject({ recipients: [to] })
  })

  it('takes 101 for a success, as a client in use does', async () => {
    const me = await connectThrough(
      reader.simulator,
      rewritten((xml) => xml.replace('<Code>100</Code>', '<Code>101</Code>')),
      '/eh2eBox/publication/v1',
    )
    expect(await me.eh2ebox.publish(message())).toMatchObject({ outcome: 'sent', status: { code: '101' } })
    await me.close()
  })

  it('takes 101 for none from the eHealthBox', async () => {
    const me = await connectThrough(
      reader.simulator,
      rewritten((xml) => xml.replace('<Code>100</Code>', '<Code>101</Code>')),
      '/ehBoxPublication/v3',
    )
    const { ssin: nurse } = reader.simulator.personas.nurse
    const sending = me.ehbox.send({ to: { ssin: nurse, quality: 'NURSE' }, title: 'T', body: 'B' })
    expect(await refusalOf(sending)).toMatchObject({ code: 'ehbox.refused', platform: { code: '101' } })
    await me.close()
  })
})

describe('what is not for citizens', () => {
  it.each<[object, string, string]>([
    [{ encrypt: true }, 'ebox.unknown', 'encrypt'],
    [{ patient: { ssin } }, 'ebox.unknown', 'patient'],
    [{ type: 'NEWS' }, 'ebox.unknown', 'type'],
    [{ outOfOffice: 'deliver-anyway' }, 'ebox.unknown', 'outOfOffice'],
    [{ to: { ssin, user: { ssin, firstName: 'A', lastName: 'B' } } }, 'ebox.forbidden', 'to[0].user'],
    [{ to: [{ ssin }, { ssin: other, mandate: { id: '1', type: 'X' } }] }, 'ebox.forbidden', 'to[1].mandate'],
    [{ to: { ssin, application: 'APP' } }, 'ebox.unknown', 'to[0].application'],
    [{ to: { ssin, deliverAnyway: true } }, 'ebox.unknown', 'to[0].deliverAnyway'],
    [{ to: { id: 'ALL', type: 'INSS', quality: 'CITIZEN' } }, 'ebox.unknown', 'to[0]'],
    [{ to: { nihii: '19999024' } }, 'configuration.invalid', 'to[0].nihii'],
    [{ to: { ssin: '90010199795' } }, 'identifier.check-digit', 'to[0].id'],
    [{ to: ['90010199794'] as unknown as Citizen[] }, 'ehbox.recipient', 'to[0]'],
    [{ to: [] }, 'ehbox.no-recipient', 'to'],
    [{ title: '' }, 'contract.invalid', 'title'],
    [{ titel: 'x' }, 'configuration.invalid', 'titel'],
    [{ freeText: 'a', table: { rows: [['a', 'b']] } }, 'ehbox.free-information', 'table'],
    [{ body: { content: new Uint8Array(maximumMessageBytes), mimeType: 'a/b' } }, 'ehbox.too-large', 'body'],
  ])('is refused before anything is called: %#', async (changes, code, path) => {
    const before = reader.simulator.calls('eh2eboxPublication')
    const error = await refusalOf(publish(changes))
    expect(error).toMatchObject({ code, path, origin: 'client' })
    expect(error.message).not.toMatch(/\d{11}/)
    expect(reader.simulator.calls('eh2eboxPublication')).toBe(before)
  })

  it.each<[object, string]>([
    [{ to: { id: ssin, type: 'SSIN', quality: 'CITIZEN' } }, '804'],
    [{ to: { id: ssin, type: 'INSS', subType: 'X', quality: 'CITIZEN' } }, '805'],
    [{ to: { id: ssin, type: 'INSS', quality: 'DOCTOR' } }, '803'],
  ])('is refused by the platform with its code: %j', async (changes, platformCode) => {
    expect(await refusalOf(publish(changes))).toMatchObject({
      code: 'ebox.refused',
      origin: 'platform',
      platform: { code: platformCode, httpStatus: 200 },
    })
  })

  it('is refused as what it is when a citizen is said to be out of office', async () => {
    const me = await connectThrough(
      reader.simulator,
      rewritten((xml) => xml.replace('<Code>100</Code>', '<Code>826</Code>')),
      '/eh2eBox/publication/v1',
    )
    expect(await refusalOf(me.eh2ebox.publish(message()))).toMatchObject({
      code: 'ebox.refused',
      platform: { code: '826' },
    })
    await me.close()
  })

  it('is refused by the simulator, too, whoever sends it', async () => {
    const { session } = reader.me
    const sent = await publish()
    expect(sent.meta.raw.request).toContain('SendMessageRequest')
    const request = (destination: object) =>
      ({
        PublicationId: undefined,
        DestinationContext: [{ Id: ssin, Type: 'INSS', Quality: 'CITIZEN', ...destination }],
        ContentContext: {
          Content: {
            Document: {
              Title: 'T',
              EncryptableTextContent: Buffer.from('B'),
              DownloadFileName: 'b.txt',
              MimeType: 'text/plain',
              Digest: 'd',
            },
            Annex: [],
          },
          ContentSpecification: {
            ContentType: 'DOCUMENT' as const,
            IsImportant: false,
            IsEncrypted: false,
            PublicationReceipt: false,
            ReceivedReceipt: false,
            ReadReceipt: false,
          },
          CustomMeta: [],
        },
        Meta: [],
        CopyMailTo: [],
      }) as unknown
    const call = (destination: object) =>
      session.call(eh2eboxOperations.sendMessage, request(destination) as never)
    expect(await refusalOf(call({ User: { value: ssin, FirstName: 'A', LastName: 'B' } }))).toMatchObject({
      code: 'fault.content',
      platform: { code: 'SOA-03007' },
    })
    expect((await call({})).value.Status.Code).toBe('816')
  })

  it('is published once: the same publication a second time is refused', async () => {
    await publish({ publicationId: 'ONCE' })
    expect(await refusalOf(publish({ publicationId: 'ONCE' }))).toMatchObject({
      code: 'ebox.refused',
      platform: { code: '817' },
    })
  })
})
