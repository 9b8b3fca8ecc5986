import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { ListedMessage, ListFilter, Where } from '../../../src/business/ehbox/index.js'
import { mailOf } from '../../../src/simulator/services/ehbox/store.js'
import { openCast, type Cast } from './world.js'

let cast: Cast
beforeAll(async () => {
  cast = await openCast({ mailboxes: { sizes: { 'physician/DOCTOR': 1000 } } })
  const nurse = cast.simulator.world.actors.find(({ name }) => name === 'nurse')!
  cast.simulator.world.register({ ...nurse, qualities: ['NURSE', 'MIDWIFE'] })
})
afterAll(() => cast.close())
beforeEach(() => {
  const state = mailOf(cast.simulator.world)
  state.copies = []
  state.letters.clear()
  state.absences = []
})

const toMidwife = () => ({ ssin: cast.toNurse.ssin, quality: 'MIDWIFE' as const })
const listAll = async (options: Parameters<Cast['nurse']['ehbox']['messages']>[0]) => {
  const all: ListedMessage[] = []
  for await (const each of cast.nurse.ehbox.messages(options)) all.push(each)
  return all
}

describe('the boxes of one user', () => {
  it('are listed at once; each message can be read with what the list says of it', async () => {
    for (let number = 0; number < 5; number++) {
      await cast.physician.ehbox.send({
        to: [cast.toNurse],
        title: `nurse ${number}`,
        body: 'n',
        encrypt: true,
      })
      await cast.physician.ehbox.send({ to: [toMidwife()], title: `midwife ${number}`, body: 'm' })
    }
    for (const pageSize of [2, 3, 100]) {
      const all = await listAll({ allBoxes: true, pageSize })
      expect(all.map(({ title }) => title).toSorted()).toEqual(
        [0, 1, 2, 3, 4].flatMap((n) => [`midwife ${n}`, `nurse ${n}`]).toSorted(),
      )
      for (const listed of all) {
        expect(listed.box).toMatchObject({ quality: listed.title!.startsWith('nurse') ? 'NURSE' : 'MIDWIFE' })
        const read = await cast.nurse.ehbox.read(listed)
        expect(read.type === 'DOCUMENT' && read.body.text).toBe(listed.title![0])
      }
    }
    expect(await listAll({ box: toMidwife() })).toHaveLength(5)
    expect(await listAll({})).toHaveLength(5)
    await expect(listAll({ allBoxes: true, box: toMidwife() })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'allBoxes',
    })
  })

  it('are listed by the sending box too, and messages are moved in the box they lie in', async () => {
    await cast.nurse.ehbox.send({
      to: [cast.toHospital],
      title: 'by the midwife',
      body: '',
      from: toMidwife(),
    })
    const [sent] = await listAll({ allBoxes: true, folder: 'SENTBOX' })
    expect(sent).toMatchObject({ box: { quality: 'MIDWIFE' } })
    const { done } = await cast.nurse.ehbox.move([sent!], {
      from: 'SENTBOX',
      to: 'BINSENTBOX',
      box: sent!.box!,
    })
    expect(done).toEqual([sent!.id])
    expect(await listAll({ allBoxes: true, folder: 'BINSENTBOX' })).toHaveLength(1)
  })
})

describe('filters', () => {
  const send = (title: string, changes: object = {}) =>
    cast.physician.ehbox.send({ to: [cast.toNurse], title, body: 'x', ...changes })
  const day = () => cast.simulator.clock.now().toISOString().slice(0, 10)
  it.each<[string, ListFilter, string[]]>([
    ['importance', { important: true }, ['important']],
    ['encryption', { encrypted: true }, ['sealed']],
    ['patients', { hasPatient: true }, ['sealed']],
    ['annexes', { hasAnnex: true }, ['annexed']],
    ['free text', { hasFreeInformation: true }, ['sealed']],
    ['types', { type: 'NEWS' }, ['news']],
    ['several types', { type: ['NEWS', 'ERROR'] }, ['news']],
    ['a part of the title', { title: 'IMPORT' }, ['important']],
    ['a pattern for the title', { title: /^s.*d$/g }, ['sealed']],
    ['the application', { application: 'synthetic' }, ['annexed']],
    ['metas', { customMetas: { WARD: '3' } }, ['news']],
    ['metas of other values', { customMetas: { WARD: '4' } }, []],
    ['the sender', { sender: { quality: 'HOSPITAL' } }, ['from the hospital']],
    ['nobody', { sender: { id: 'nobody' } }, []],
    ['everything at once', { important: true, encrypted: true }, []],
    ['days to come', { since: '9999-01-01' }, []],
    ['days gone by', { until: '1999-01-01' }, []],
  ])('choose by %s', async (_, where, expected) => {
    await send('important', { important: true })
    await send('sealed', { encrypt: true, patient: { ssin: '90010199794' }, freeText: 'f' })
    await send('annexed', {
      application: 'synthetic',
      annexes: [{ title: 'a', fileName: 'a', mimeType: 'a/b', content: '' }],
    })
    await send('news', { type: 'NEWS', customMetas: { WARD: '3' } })
    await cast.hospital.ehbox.send({ to: [cast.toNurse], title: 'from the hospital', body: '' })
    expect((await listAll({ where })).map(({ title }) => title)).toEqual(expected)
  })

  it('choose by a function of one’s own, and by days', async () => {
    await send('one')
    await send('two')
    const titles = async (where: Where) => (await listAll({ where })).map(({ title }) => title)
    expect(await titles(({ title }) => title === 'two')).toEqual(['two'])
    const [yesterday, tomorrow] = [-1, 1].map((offset) =>
      new Date(Date.parse(day()) + offset * 86_400_000).toISOString().slice(0, 10),
    )
    expect(await titles({ since: yesterday!, until: tomorrow! })).toEqual(['two', 'one'])
  })

  it.each([
    [{ importnt: true }, 'where.importnt'],
    [{ sender: { ssin: '1' } }, 'where.sender.ssin'],
    [{ since: '1 March' }, 'where.since'],
  ])('refuse what they do not know: %j', async (where, path) => {
    await expect(listAll({ where: where as ListFilter })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path,
    })
  })
})

