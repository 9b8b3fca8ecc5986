/** Proving a prescription, and that nothing that was changed is proven. */
import { createHash, randomBytes } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { proofText } from '../../../src/business/prescriptionArchive/index.js'
import { verifyTimestampToken } from '../../../src/technical/timestamp/index.js'
import { Certificate } from '../../../src/technical/pki/index.js'
import { workplace } from './support.js'
import { minute, noon, openHouse, takeIn, type House, type Opened } from './world.js'

const file = workplace()
let house: House

beforeAll(async () => {
  house = await openHouse(file)
})
afterAll(() => house.close())
beforeEach(() => house.simulator.clock.set(noon))

/** An archive of one stamped bag with a few prescriptions. */
async function stamped(): Promise<Opened & { contents: Uint8Array[] }> {
  const opened = await house.open()
  const contents = await takeIn(opened.archive, 3)
  house.simulator.clock.advance(5 * minute)
  await opened.archive.seal()
  await opened.archive.send()
  return { ...opened, contents }
}

describe('a prescription that was stamped', () => {
  it('is proven by itself, its digest or its number, with bag, position, token and certificates', async () => {
    const { archive, contents } = await stamped()
    const content = contents[1]!
    const digest = createHash('sha256').update(content).digest()
    const proof = await archive.prove({ content })
    expect(proof).toMatchObject({
      outcome: 'proven',
      sha256: digest.toString('base64'),
      evidence: [
        {
          entry: { ref: 2, sourceSystem: 'ward', receivedAt: noon.toISOString() },
          bag: { sequence: 1, position: 2, entries: 3, state: 'ARCHIVED' },
          stamps: [{ valid: true, source: 'answer' }],
        },
      ],
    })
    const [{ bag, stamps, checks }] = proof.evidence as [(typeof proof.evidence)[0]]
    expect(checks.every(({ passed }) => passed)).toBe(true)
    expect(stamps[0]!.checks).toHaveLength(15)
    expect(stamps[0]!.checks.filter(({ result }) => result === 'failed')).toEqual([])
    expect(await archive.prove({ sha256: digest })).toEqual(proof)
    expect(await archive.prove({ ref: 2 })).toEqual(proof)
    // whoever has the evidence needs neither archive nor journal
    const octets = Buffer.from(bag!.bytes, 'base64')
    expect(octets.toString()).toContain(digest.toString('base64'))
    const verdict = await verifyTimestampToken(Buffer.from(stamps[0]!.token, 'base64'), {
      data: octets,
      trust: [Certificate.from(stamps[0]!.certificates.at(-1)!)],
      at: house.simulator.runtime.now(),
    })
    expect(verdict.valid).toBe(true)
  })

  it('is shown to people with everything that was looked at', async () => {
    const { archive, contents } = await stamped()
    const text = proofText(await archive.prove({ content: contents[0]! }))
    expect(text).toMatch(/^PROVEN:/m)
    expect(text).toMatch(/^Entry 1 of the journal$/m)
    expect(text).toMatch(/Bag +1, entry 1 of 3$/m)
    expect(text).toMatch(/passed +bag-chain$/m)
    expect(text).toMatch(/passed +8 signature$/m)
    expect(text).not.toContain('FAILED')
  })

  it('is proven once for each time that it was taken in', async () => {
    const opened = await house.open()
    const content = randomBytes(100)
    for (const sourceSystem of ['ward', 'pharmacy']) await opened.archive.add({ content, sourceSystem })
    await opened.archive.seal()
    await opened.archive.send()
    const { outcome, evidence } = await opened.archive.prove({ content })
    expect([outcome, evidence.map(({ entry }) => entry.sourceSystem)]).toEqual([
      'proven',
      ['ward', 'pharmacy'],
    ])
  })
})

