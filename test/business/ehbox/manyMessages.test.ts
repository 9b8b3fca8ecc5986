import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openCast, type Cast } from './world.js'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const send = (title: string, to: Parameters<Cast['physician']['ehbox']['send']>[0]['to'] = [cast.toNurse]) =>
  cast.physician.ehbox.send({ to, title, body: 'Dear colleague' })
const calls = (operation: string) => cast.simulator.calls('ehboxConsultation', operation)

describe('a box with more messages than one answer holds', () => {
  it('is read to its end in pages of a hundred, each message once, while mail arrives', async () => {
    const old = Array.from({ length: 230 }, (_, index) => `M${index}`)
    for (const title of old) await send(title)
    const before = calls('getMessagesList')
    const titles: (string | undefined)[] = []
    for await (const { title } of cast.nurse.ehbox.messages()) {
      titles.push(title)
      // In the middle of a page, at its end, and at the end of all: every time everything moves down.
      if ([50, 100, 199, 229].includes(titles.length)) await send(`new ${titles.length}`)
    }
    expect(titles).toEqual(old.toReversed())
    expect(calls('getMessagesList') - before).toBe(3)
    const again: (string | undefined)[] = []
    for await (const { title } of cast.nurse.ehbox.messages()) again.push(title)
    expect(again).toEqual(['new 229', 'new 199', 'new 100', 'new 50', ...titles])
  })
})

describe('a message to more recipients than one answer holds', () => {
  it('has the state of every one of them', async () => {
    const quality = 'GERONTOLOGY_MASTER'
    for (let number = 0; number < 201; number++)
      cast.simulator.world.register({
        name: `pharmacist-${number}`,
        kind: 'person',
        displayName: `PHARMACIST ${number}`,
        profession: 'pharmacist',
        certificateType: 'SSIN',
        certificateValue: String(number).padStart(11, '0'),
        ssin: String(number).padStart(11, '0'),
        qualities: [quality],
        certified: {},
      })
    const outcome = await send('To all', [{ id: 'ALL', type: 'INSS', quality }])
    if (outcome.outcome !== 'sent') throw new Error('not sent')
    const before = calls('getMessageAcknowledgmentsStatus')
    const rows = await cast.physician.ehbox.acknowledgements(outcome.id!)
    expect(rows.filter(({ received }) => received instanceof Date)).toHaveLength(201)
    expect(rows).toHaveLength(201)
    expect(calls('getMessageAcknowledgmentsStatus') - before).toBe(3)
  })
})
