/** Intake over HTTP: who may, what, and what an answer means. */
import { createHash, randomBytes } from 'node:crypto'
import { connect } from 'node:net'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import {
  listenForPrescriptions,
  openPrescriptionArchive,
  type PrescriptionArchive,
  type PrescriptionIntake,
} from '../../../src/business/prescriptionArchive/index.js'
import { workplace } from './support.js'

const file = workplace()
const token = 'a token of the test, long enough'
const authorization = `Bearer ${token}`

let archive: PrescriptionArchive
let intake: PrescriptionIntake

beforeAll(async () => {
  archive = await openPrescriptionArchive({ file: file('server.db'), maxBytes: 100_000 })
  intake = await listenForPrescriptions({ archive, token })
})
afterAll(async () => {
  await intake.close()
  await archive.close()
})

const post = (path: string, body: Uint8Array | string, headers: Record<string, string> = { authorization }) =>
  fetch(intake.url + path, { method: 'POST', headers, body })
const entries = async () => (await archive.status()).entries

describe('intake over HTTP', () => {
  it('listens on loopback and answers with the receipt of what is on the disk', async () => {
    expect(intake.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const content = randomBytes(5000)
    const answer = await post('/prescriptions', content, {
      authorization,
      'x-source-system': 'ward',
      'x-source-id': 'act-1',
    })
    expect(answer.status).toBe(201)
    const sha256 = createHash('sha256').update(content).digest('base64')
    const receipt = (await answer.json()) as Record<string, unknown>
    expect(receipt).toMatchObject({ ref: 1, sha256, resubmitted: false })
    const again = await post('/digests', JSON.stringify({ sha256, sourceSystem: 'ward', sourceId: 'act-1' }))
    expect(again.status).toBe(200)
    expect(await again.json()).toEqual({ ...receipt, resubmitted: true })
  })

  it.each([
    ['no token', 'POST', '/prescriptions', undefined, 401, 0],
    ['another token', 'POST', '/prescriptions', `${authorization}x`, 401, 0],
    ['another scheme', 'POST', '/prescriptions', `Basic ${token}`, 401, 0],
    ['another path', 'POST', '/prescription', authorization, 404, 0],
    ['another method', 'PUT', '/prescriptions', authorization, 405, 0],
    ['an empty body', 'POST', '/prescriptions', authorization, 400, 0],
    ['a large body', 'POST', '/prescriptions', authorization, 413, 100_001],
    ['no JSON', 'POST', '/digests', authorization, 400, 10],
    ['large JSON', 'POST', '/digests', authorization, 413, 5000],
  ])('refuses %s, and takes nothing in', async (_what, method, path, auth, status, size) => {
    const before = await entries()
    const answer = await fetch(intake.url + path, {
      method,
      headers: auth === undefined ? {} : { authorization: String(auth) },
      ...(size === 0 ? {} : { body: new Uint8Array(Number(size)).fill(32) }),
    })
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toContain(token)
    expect(await entries()).toBe(before)
  })

  it('refuses a digest that is none, and fields that nobody knows', async () => {
    expect((await post('/digests', JSON.stringify({ sha256: 'abc' }))).status).toBe(400)
    expect((await post('/digests', JSON.stringify({ sha256: 'a'.repeat(64), note: 'x' }))).status).toBe(400)
    expect((await post('/digests', JSON.stringify({ content: { 0: 1, length: 1 } }))).status).toBe(400)
    expect((await post('/digests', 'null')).status).toBe(400)
  })

  it('takes nothing in when the body breaks off', async () => {
    const before = await entries()
    const socket = connect(Number(new URL(intake.url).port), '127.0.0.1')
    socket.write(
      `POST /prescriptions HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 100\r\n\r\nhalf`,
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    await post('/prescriptions', 'another one')
    expect(await entries()).toBe(before + 1)
  })

  it('asks to hand over again what could not be written', async () => {
    const busy = await listenForPrescriptions({
      archive: {
        add: () => Promise.reject(new EHealthError('prescription-archive.busy', '1 waits')),
        status: () => archive.status(),
      },
      token,
    })
    const answer = await fetch(`${busy.url}/prescriptions`, {
      method: 'POST',
      headers: { authorization },
      body: 'x',
    })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await answer.json()).toMatchObject({
      error: { code: 'prescription-archive.busy', retryable: true },
    })
    await busy.close()
  })

  it('tells whether all is well to anybody, and the numbers to those who may hand in', async () => {
    const open = await fetch(`${intake.url}/health`)
    expect([open.status, await open.json()]).toEqual([200, { health: 'ok' }])
    const told = await fetch(`${intake.url}/health`, { headers: { authorization } })
    expect(await told.json()).toMatchObject({ health: 'ok', entries: await entries(), bags: { SEALED: 0 } })
    const { oldestUnstamped } = await archive.status()
    const late = await listenForPrescriptions({
      archive,
      token,
      now: () => new Date(oldestUnstamped!.getTime() + 900_001),
    })
    const answer = await fetch(`${late.url}/health`)
    expect([answer.status, await answer.json()]).toEqual([503, { health: 'late' }])
    await late.close()
  })

  it('ends while a request is half-way, in seconds', { timeout: 10_000 }, async () => {
    const closing = await listenForPrescriptions({ archive, token })
    const socket = connect(Number(new URL(closing.url).port), '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    await closing.close()
    await expect(fetch(`${closing.url}/health`)).rejects.toThrow()
    socket.destroy()
  })

  it.each([
    [{ token: 'short' }, 'token'],
    [{ token, port: 70_000 }, 'port'],
    [{ token, prot: 1 }, 'prot'],
  ])('is refused with %o', async (options, path) => {
    await expect(listenForPrescriptions({ archive, ...options })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path,
    })
  })

  it('says that a port is taken', async () => {
    const port = Number(new URL(intake.url).port)
    await expect(listenForPrescriptions({ archive, token, port })).rejects.toMatchObject({ path: 'port' })
  })
})