describe('the state of a box', () => {
  const fill = (bytes: number) =>
    cast.nurse.ehbox.send({
      to: [{ ssin: cast.simulator.personas.physician.ssin, quality: 'DOCTOR' }],
      title: 'fills',
      body: 'a'.repeat(bytes),
    })
  const warnings = () => cast.events.filter((event) => event.type === 'mailbox')

  it('warns before it is full, and when mail waits', async () => {
    await fill(500)
    expect(await cast.physician.ehbox.info()).toMatchObject({
      state: 'room',
      usage: 50,
      currentSize: 500,
      maxSize: 1000,
      messagesInStandBy: 0,
      box: { quality: 'DOCTOR' },
    })
    expect(warnings()).toEqual([])
    expect((await cast.physician.ehbox.info({ warnAbove: 40 })).state).toBe('nearly-full')
    expect(warnings()).toMatchObject([{ state: 'nearly-full', usage: 50, standBy: 0 }])
    await fill(400)
    expect((await cast.physician.ehbox.info()).state).toBe('nearly-full')
    await fill(200)
    expect(await cast.physician.ehbox.info()).toMatchObject({ state: 'stand-by', messagesInStandBy: 1 })
    expect(warnings().at(-1)).toMatchObject({ state: 'stand-by', usage: 90, standBy: 1 })
    await expect(cast.physician.ehbox.info({ warnAbove: 0 })).rejects.toMatchObject({ path: 'warnAbove' })
  })
})

describe('absences', () => {
  const days = (offset: number): string =>
    new Date(cast.simulator.clock.now().getTime() + offset * 86_400_000).toISOString().slice(0, 10)
  const physician = () => ({ ssin: cast.simulator.personas.physician.ssin, quality: 'DOCTOR' as const })

  it('are inserted, listed and deleted', async () => {
    const { absences } = cast.nurse.ehbox
    const period = { from: days(10), to: days(20) }
    const outcome = await absences.insert({ ...period, substitutes: [physician()] })
    if (outcome.outcome !== 'inserted') throw new Error('not inserted')
    expect(await absences.list()).toEqual([
      {
        id: outcome.id,
        ...period,
        substitutes: [{ id: physician().ssin, type: 'INSS', quality: 'DOCTOR' }],
      },
    ])
    expect(await absences.list({ box: toMidwife() })).toEqual([])
    expect(await absences.delete(['NOTTHERE', outcome.id!])).toEqual({
      done: [outcome.id],
      notFound: ['NOTTHERE'],
    })
    expect(await absences.list()).toEqual([])
    expect(await absences.delete([])).toEqual({ done: [], notFound: [] })
  })

  it('tell which substitutes were refused, and until when they are away', async () => {
    await cast.physician.ehbox.absences.insert({ from: days(12), to: days(14) })
    const outcome = await cast.nurse.ehbox.absences.insert({
      from: days(10),
      to: days(20),
      substitutes: [physician(), cast.toHospital],
    })
    expect(outcome).toMatchObject({
      outcome: 'substitutes-refused',
      refused: [
        { id: physician().ssin, absent: { from: days(12), to: days(14) } },
        { id: cast.toHospital.nihii, subType: 'HOSPITAL' },
      ],
    })
    expect(await cast.nurse.ehbox.absences.list()).toEqual([])
  })

  it('pass the refusals of the platform on', async () => {
    const period = { from: days(10), to: days(20) }
    await cast.nurse.ehbox.absences.insert(period)
    await expect(cast.nurse.ehbox.absences.insert(period)).rejects.toMatchObject({ code: 'ehbox.refused' })
  })

  it.each([
    [() => ({ from: days(2), to: days(1) }), 'to'],
    [() => ({ from: '1 March', to: days(1) }), 'from'],
    [() => ({ from: '2026-02-30', to: '2026-03-30' }), 'from'],
    [() => ({ from: days(0), to: days(369) }), 'to'],
    [() => ({ from: days(300), to: days(400) }), 'to'],
    [
      () => ({ from: days(0), to: days(1), substitutes: Array.from({ length: 6 }, physician) }),
      'substitutes',
    ],
  ])('that break a rule are refused before anybody is called: %#', async (absence, path) => {
    const before = cast.simulator.calls('ehboxConsultation', 'insertOoO')
    await expect(cast.nurse.ehbox.absences.insert(absence())).rejects.toMatchObject({
      code: 'ehbox.absence',
      path,
    })
    expect(cast.simulator.calls('ehboxConsultation', 'insertOoO')).toBe(before)
  })
})
