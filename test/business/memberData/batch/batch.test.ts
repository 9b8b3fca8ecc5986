import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { openFileStore, type AsyncStore } from '../../../../src/business/genericAsync/index.js'
import type {
  BatchAnswer,
  BatchProgress,
  BatchResult,
  KeyedQuestion,
  MemberDataBatch,
  OpenBatchOptions,
} from '../../../../src/business/memberData/batch/index.js'
import { asyncBoxOf } from '../../../../src/simulator/services/genericAsync/box.js'
import { ssinCheckDigits } from '../../../../src/technical/identifiers/index.js'
import { later, openMailboxWorld, type MailboxWorld } from '../../genericAsync/world.js'

const service = 'memberDataAsync'
const place = mkdtempSync(join(tmpdir(), 'member-data-batch-'))
let world: MailboxWorld
let stores = 0
let store: string
let told: BatchProgress[] = []
beforeAll(async () => {
  world = await openMailboxWorld({ insurersMailboxes: { answerDelay: 0 } })
})
afterAll(async () => {
  await world.close()
  rmSync(place, { recursive: true })
})
beforeEach(() => {
  store = join(place, `store-${(stores += 1)}`)
  told = []
  world.simulator.faults.clear()
  world.simulator.clock.advance(11 * 60_000)
  for (const mailbox of [service, 'walCareNetMemberDataAsync', 'irisCareNetMemberDataAsync'] as const) {
    const box = boxOf(mailbox)
    box.messages = []
    box.tacks = []
  }
})

const boxOf = (mailbox: Parameters<typeof asyncBoxOf>[1] = service) =>
  asyncBoxOf(world.simulator.world, mailbox, world.simulator.personas.physician.nihii)
const open = (more: Partial<OpenBatchOptions> = {}): Promise<MemberDataBatch> =>
  world.me.memberDataAsync.open({ store, onProgress: (progress) => told.push(progress), ...more })
const posts = (): number => world.simulator.calls(service, 'post')

/** So many people with synthetic numbers; in batches of them every insurer has some. */
function* people(count: number, from = 0): Generator<KeyedQuestion> {
  for (let index = from; index < from + count; index++) {
    const born = new Date(Date.UTC(1940, 0, 1 + index)).toISOString().slice(2, 10).replaceAll('-', '')
    const nine = `${born}991`
    yield { key: `file-${index}`, patient: { ssin: nine + ssinCheckDigits(nine, false) }, on: '2026-11-02' }
  }
}
const keysOf = (count: number): string[] => [...people(count)].map(({ key }) => key)

async function collect(
  batch: MemberDataBatch,
  options: Parameters<MemberDataBatch['answers']>[0] = { once: true },
): Promise<BatchResult[]> {
  const results: BatchResult[] = []
  for await (const result of batch.answers(options)) results.push(result)
  return results
}
const answersIn = (results: readonly BatchResult[]): BatchAnswer[] =>
  results.filter((result): result is BatchAnswer => 'answer' in result)
const keysIn = (results: readonly BatchResult[]): string[] => results.map(({ key }) => key!).toSorted()

describe('asking about many patients', () => {
  it('gives every question its answer, typed as that of a single one, from several insurers and posts', async () => {
    await using batch = await open()
    const before = posts()
    expect(await batch.ask(people(25), { size: 10 })).toBe(25)
    expect(batch.state()).toMatchObject({ asked: 25, answered: 0, posts: { waiting: 3 }, refused: [] })
    const answers = answersIn(await collect(batch))
    expect(keysIn(answers)).toEqual(keysOf(25).toSorted())
    expect(posts()).toBe(before + 3)
    const insurers = new Set<string | undefined>()
    for (const { answer, again, repeated, xml } of answers) {
      expect([again, repeated]).toEqual([false, false])
      expect(answer.outcome).toBe('complete')
      if (answer.outcome !== 'complete') continue
      insurers.add(answer.insurer)
      expect(answer.insurability).toMatchObject({ state: 'insured', periods: [{ from: '2026-11-02' }] })
      expect(xml).toMatch(/^<[\w:]*Response /)
    }
    expect(insurers.size).toBeGreaterThan(1)
    expect(batch.state()).toMatchObject({ asked: 25, answered: 25, posts: { posted: 0 } })
    expect(boxOf()).toMatchObject({ messages: [], tacks: [] })
    expect(told.findLast(({ type }) => type === 'answered')).toMatchObject({ answered: 25, asked: 25 })
  })

  it('keeps no more of a patient than is needed: nothing once all is answered', async () => {
    {
      await using batch = await open()
      await batch.ask(people(3))
      expect(textsIn(store)).toContain('file-1')
      await collect(batch)
    }
    const left = textsIn(store)
    expect(left).not.toContain('file-1')
    for (const { patient } of people(3)) expect(left).not.toContain(patient.ssin)
  })

  it('has outcomes for what has no answer, as a single question would', async () => {
    await using batch = await open()
    const { ssin } = [...people(1)][0]!.patient
    await batch.ask([
      { key: 'long ago', patient: { ssin }, on: '2010-01-01' } as KeyedQuestion,
      { key: 'number', patient: { registrationNumber: 'NOBODY', mutuality: '319' } },
      { key: 'deceased', patient: { ssin: world.simulator.world.patients.find((p) => p.deceased)!.ssin } },
    ])
    const byKey = new Map(answersIn(await collect(batch)).map(({ key, answer }) => [key, answer]))
    expect(byKey.get('long ago')).toMatchObject({ faults: [{ code: 'PERIOD_TOO_FAR_IN_PAST' }] })
    expect(byKey.get('number')).toMatchObject({ faults: [{ code: 'BO_UNKNOWN_REGNBR' }] })
    expect(byKey.get('deceased')).toMatchObject({ insurability: { state: 'deceased' } })
  })

  it.each(['walcarenet', 'iriscarenet'] as const)(
    'works through the mailbox of %s, sealed',
    async (region) => {
      const mailbox = region === 'walcarenet' ? 'walCareNetMemberDataAsync' : 'irisCareNetMemberDataAsync'
      const before = world.simulator.calls(service)
      await using batch = await open({ region, encrypt: true })
      await batch.ask(people(4))
      const answers = answersIn(await collect(batch))
      expect(keysIn(answers)).toEqual(keysOf(4).toSorted())
      expect(boxOf(mailbox).messages).toEqual([])
      expect(world.simulator.calls(service)).toBe(before)
    },
  )
})

