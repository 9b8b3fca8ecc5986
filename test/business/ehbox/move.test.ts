import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { Folder, ListedMessage } from '../../../src/business/ehbox/index.js'
import { folders } from '../../../src/business/ehbox/listed.js'
import { allowedMoves } from '../../../src/business/ehbox/move.js'
import { mailOf } from '../../../src/simulator/services/ehbox/store.js'
import { openCast, type Cast } from './world.js'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(() => {
  mailOf(cast.simulator.world).copies.length = 0
})

async function fill(count: number): Promise<ListedMessage[]> {
  for (let index = 0; index < count; index += 1)
    await cast.hospital.ehbox.send({ to: [cast.toNurse], title: `M${index}`, body: 'x' })
  return list('INBOX')
}

async function list(folder: Folder): Promise<ListedMessage[]> {
  const messages = []
  for await (const message of cast.nurse.ehbox.messages({ folder })) messages.push(message)
  return messages
}

const calls = (operation: string) => cast.simulator.calls('ehboxConsultation', operation)

describe('moving', () => {
  it('brings messages into the bin and back', async () => {
    const messages = await fill(3)
    const ids = messages.map(({ id }) => id)
    expect(await cast.nurse.ehbox.move(messages, { from: 'INBOX', to: 'BININBOX' })).toEqual({
      done: ids,
      failed: [],
    })
    expect(await list('INBOX')).toEqual([])
    expect((await list('BININBOX')).map(({ id }) => id)).toEqual(ids)
    await cast.nurse.ehbox.move([ids[0]!], { from: 'BININBOX', to: 'INBOX' })
    expect((await list('INBOX')).map(({ id }) => id)).toEqual([ids[0]])
  })

  it('is refused between any other folders, before anything is called', async () => {
    const before = calls('moveMessage')
    for (const from of folders)
      for (const to of folders)
        if (allowedMoves[from] !== to)
          await expect(cast.nurse.ehbox.move(['9Y000AAA00001'], { from, to })).rejects.toMatchObject({
            code: 'ehbox.move',
            path: 'to',
          })
    await expect(
      cast.nurse.ehbox.move(['9Y000AAA00001'], { from: 'TRASH' as never, to: 'INBOX' }),
    ).rejects.toMatchObject({ code: 'ehbox.folder', path: 'from' })
    expect(calls('moveMessage')).toBe(before)
  })

  it('is refused for a message that was listed in another folder', async () => {
    const messages = await fill(1)
    await expect(cast.nurse.ehbox.move(messages, { from: 'BININBOX', to: 'INBOX' })).rejects.toMatchObject({
      code: 'ehbox.folder',
    })
  })

  it('takes a hundred messages per call, each once, and none with no call', async () => {
    const messages = await fill(101)
    const before = calls('moveMessage')
    expect(await cast.nurse.ehbox.move([], { from: 'INBOX', to: 'BININBOX' })).toEqual({
      done: [],
      failed: [],
    })
    expect(calls('moveMessage')).toBe(before)
    const outcome = await cast.nurse.ehbox.move([...messages, ...messages], { from: 'INBOX', to: 'BININBOX' })
    expect(outcome.done).toHaveLength(101)
    expect(calls('moveMessage')).toBe(before + 2)
    expect(await list('BININBOX')).toHaveLength(101)
  })

  it('tells which messages the platform could not move', async () => {
    const [message] = await fill(1)
    await expect(
      cast.nurse.ehbox.move([message!, '0000000000000'], { from: 'INBOX', to: 'BININBOX' }),
    ).rejects.toMatchObject({
      code: 'ehbox.refused',
      details: { done: [], listed: ['0000000000000'], notAttempted: [] },
    })
    // The others were handled all the same (spec ehealthbox §3.7).
    expect(await list('BININBOX')).toHaveLength(1)
  })
})

describe('deleting', () => {
  it('is final, from folder and bin', async () => {
    const messages = await fill(2)
    expect((await cast.nurse.ehbox.delete([messages[0]!], { folder: 'INBOX' })).done).toEqual([
      messages[0]!.id,
    ])
    await cast.nurse.ehbox.move([messages[1]!], { from: 'INBOX', to: 'BININBOX' })
    await cast.nurse.ehbox.delete([messages[1]!.id], { folder: 'BININBOX' })
    expect([...(await list('INBOX')), ...(await list('BININBOX'))]).toEqual([])
  })

  it('leaves the copies of others alone', async () => {
    const messages = await fill(1)
    await cast.nurse.ehbox.delete(messages, { folder: 'INBOX' })
    const sent = []
    for await (const message of cast.hospital.ehbox.messages({ folder: 'SENTBOX' })) sent.push(message)
    expect(sent).toHaveLength(1)
    await expect(cast.nurse.ehbox.delete([sent[0]!.id], { folder: 'SENTBOX' })).rejects.toMatchObject({
      code: 'ehbox.refused',
    })
  })
})
