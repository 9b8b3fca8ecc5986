import { inspect } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Connection, EHealthError } from '../../../src/index.js'
import { startSimulator, type RefusedCall, type Simulator } from '../../../src/simulator/index.js'
import { keysOf } from '../../../src/simulator/services/kgss/store.js'
import { createKgss, readers } from '../../../src/technical/kgss/index.js'
import { createWire, open, sealedIn, withSealed, type Wire } from './people.js'

const patient = '90010199794'
const content = Buffer.from('a finding that nobody may read')

let simulator: Simulator
let wire: Wire
/** Octets that were drawn for keys: contents, one-time keys. */
const drawn: Buffer[] = []
const refusals: RefusedCall[] = []
const lines: string[] = []
const errors: EHealthError[] = []
let ada: Connection<'ehbox'>
let noor: Connection<'ehbox'>

const show = (...items: unknown[]): void => {
  for (const item of items)
    lines.push(inspect(item, { depth: 12, showHidden: true }), String(item), JSON.stringify(item) ?? '')
}

beforeAll(async () => {
  simulator = await startSimulator({ onRefusal: (one) => refusals.push(one) })
  wire = createWire(simulator)
  const runtime = {
    ...simulator.runtime,
    randomBytes: (count: number) => {
      const octets = simulator.runtime.randomBytes(count)
      drawn.push(Buffer.from(octets))
      return octets
    },
  }
  ada = await open(simulator, 'physician', { transport: wire, runtime, on: show })
  noor = await open(simulator, 'nurse', { transport: wire, runtime, on: show })
})
afterAll(async () => {
  await Promise.all([ada.close(), noor.close()])
  wire.close()
  await simulator.close()
})

/** As a hexadecimal dump, a list of numbers and base64 show them. */
const faces = (octets: Uint8Array): string[] => {
  const all = Buffer.from(octets)
  return [
    all.toString('hex'),
    all.toString('hex').replace(/..(?!$)/g, '$& '),
    [...all].slice(0, 6).join(', '),
    all.toString('base64').slice(0, 20),
  ]
}

describe('whoever logs everything about the KGSS', () => {
  it('sees no key, no content, no reader and no message', async () => {
    const caching = createKgss(noor.session, { keyCache: { lifetime: 60_000 } })
    const newKey = () => ada.technical.kgss.newKey({ allowed: [readers.nurse(), readers.person(patient)] })
    const key = await newKey()
    const sealed = await ada.technical.seal(content, { secretKey: key })
    const spoil = (change: (text: string) => string) => async (): Promise<unknown> => {
      wire.answer = change
      try {
        return await noor.technical.kgss.getKey(key.id, { answerFor: 'one-time-key' })
      } finally {
        wire.answer = undefined
      }
    }
    const flipped = (text: string): string => {
      const octets = sealedIn(text)
      octets[octets.length - 200]! ^= 1
      return withSealed(text, octets)
    }
    const attempts: (() => Promise<unknown>)[] = [
      newKey,
      () => noor.technical.kgss.getKey(key.id, { answerFor: 'token' }),
      () => noor.technical.kgss.getKey(key.id, { answerFor: 'one-time-key' }),
      () => caching.getKey(key.id),
      // The content that was opened is the caller's to show or to keep.
      async () => void (await caching.unseal(sealed)),
      () => ada.technical.kgss.unseal(sealed),
      () => ada.technical.kgss.newKey({ allowed: [{ namespace: 'urn:n', name: `${patient} x` }] }),
      () => noor.technical.kgss.getKey(`${Buffer.from(key.key).toString('base64')}?`),
      spoil(flipped),
      spoil((text) => withSealed(text, sealedIn(text).subarray(0, 3000))),
      spoil((text) => withSealed(text, sealed)),
      spoil((text) => text.replace('<Code>200<', '<Code>500<')),
      spoil((text) => text.replace(/<Status>.*<\/Status>/, '')),
      spoil((text) => text.slice(0, -40)),
      async () => {
        const used = await newKey()
        used.destroy()
        return used.key
      },
    ]
    for (const kind of ['html', 'truncate', 'doctype', 'foreign-element'] as const)
      attempts.push(() => {
        simulator.faults.add({ kind, service: 'kgss' } as never)
        return newKey()
      })
    for (const attempt of attempts)
      await attempt().then(show, (error: unknown) => {
        show(error)
        errors.push(error as EHealthError)
      })
    show(ada, noor, ada.technical, ada.technical.kgss, caching, key, { key }, [key], refusals)

    expect(errors.length).toBeGreaterThanOrEqual(14)
    expect(errors.filter(({ name }) => name !== 'EHealthError')).toEqual([])
    const codes = new Set(errors.map(({ code }) => code))
    for (const code of [
      'kgss.answer',
      'kgss.key-not-found',
      'kgss.refused',
      'kgss.reader',
      'kgss.key-id',
      'kgss.destroyed',
    ])
      expect(codes).toContain(code)
    const shown = lines.join('\n')
    expect(shown).toContain(key.id)
    const keys = [...keysOf(simulator.world).values()].map((stored) => stored.key)
    expect(keys.length).toBeGreaterThanOrEqual(3)
    expect(drawn.filter(({ length }) => length === 16).length).toBeGreaterThan(10)
    for (const octets of [...keys, ...drawn.filter(({ length }) => length >= 16), content])
      for (const face of faces(octets)) expect(shown.includes(face), face.slice(0, 8)).toBe(false)
    for (const hidden of [
      patient,
      simulator.personas.physician.ssin,
      content.toString(),
      'RequestContent',
      'SealedContent>',
      '<S:Envelope',
      'PRIVATE KEY',
    ])
      expect(shown.includes(hidden), hidden.slice(0, 12)).toBe(false)
  })

  it('finds neither the key nor the one-time key in the octets on the wire', async () => {
    const { id } = await ada.technical.kgss.newKey({ allowed: [readers.nurse()] })
    const before = drawn.length
    await noor.technical.kgss.getKey(id, { answerFor: 'one-time-key' })
    const [oneTime, ...ofRequest] = drawn.slice(before).filter(({ length }) => length === 16)
    const { request, answer } = wire.seen.at(-1)!
    const sealed = [sealedIn(request), sealedIn(answer)]
    const key = Buffer.from(keysOf(simulator.world).get(id)!.key)
    for (const octets of sealed)
      for (const secret of [key, oneTime!]) expect(octets.includes(secret)).toBe(false)
    // Of what was drawn for the request the initialisation vector alone travels in clear: what is looked for can be found.
    expect(ofRequest.map((octets) => sealed[0]!.includes(octets)).sort()).toEqual([false, true])
  })
})
