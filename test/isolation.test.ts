import { inspect } from 'node:util'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { connect, EHealthError, type Connection } from '../src/index.js'
import { nurse, physician } from '../src/professions/index.js'
import { startSimulator, type Simulator } from '../src/simulator/index.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

type Options = Partial<Parameters<typeof connect<'ehbox'>>[0]>

function open(name: 'physician' | 'nurse', options: Options = {}): Promise<Connection<'ehbox'>> {
  const { keystore, password, ssin, nihii } = simulator.personas[name]
  const as = { ssin: ssin, nihii: nihii }
  return connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    keystore: { bytes: keystore, password },
    as: name === 'physician' ? physician(as) : nurse(as),
    ...options,
  })
}

const to = (name: 'physician' | 'nurse') => ({
  ssin: simulator.personas[name].ssin,
  quality: simulator.personas[name].quality,
})

async function titlesOf(user: Connection<'ehbox'>): Promise<string[]> {
  const titles: string[] = []
  for await (const { title } of user.ehbox.messages()) titles.push(title ?? '')
  return titles
}

describe('two users of one process', () => {
  it('never see each other, however their calls interleave', async () => {
    const stsCalls = simulator.calls('sts')
    await using ada = await open('physician')
    await using noor = await open('nurse')
    const users = { physician: ada, nurse: noor }
    const other = { physician: 'nurse', nurse: 'physician' } as const
    const work = Array.from({ length: 50 }, async (_, number) => {
      const name = number % 2 === 0 ? 'physician' : 'nurse'
      const me = users[name]
      switch (number % 5) {
        case 0:
        case 1: {
          const { box } = await me.ehbox.info()
          expect([box.id, box.quality]).toEqual([to(name).ssin, to(name).quality])
          break
        }
        case 2: {
          const title = `from ${name} ${number}`
          const sent = await me.ehbox.send({ to: [to(other[name])], title, body: title, encrypt: true })
          expect(sent.outcome).toBe('sent')
          break
        }
        case 3:
          for (const title of await titlesOf(me)) expect(title).toMatch(`from ${other[name]} `)
          break
        default:
          expect((await me.technical.etk.own()).encryptionCertificate.subject.toRfc1779()).toContain(
            to(name).ssin,
          )
      }
    })
    await Promise.all(work)
    expect(simulator.calls('sts') - stsCalls).toBe(2)
    const [first, second] = await Promise.all([ada.technical.token(), noor.technical.token()])
    expect(first.id).not.toBe(second.id)
    expect(first.xml).toContain(to('physician').ssin)
    expect(first.xml).not.toContain(to('nurse').ssin)
    expect(second.xml).not.toContain(to('physician').ssin)

    for (const name of ['physician', 'nurse'] as const) {
      const bodies = []
      for await (const { id } of users[name].ehbox.messages()) {
        const read = await users[name].ehbox.read(id)
        if (read.type === 'DOCUMENT') bodies.push(read.body.text)
        expect(read).toMatchObject({ verification: { authorMatchesSender: true } })
      }
      expect(bodies.length).toBe(5)
      for (const body of bodies) expect(body).toMatch(`from ${other[name]} `)
    }
  })

  it('share nothing that one of them closes', async () => {
    const ada = await open('physician')
    await using noor = await open('nurse')
    await Promise.all([ada.ehbox.info(), noor.ehbox.info()])
    await ada.close()
    await expect(ada.ehbox.info()).rejects.toMatchObject({ code: 'configuration.closed' })
    expect((await noor.ehbox.info()).box.quality).toBe('NURSE')
  })
})

describe('twenty first calls at once', () => {
  it('of different kinds ask for one token', async () => {
    const before = simulator.calls('sts')
    await using ada = await open('physician')
    await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        number % 3 === 0 ? ada.ehbox.info() : number % 3 === 1 ? titlesOf(ada) : ada.technical.token(),
      ),
    )
    expect(simulator.calls('sts') - before).toBe(1)
  })
})

describe('whoever logs everything', () => {
  it('sees no password, number, token, key or content', async () => {
    const secret = 'a finding that nobody may read'
    const lines: string[] = []
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((method) =>
      vi.spyOn(console, method).mockImplementation((...items: unknown[]) => {
        lines.push(items.map((item) => inspect(item, { depth: 8 })).join(' '))
      }),
    )
    const dir = await mkdtemp(join(tmpdir(), 'record-'))
    const errors: EHealthError[] = []
    const patient = '90010199794'
    try {
      await using ada = await open('physician', { on: (event) => console.log(event), record: dir })
      const attempts: (() => Promise<unknown>)[] = [
        () =>
          ada.ehbox.send({
            to: [to('nurse')],
            title: 'T',
            body: secret,
            patient: { ssin: patient },
            encrypt: true,
          }),
        () => ada.ehbox.send({ to: [{ ssin: patient, quality: 'NURSE' }], title: 'T', body: secret }),
        () =>
          ada.ehbox.send({
            to: [{ ssin: patient, quality: 'NURSE' }],
            title: 'T',
            body: secret,
            encrypt: true,
          }),
        () => ada.ehbox.send({ to: [to('nurse')], title: '', body: secret }),
        () => ada.ehbox.send({ to: [to('nurse')], title: 'T', body: secret, patient: { ssin: patient } }),
        () => ada.ehbox.info({ box: to('nurse') }),
        () => ada.ehbox.read('0000000000000'),
        () => ada.technical.unseal(Buffer.from(secret)),
        () => ada.technical.etk.get({ type: 'SSIN', value: patient }),
      ]
      for (const kind of ['html', 'truncate', 'doctype', 'foreign-element'] as const) {
        attempts.push(() => {
          simulator.faults.clear()
          simulator.faults.add({ kind, service: 'ehboxConsultation', times: 3 } as never)
          return ada.ehbox.info()
        })
      }
      attempts.push(() => {
        simulator.faults.clear()
        simulator.faults.add({ kind: 'soa', code: 'SOA-03006', service: 'ehboxPublication' })
        return ada.ehbox.send({ to: [to('nurse')], title: 'T', body: secret })
      })
      for (const attempt of attempts)
        await attempt().then(
          (result) => console.log(inspect(ada), result),
          (error: unknown) => {
            console.error(error, JSON.stringify(error), String(error))
            errors.push(error as EHealthError)
          },
        )
      await using mistaken = await open('physician', {
        on: (event) => console.log(event),
        keystore: { bytes: simulator.personas.physician.keystore, password: 'not the password' },
      })
      await mistaken.ehbox.info().catch((error: unknown) => console.error(error, JSON.stringify(error)))
      const token = await ada.technical.token()
      // A reading of one's own mail is the caller's: what he logs of that is not the library's doing.
      const shown = lines.join('\n')
      const { keystore: _, ...persona } = simulator.personas.physician
      expect(lines.length).toBeGreaterThan(40)
      expect(errors.length).toBeGreaterThanOrEqual(12)
      for (const error of errors) expect(error).toBeInstanceOf(EHealthError)
      for (const hidden of [
        persona.password,
        'not the password',
        patient,
        persona.ssin,
        secret,
        token.id,
        token.xml.slice(-200),
        'PRIVATE KEY',
        Buffer.from(secret).toString('base64'),
        '<S:Envelope',
        'Assertion',
      ])
        expect(shown.includes(hidden), hidden.slice(0, 12)).toBe(false)
      for (const name of await readdir(dir)) expect((await stat(join(dir, name))).mode & 0o077).toBe(0)
    } finally {
      spies.forEach((spy) => spy.mockRestore())
      await rm(dir, { recursive: true })
    }
  })
})