/** Everything that lies in a directory, as text. */
function textsIn(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

describe('going on', () => {
  it('with the same questions asks nothing twice, wherever the last run ended', async () => {
    const before = posts()
    {
      await using batch = await open()
      // the input breaks off in the middle
      const broken = async function* (): AsyncGenerator<KeyedQuestion> {
        yield* people(15)
        throw new Error('the database has gone')
      }
      await expect(batch.ask(broken(), { size: 10 })).rejects.toThrow('the database has gone')
      expect(batch.state().asked).toBe(10)
    }
    {
      await using batch = await open()
      expect(await batch.ask(people(25), { size: 10 })).toBe(25)
      expect(batch.state()).toMatchObject({ asked: 25, posts: { waiting: 3 } })
      expect(answersIn(await collect(batch))).toHaveLength(25)
    }
    await using batch = await open()
    expect(await batch.ask(people(25), { size: 10 })).toBe(25)
    expect(told.filter((one) => one.type === 'kept').slice(-3)).toMatchObject([
      { known: true },
      { known: true },
      { known: true },
    ])
    // all is answered: nobody is called
    const calls = world.simulator.calls(service)
    expect(await collect(batch, {})).toEqual([])
    expect(world.simulator.calls(service)).toBe(calls)
    expect(posts()).toBe(before + 3)
  })

  it('with other questions under the same name is refused', async () => {
    await using batch = await open()
    await batch.ask(people(5), { name: 'november' })
    await expect(batch.ask(people(5, 1), { name: 'november' })).rejects.toMatchObject({
      code: 'async.conflict',
      path: 'name',
    })
    expect(await batch.ask(people(5, 1), { name: 'december' })).toBe(5)
    expect(batch.state().asked).toBe(10)
  })

  it('after leaving in the middle hands over what is left, and marks what may have been handled', async () => {
    const seen: string[] = []
    {
      await using batch = await open()
      await batch.ask(people(40))
      for await (const result of batch.answers({ once: true, checkpoint: 2 })) {
        seen.push(result.key!)
        if (seen.length === 7) break
      }
    }
    await using batch = await open()
    const rest = answersIn(await collect(batch, { once: true, checkpoint: 2 }))
    const repeated = rest.filter(({ key }) => seen.includes(key))
    // no more than one check-point's worth, and each of them says so
    expect(repeated.length).toBeLessThanOrEqual(2)
    expect(repeated.every(({ again }) => again)).toBe(true)
    expect(rest.filter(({ again }) => again).length).toBeLessThanOrEqual(2)
    expect(new Set([...seen, ...rest.map(({ key }) => key)])).toEqual(new Set(keysOf(40)))
    expect(batch.state()).toMatchObject({ asked: 40, answered: 40 })
  })

  it('leaves in the mailbox what another program asked', async () => {
    await using other = await world.me.memberDataAsync.open({ store: `${store}-other` })
    await other.ask(people(2, 100))
    await collect(other, { once: true })
    world.simulator.clock.advance(later)
    boxOf().messages.push({
      reference: 'MSG-OTHER',
      from: new Date(0),
      inputReference: 'TMDA00000000000000OTHER',
      outputReference: '1',
      messageName: 'MDA',
      contentType: 'text/xml',
      issuer: 'urn:be:cin:io:300',
      content: Buffer.from('<x/>'),
    })
    await using batch = await open()
    await batch.ask(people(2))
    expect(answersIn(await collect(batch))).toHaveLength(2)
    expect(boxOf().messages).toMatchObject([{ reference: 'MSG-OTHER' }])
  })
})

describe('what is strange', () => {
  const lay = (content: string, inputReference?: string): void => {
    boxOf().messages.push({
      reference: `MSG-${boxOf().messages.length}`,
      from: new Date(0),
      outputReference: '1',
      messageName: 'MDA',
      contentType: 'text/xml',
      issuer: 'urn:be:cin:io:300',
      content: Buffer.from(content),
      ...(inputReference === undefined ? {} : { inputReference }),
    })
  }

  it('is told and kept: a message that is no list, an answer to no question', async () => {
    await using batch = await open()
    lay('<nothing/>')
    lay(
      '<ext:ResponseList xmlns:ext="urn:be:cin:nippin:memberdata:saml:extension" xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol">' +
        '<p:Response ID="_1" InResponseTo="_somebody" Version="2.0" IssueInstant="2026-11-02T00:00:00"><p:Status>' +
        '<p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></p:Status></p:Response></ext:ResponseList>',
    )
    await batch.ask(people(1))
    const results = await collect(batch)
    expect(results.filter((result) => 'answer' in result)).toHaveLength(1)
    const problems = results.flatMap((result) => ('problem' in result ? [result.problem.code] : []))
    expect(problems.toSorted()).toEqual(['member-data.answer', 'member-data.other-answer'])
    expect(readdirSync(join(store, 'batch')).filter((name) => name.startsWith('_unreadable-'))).toHaveLength(
      1,
    )
  })

  it('a post that is refused stops nobody, and its questions are named', async () => {
    await using batch = await open()
    await batch.ask(people(3), { name: 'bad' })
    const box = boxOf()
    world.simulator.faults.add({ kind: 'empty', status: 500, service, operation: 'post' })
    await collect(batch)
    expect(batch.state().posts.posting).toBe(1)
    const { reference } = JSON.parse(readFileSync(join(store, 'batch', 'bad.000001'), 'utf8')) as {
      reference: string
    }
    box.tacks.push({
      messageName: 'MDA',
      tack: {
        value: Buffer.from('code'),
        Issuer: 'urn:be:cin:nippin',
        AppliesTo: `urn:nip:reference:input:${reference}`,
        ResultMajor: 'urn:nip:tack:result:major:failure',
        ResultMessage: 'no licence',
        Id: '_tack',
        Reference: 'TACK-BAD',
      },
    })
    world.simulator.clock.advance(60_000)
    // it ends though three questions have no answer
    expect(await collect(batch, {})).toEqual([])
    expect(batch.state()).toMatchObject({
      answered: 0,
      refused: [{ name: 'bad.000001', questions: 3, resultMessage: 'no licence' }],
    })
  })

  it('reaches nobody, and says where: the path of a question that cannot be asked', async () => {
    await using batch = await open()
    const questions = [...people(2), { key: 'wrong', patient: { ssin: '68052199236' } }]
    const failed: unknown = await batch.ask(questions).catch((error: unknown) => error)
    expect(failed).toMatchObject({ family: 'identifier', path: 'questions[2].patient.ssin' })
    expect(JSON.stringify(failed)).not.toContain('68052199236')
    expect(batch.state().asked).toBe(0)
    for (const wrong of [
      [{ patient: { ssin: '68052199235' } }],
      [{ key: '', patient: { ssin: '68052199235' } }],
      [{ key: 'a', patient: { ssin: '68052199235' }, other: 1 }],
    ])
      await expect(batch.ask(wrong as never)).rejects.toMatchObject({ code: 'configuration.invalid' })
  })

  it.each([{ region: 'nowhere' }, { store: '' }, { every: 1 }, { other: 1 }])(
    'is refused at the door: %j',
    async (wrong) => {
      await expect(open(wrong as never)).rejects.toMatchObject({ code: 'configuration.invalid' })
      if (existsSync(store)) await (await openFileStore(store)).close()
    },
  )
})

describe('a store of the caller’s own', () => {
  it('is as good as a directory, and closed with the batch', async () => {
    const records = new Map<string, Uint8Array>()
    let closed = 0
    const own: AsyncStore = {
      list: async (kind) =>
        [...records.keys()]
          .filter((key) => key.startsWith(`${kind}/`))
          .map((key) => key.slice(kind.length + 1))
          .toSorted(),
      read: async (kind, name) => records.get(`${kind}/${name}`),
      write: async (kind, name, content) => void records.set(`${kind}/${name}`, Uint8Array.from(content)),
      remove: async (kind, name) => void records.delete(`${kind}/${name}`),
      close: async () => void (closed += 1),
    }
    {
      await using batch = await open({ store: own })
      await batch.ask(people(3))
      expect(answersIn(await collect(batch))).toHaveLength(3)
    }
    expect(closed).toBe(1)
  })
})
