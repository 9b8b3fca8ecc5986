/** People with mailboxes in one simulator, and messages in the platform's own words, right or wrong. */
import { createHash } from 'node:crypto'

import {
  consultationOperations,
  publicationOperations,
  type SendMessageRequest,
  type SendMessageResponse,
} from '../../../src/business/ehbox/contract.js'
import { connect, type Connection } from '../../../src/connect.js'
import { hospital, nurse, physician } from '../../../src/professions/index.js'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator/index.js'
import type { Attachment } from '../../../src/technical/soap/types.js'

export const operations = { ...consultationOperations, ...publicationOperations }

/** Monday morning in Brussels, winter time. */
export const start = new Date('2026-03-02T09:00:00.000Z')

export type User = Connection<'ehbox'>

export interface Town {
  simulator: Simulator
  physician: User
  nurse: User
  hospital: User
  /** Addresses in the platform's words. */
  at: { nurse: Address; physician: Address; hospital: Address }
  close(): Promise<void>
}

export interface Address {
  Id: string
  Type: string
  SubType?: string
  Quality: string
}

/** Starts a platform with three connected users; the clock stands at {@link start} unless told otherwise. */
export async function openTown(options: SimulatorOptions = {}): Promise<Town> {
  const simulator = await startSimulator({ clock: { now: () => start }, ...options })
  const { personas, environment, runtime } = simulator
  const keystore = (name: keyof typeof personas) => ({
    bytes: personas[name].keystore,
    password: personas[name].password,
  })
  const numbers = (name: 'physician' | 'nurse') => ({
    ssin: personas[name].ssin,
    nihii: personas[name].nihii,
  })
  const users = {
    physician: await connect({
      environment,
      runtime,
      keystore: keystore('physician'),
      as: physician(numbers('physician')),
    }),
    nurse: await connect({ environment, runtime, keystore: keystore('nurse'), as: nurse(numbers('nurse')) }),
    hospital: await connect({
      environment,
      runtime,
      keystore: keystore('hospital'),
      as: hospital({ nihii: personas.hospital.nihii }),
    }),
  }
  return {
    simulator,
    ...users,
    at: {
      nurse: { Id: personas.nurse.ssin, Type: 'INSS', Quality: 'NURSE' },
      physician: { Id: personas.physician.ssin, Type: 'INSS', Quality: 'DOCTOR' },
      hospital: { Id: personas.hospital.nihii, Type: 'NIHII', SubType: 'HOSPITAL', Quality: 'HOSPITAL' },
    },
    close: async () => {
      await Promise.all(Object.values(users).map((user) => user.close()))
      await simulator.close()
    },
  }
}

export const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64')

export const text = (value: string): Uint8Array => Buffer.from(value, 'utf8')

/** A clear message with a text inside the envelope. */
export function letter(to: Address | Address[], changes: LetterChanges = {}): SendMessageRequest {
  const content = changes.content ?? text('Dear colleague')
  const {
    title = 'Letter',
    kind = 'DOCUMENT',
    receipts = false,
    publicationId,
    box,
    document,
    annexes,
  } = changes
  return {
    ...(publicationId === undefined ? {} : { PublicationId: publicationId }),
    ...(box === undefined ? {} : { BoxId: box }),
    DestinationContext: [to].flat(),
    ContentContext: {
      Content: {
        Document: document ?? {
          Title: title,
          EncryptableTextContent: content,
          DownloadFileName: 'letter.txt',
          MimeType: 'text/plain',
          Digest: digest(content),
        },
        Annex: annexes ?? [],
      },
      ContentSpecification: {
        ContentType: kind,
        IsImportant: false,
        IsEncrypted: false,
        PublicationReceipt: receipts,
        ReceivedReceipt: receipts,
        ReadReceipt: receipts,
      },
      CustomMeta: [],
    },
    Meta: [],
    CopyMailTo: [],
  }
}

export interface LetterChanges {
  title?: string
  content?: Uint8Array
  kind?: SendMessageRequest['ContentContext']['ContentSpecification']['ContentType']
  receipts?: boolean
  publicationId?: string
  box?: Address
  document?: SendMessageRequest['ContentContext']['Content']['Document']
  annexes?: SendMessageRequest['ContentContext']['Content']['Annex']
}

/** Sends as any client could; gives the answer whatever its status. */
export async function post(
  user: User,
  request: SendMessageRequest,
  attachments: readonly Attachment[] = [],
): Promise<SendMessageResponse> {
  return (await user.session.call(operations.sendMessage, request, { attachments })).value
}

/** Sends and demands success; gives the MessageId of the sender's copy. */
export async function deliver(user: User, request: SendMessageRequest): Promise<string> {
  const answer = await post(user, request)
  if (answer.Status.Code !== '100') throw new Error(`status ${answer.Status.Code}`)
  return answer.Id!
}

type Folder = 'INBOX' | 'SENTBOX' | 'BININBOX' | 'BINSENTBOX'

/** The messages of a folder, newest first. */
export async function listed(
  user: User,
  Source: Folder,
  range: { StartIndex?: number; EndIndex?: number } = {},
) {
  const { value } = await user.session.call(operations.getMessagesList, { Source, ...range })
  if (value.Status.Code !== '100') throw new Error(`status ${value.Status.Code}`)
  return 'Message' in value ? (value.Message ?? []) : []
}

export const titles = async (...given: Parameters<typeof listed>): Promise<(string | undefined)[]> =>
  (await listed(...given)).map(({ ContentInfo }) => ContentInfo?.Title)