describe('a prescription that is not proven', () => {
  it('is unknown, or has not been stamped yet: in the journal, or in a bag', async () => {
    const { archive } = await house.open()
    const [content] = await takeIn(archive, 1)
    expect(await archive.prove({ content: Buffer.from('never seen') })).toMatchObject({
      outcome: 'unknown',
      evidence: [],
    })
    expect(await archive.prove({ ref: 99 })).toMatchObject({ outcome: 'unknown' })
    expect(await archive.prove({ content: content! })).toMatchObject({
      outcome: 'pending',
      evidence: [{ stamps: [] }],
    })
    await archive.seal()
    const proof = await archive.prove({ content: content! })
    expect(proof).toMatchObject({ outcome: 'pending', evidence: [{ bag: { sequence: 1, state: 'SEALED' } }] })
    expect(proofText(proof)).toMatch(/^PENDING:/m)
  })

  it.each([
    ['the digest in the journal', 'bag-entries', `UPDATE entry SET hash = zeroblob(32) WHERE ref = 2`],
    ['another entry of the bag, removed', 'bag-entries', `DELETE FROM entry WHERE ref = 3`],
    [
      'the octets of the bag',
      'bag-digest',
      `UPDATE bag SET bytes = CAST(replace(CAST(bytes AS TEXT), 'Ref>3', 'Ref>4') AS BLOB)`,
    ],
    ['the digest of the bag', 'bag-digest', `UPDATE bag SET sha256 = zeroblob(32)`],
    [
      'the number of the bag in its octets',
      'bag-sequence',
      `UPDATE bag SET bytes = CAST(replace(CAST(bytes AS TEXT), 'SequenceNumber="1"', 'SequenceNumber="2"') AS BLOB)`,
    ],
    ['octets that are no bag', 'bag-schema', `UPDATE bag SET bytes = x'3c612f3e'`],
  ])('is broken after a change of %s', async (_what, check, sql) => {
    const { archive, store, contents } = await stamped()
    store.run(sql)
    const proof = await archive.prove({ content: contents[0]! })
    expect(proof.outcome).toBe('broken')
    expect(proof.evidence[0]!.checks).toContainEqual(expect.objectContaining({ name: check, passed: false }))
    expect(proofText(proof)).toMatch(new RegExp(`FAILED +${check}`))
  })

  it('is broken when the token was changed, or is gone', async () => {
    const { archive, store, contents } = await stamped()
    const { tokenBytes } = store.get<{ tokenBytes: Uint8Array }>('SELECT tokenBytes FROM stamp')!
    const changed = Buffer.from(tokenBytes)
    changed[changed.length - 10]! ^= 1
    store.run('UPDATE stamp SET tokenBytes = ?', changed)
    const proof = await archive.prove({ content: contents[0]! })
    expect(proof).toMatchObject({ outcome: 'broken', evidence: [{ stamps: [{ valid: false }] }] })
    store.run('DELETE FROM stamp')
    expect(await archive.prove({ content: contents[0]! })).toMatchObject({ outcome: 'broken' })
  })

  it('is broken when a bag before it was taken away', async () => {
    const opened = await house.open({ maxEntriesPerBag: 1 })
    const contents = await takeIn(opened.archive, 3)
    await opened.archive.seal()
    await opened.archive.send()
    opened.store.run('PRAGMA foreign_keys = OFF')
    for (const table of ['stamp', 'attempt', 'entry'])
      opened.store.run(`DELETE FROM ${table} WHERE bagSequence = 2`)
    opened.store.run('DELETE FROM bag WHERE sequence = 2')
    expect(await opened.archive.prove({ content: contents[0]! })).toMatchObject({ outcome: 'proven' })
    const { evidence } = await opened.archive.prove({ content: contents[2]! })
    expect(evidence[0]!.checks).toContainEqual({ name: 'bag-chain', passed: false, about: 'bag 2' })
  })

  it('asks for one thing, and for trust', async () => {
    const { archive } = await house.open()
    await expect(archive.prove({} as never)).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'content',
    })
    await expect(archive.prove({ ref: 0 })).rejects.toMatchObject({ path: 'ref' })
    await expect(archive.prove({ ref: 1, sha256: 'x' } as never)).rejects.toMatchObject({ path: 'content' })
    const alone = await house.open({ trust: [] })
    await expect(alone.archive.prove({ ref: 1 })).rejects.toMatchObject({ code: 'timestamp.no-trust' })
  })
})
