import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { later, openMailboxWorld, type MailboxWorld } from './world.js'

const mailbox = 'memberDataAsync'
let world: MailboxWorld
beforeAll(async () => {
  world = await openMailboxWorld({ insurersMailboxes: { answerDelay: 60_000 } })
})
afterAll(() => world.close())

describe('a mailbox of the insurers', () => {
  it('takes a post, answers later, and forgets what is confirmed', async () => {
    const { me, simulator } = world
    const content = Buffer.from('<a>1</a>')
    const posted = await me.genericAsync.post({ mailbox, content })
    expect(posted).toMatchObject({ outcome: 'accepted', tackBasis: 'content' })
    const early = await me.genericAsync.get({ mailbox })
    expect(early.messages).toEqual([])
    await expect(me.genericAsync.get({ mailbox })).rejects.toMatchObject({
      code: 'async.too-soon',
      retryable: true,
    })
    simulator.clock.advance(61_000)
    const { messages, tacks } = await me.genericAsync.get({ mailbox, tacks: 10 })
    expect(messages).toHaveLength(2)
    expect(tacks).toMatchObject([{ outcome: 'accepted', inputReference: posted.inputReference }])
    const opened = await me.genericAsync.open(messages[0]!)
    expect(Buffer.from(opened.content)).toEqual(content)
    await me.genericAsync.confirm({ mailbox, messages, tacks })
    const after = await me.genericAsync.get({ mailbox, tacks: 10 })
    expect([after.messages, after.tacks]).toEqual([[], []])
    simulator.clock.advance(later)
  })
})
