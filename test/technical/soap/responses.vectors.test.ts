import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { resolveAttachment } from '../../../src/technical/soap/attachments/swa.js'
import { judgeFailure } from '../../../src/technical/soap/failures.js'
import { parseHttpDump } from '../../../src/technical/soap/httpDump.js'
import { readResponse, type SoapResponse } from '../../../src/technical/soap/response.js'
import {
  assertCommons10Status,
  assertCommonsV1Status,
  assertCommonsV2Status,
  statusOf,
} from '../../../src/technical/soap/status.js'
import { platformCodes, type SoaCode } from '../../../src/technical/soap/platformCodes.js'
import { attribute, descendants, textOf } from '../../../src/technical/xml/tree.js'

interface Expected {
  kind: 'ok' | 'fault' | 'status-error' | 'transport-error' | 'invalid'
  statusFamily?: 'commons-1_0' | 'commons-v1' | 'commons-v2'
  code?: string | null
  subCode?: string
  inResponseTo?: string
  messages?: Record<string, string>
  faultCode?: string
  faultString?: string
  origin?: string | null
  environment?: string | null
  ticket?: string | null
  retry?: boolean
  contact?: string
  errorKind?: string
  codeFrom?: string
  switchEndpoint?: boolean
  attachmentMissing?: boolean
  attachmentSha256?: string
}
interface Row {
  id: string
  file: string
  httpStatus: number
  expect: Expected
  why: string
}

const folder = new URL('../../../fixtures/soap/responses/', import.meta.url)
const rows = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as Row[]
const assertStatus = {
  'commons-1_0': assertCommons10Status,
  'commons-v1': assertCommonsV1Status,
  'commons-v2': assertCommonsV2Status,
}

function open({ file }: Row): SoapResponse {
  const { status, headers, body } = parseHttpDump(readFileSync(new URL(file, folder)))
  return readResponse({ status: status!, headers, body })
}

function refusal(row: Row): EHealthError {
  try {
    const { payload } = open(row)
    const family = row.expect.statusFamily
    if (family !== undefined) assertStatus[family](payload)
  } catch (error) {
    if (error instanceof EHealthError) return error
    throw error
  }
  throw new Error('accepted')
}

const languages = (messages: { text: string; language?: string }[] | undefined): Record<string, string> =>
  Object.fromEntries((messages ?? []).map(({ text, language }) => [language ?? '', text]))

const of = (...kinds: Expected['kind'][]): Row[] => rows.filter((row) => kinds.includes(row.expect.kind))

