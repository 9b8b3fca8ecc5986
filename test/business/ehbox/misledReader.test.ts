import { generateKeyPairSync } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect, type Connection } from '../../../src/connect.js'
import type { EHealthError } from '../../../src/errors.js'
import { nurse as nurseProfession } from '../../../src/professions/index.js'
import { letterOf, mailOf } from '../../../src/simulator/services/ehbox/store.js'
import { softwareCredential } from '../../../src/technical/keystore/index.js'
import { seal } from '../../../src/technical/seal/index.js'
import { createTransport } from '../../../src/technical/soap/transport.js'
import type { Transport } from '../../../src/technical/soap/types.js'
import { connectAs } from '../../attack/support.js'
import { actor, authority, issue, name, named } from '../../technical/pki/issue.js'
import { openCast, type Cast } from './world.js'

let cast: Cast
let wire: Transport
let nurse: Connection<'ehbox'>
/** What is done to the text of the next answer of the consultation; nothing when it holds no such thing. */
let spoil: ((answer: string) => string) | undefined

beforeAll(async () => {
  cast = await openCast()
  wire = createTransport({ trust: cast.simulator.environment.trust.tls ?? [] })
  nurse = await connectAs('nurse', cast.simulator, {
    close: () => wire.close(),
    post: async (request) => {
      const response = await wire.post(request)
      if (spoil === undefined || !request.url.includes('Consultation')) return response
      const text = Buffer.from(response.body).toString('utf8')
      const changed = spoil(text)
      if (changed === text) throw new Error('nothing was changed')
      return { ...response, body: Buffer.from(changed) }
    },
  })
})
afterAll(async () => {
  spoil = undefined
  await nurse.close()
  wire.close()
  await cast.close()
})

/** Sends clear messages to the nurse; gives their ids in her box, oldest first. */
async function deliver(count: number): Promise<string[]> {
  spoil = undefined
  const title = `Delivered ${count}`
  for (let number = 0; number < count; number++)
    await cast.physician.ehbox.send({ to: [cast.toNurse], title, body: 'Dear colleague' })
  const ids: string[] = []
  for await (const message of nurse.ehbox.messages()) if (message.title === title) ids.unshift(message.id)
  return ids
}

describe('an answer of the eHealthBox that was changed on the way', () => {
  it('is refused when it is another message than the one asked for', async () => {
    const [asked] = await deliver(1)
    spoil = (answer) => answer.replace(`MessageId="${asked}"`, 'MessageId="OTHERMESSAGE1"')
    await expect(nurse.ehbox.read(asked!)).rejects.toMatchObject({
      code: 'contract.unreadable',
      path: 'GetFullMessageResponse.Message@MessageId',
    })
  })

  it('is refused when a body stands in it and beside it', async () => {
    const [asked] = await deliver(1)
    spoil = (answer) =>
      answer.replace(
        /(<EncryptableTextContent>[^<]*<\/EncryptableTextContent>)/,
        '<EncryptableBinaryContent>cid:other</EncryptableBinaryContent>$1',
      )
    await expect(nurse.ehbox.read(asked!)).rejects.toMatchObject({ code: 'contract.unreadable' })
  })

  it('tells which messages were not moved, though it says success', async () => {
    const [first, second] = await deliver(2)
    spoil = (answer) => answer.replace(/<\/Status>/, `</Status><MessageId>${second}</MessageId>`)
    expect(await nurse.ehbox.move([first!, second!], { from: 'INBOX', to: 'BININBOX' })).toEqual({
      done: [first],
      failed: [second],
    })
  })
})

describe('a sealed field', () => {
  // digitalSignature alone is a log-in; a letter takes the signature that its author answers for.
  it.each([
    ['with non-repudiation', 0xc0, undefined],
    ['without', 0x80, 'unseal.refused'],
  ])('counts when its author signed with a certificate %s: %s', async (_, usage, code) => {
    const { simulator } = cast
    const root = actor('Root')
    const author = named(
      name(['2.5.4.11', 'SSIN=90010199794'], ['2.5.4.3', 'SSIN=90010199794']),
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
    )
    const credential = softwareCredential({
      certificate: issue({ subject: author, issuer: root, usage }),
      privateKey: author.privateKey,
    })
    const { keystore, password, ssin, nihii } = simulator.personas.nurse
    const { environment } = simulator
    const signers = [...environment.trust.signers!, authority(root, root).der]
    await using reader = await connect({
      environment: { ...environment, trust: { ...environment.trust, signers } },
      runtime: simulator.runtime,
      keystore: { bytes: keystore, password },
      as: nurseProfession({ ssin, nihii }),
    })
    const title = `Signed with ${usage}`
    await cast.physician.ehbox.send({ to: [cast.toNurse], title, body: 'Dear colleague', encrypt: true })
    const state = mailOf(simulator.world)
    const copy = state.copies.find(
      ({ box, letter }) => box === 'nurse/NURSE' && state.letters.get(letter)?.title === title,
    )!
    letterOf(state, copy).document.content.bytes = await seal(Buffer.from('Sealed by another'), {
      credential,
      recipients: [await reader.technical.etk.own()],
      runtime: simulator.runtime,
    })
    const outcome = await reader.ehbox.read(copy.messageId).then(
      (message) => (message.type === 'DOCUMENT' ? message.body.text : message.type),
      (error: unknown) => (error as EHealthError).code,
    )
    expect(outcome).toBe(code ?? 'Sealed by another')
  })
})