describe('answers of the platform', () => {
  it('are 39, all judged here', () => {
    expect(rows).toHaveLength(39)
    expect(of('ok', 'fault', 'status-error', 'transport-error', 'invalid')).toHaveLength(39)
  })

  it.each(of('ok'))('reads $id: $why', (row) => {
    const { payload } = open(row)
    const family = row.expect.statusFamily
    const status = family === undefined ? statusOf(payload) : assertStatus[family](payload)
    expect(status).toMatchObject({ success: true, code: row.expect.code })
    if (family !== undefined) expect(status?.family).toBe(family)
    expect(status?.subCode).toBe(row.expect.subCode)
    if (row.expect.inResponseTo !== undefined)
      expect(attribute(payload, 'InResponseTo')).toBe(row.expect.inResponseTo)
  })

  it.each(of('status-error'))('refuses for the business reason of $id: $why', (row) => {
    const error = refusal(row)
    expect(error.code).toBe('fault.business')
    expect(error.platform?.code).toBe(row.expect.code)
    expect(error.details?.['subCode']).toBe(row.expect.subCode)
    if (row.expect.messages !== undefined)
      expect(languages(error.platform?.messages)).toEqual(row.expect.messages)
  })

  it.each(of('fault'))('turns the fault of $id into an error: $why', (row) => {
    const error = refusal(row)
    const { expect: expected } = row
    expect(error.family).toBe('fault')
    expect(error.platform).toMatchObject({ faultCode: expected.faultCode, httpStatus: row.httpStatus })
    expect(error.platform?.code ?? null).toBe(expected.code)
    if ('origin' in expected) expect(error.platform?.origin ?? null).toBe(expected.origin)
    if ('environment' in expected) expect(error.platform?.environment ?? null).toBe(expected.environment)
    if ('ticket' in expected) expect(error.platform?.id ?? null).toBe(expected.ticket)
    if (expected.retry !== undefined) expect(error.retryable).toBe(expected.retry)
    if (expected.contact !== undefined) expect(error.platform?.contact).toBe(expected.contact)
    if (expected.messages !== undefined)
      expect(languages(error.platform?.messages)).toEqual(expected.messages)
    expect(error.platform?.correlationId).toBe('1a000000-0000-4000-8000-000000000900')
    // what the platform wrote may be about a patient; it stays out of the message
    expect(error.message).not.toMatch(/synth|texte/i)
  })

  it.each(of('transport-error'))('knows $id for no SOAP message: $why', (row) => {
    expect(refusal(row).code).toBe(row.httpStatus >= 300 ? 'transport.http' : 'transport.content')
  })

  it.each(rows.filter(({ expect: { switchEndpoint } }) => switchEndpoint !== undefined))(
    'says whether another endpoint may be tried after $id: $expect.switchEndpoint',
    (row) => {
      const verdict = judgeFailure(refusal(row), { idempotent: true })
      expect(verdict.switchEndpoint).toBe(row.expect.switchEndpoint)
      // each of them may have arrived: a message that must not be carried out twice goes nowhere else
      expect(judgeFailure(refusal(row), { idempotent: false }).switchEndpoint).toBe(false)
    },
  )

  it.each(of('fault').filter(({ expect: { errorKind } }) => errorKind !== undefined))(
    'keeps everything that $id says, and says who must act',
    (row) => {
      const error = refusal(row)
      const { code, errorKind } = row.expect
      const general = Object.hasOwn(platformCodes, code!) ? platformCodes[code as SoaCode] : undefined
      expect(error.code).toBe(
        general?.error ?? (errorKind === 'BusinessError' ? 'fault.business' : 'fault.other'),
      )
      expect(error.platform?.retry).toBe(row.expect.retry)
      expect(error.platform?.messages?.length).toBeGreaterThan(0)
      expect(error.hint).not.toBe('')
      expect(error.origin).toBe('platform')
    },
  )

  it.each(of('invalid'))('refuses $id: $why', (row) => {
    expect(refusal(row).family).toBe('xml')
  })
})

describe('headers that must be understood', () => {
  it('may be ignored on demand, as the official connector does', () => {
    const { status, headers, body } = parseHttpDump(
      readFileSync(new URL('e02-header-with-unknown-must-understand.http', folder)),
    )
    const { payload } = readResponse({ status: status!, headers, body }, { unknownHeaders: 'ignore' })
    expect(statusOf(payload)?.code).toBe('100')
  })
})

describe('attachments of answers', () => {
  const row = (id: string): Row => rows.find((candidate) => candidate.id === id)!
  const reference = ({ payload }: SoapResponse): string =>
    textOf([...descendants(payload)].find(({ local }) => local === 'Ref')!)

  it('are found although cid is percent-encoded, and hold what looks like a boundary', () => {
    const answer = open(row('a01'))
    const { content, contentType } = resolveAttachment(reference(answer), answer.attachments)
    expect(contentType).toBe('application/octet-stream')
    expect(Buffer.from(content).includes('------=_Part_0_1.')).toBe(true)
    expect(content.at(0)).toBe(0)
  })

  it('are found without cid: and although the envelope is not the first part', () => {
    const answer = open(row('a02'))
    expect(resolveAttachment(reference(answer), answer.attachments).content).toHaveLength(3)
  })

  it('fail to resolve, and are not empty, when the part is missing', () => {
    const answer = open(row('a03'))
    expect(() => resolveAttachment(reference(answer), answer.attachments)).toThrow(
      expect.objectContaining({ code: 'transport.attachment' }),
    )
  })

  it('come back as base64 where xop:Include stood', () => {
    const data = [...descendants(open(row('a04')).payload)].find(({ local }) => local === 'Data')!
    expect(Buffer.from(textOf(data), 'base64').toString('latin1')).toMatch(/^binary .* content$/s)
  })
})
