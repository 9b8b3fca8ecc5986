import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { consultationOperations as ehbox } from '../../../src/business/ehbox/contract.js'
import type { SessionEvent } from '../../../src/index.js'
import { startSimulator } from '../../../src/simulator/index.js'
import { createRecorder } from '../../../src/technical/soap/recording.js'
import { open } from '../observability/support.js'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recording-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const exchange = (text: string) => ({
  service: 'ehboxConsultation',
  operation: 'ask',
  url: 'https://host.example/path',
  requestHeaders: {},
  request: Buffer.from(`<ask>${text}</ask>`),
  status: 200,
  responseHeaders: {},
  response: Buffer.from(`<answer>${text}</answer>`),
  startedAt: new Date('2026-03-02T08:00:00Z'),
  milliseconds: 1.5,
})
const numbersIn = async (): Promise<number[]> =>
  (await readdir(directory)).filter((name) => name.endsWith('.json')).map((name) => parseInt(name, 10))

describe('numbers of a recording', () => {
  it('are unique and without gaps when several recorders write at once', async () => {
    const recorders = Array.from({ length: 4 }, () => createRecorder(directory))
    await Promise.all(
      recorders.flatMap((recorder, index) =>
        Array.from({ length: 10 }, (_, count) => recorder.record(exchange(`${index}-${count}`))),
      ),
    )
    expect((await numbersIn()).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    const names = await readdir(directory)
    expect(names).toHaveLength(120)
    const texts = new Set<string>()
    for (let number = 1; number <= 40; number += 1) {
      const name = `${String(number).padStart(4, '0')}-ehboxconsultation-ask`
      const [asked, answered] = await Promise.all(
        ['request', 'response'].map((which) => readFile(join(directory, `${name}-${which}.xml`), 'utf8')),
      )
      const text = /<ask>(.*)<\/ask>/.exec(asked!)![1]!
      expect(answered).toBe(`<answer>${text}</answer>`)
      texts.add(text)
    }
    expect(texts.size).toBe(40)
  })

  it('are unique when several processes write at once', async () => {
    const recording = new URL('../../../dist/technical/soap/recording.js', import.meta.url).href
    const program = join(directory, 'program.mjs')
    await writeFile(
      program,
      `import { createRecorder } from ${JSON.stringify(recording)}
       const recorder = createRecorder(process.argv[2])
       for (let i = 0; i < 25; i += 1)
         await recorder.record({ service: 's', operation: 'o', url: 'https://h', requestHeaders: {}, request: Buffer.from('x'), milliseconds: 1 })`,
    )
    const into = join(directory, 'made')
    const processes = Array.from({ length: 3 }, () =>
      fork(program, [into], { cwd: fileURLToPath(new URL('.', import.meta.url)) }),
    )
    const codes = await Promise.all(
      processes.map(async (child) => ((await once(child, 'exit')) as [number])[0]),
    )
    expect(codes).toEqual([0, 0, 0])
    const names = await readdir(into)
    expect(names.filter((name) => name.endsWith('.json'))).toHaveLength(75)
    expect(names.filter((name) => name.endsWith('-request.xml'))).toHaveLength(75)
    expect(names).toHaveLength(150)
  })

  it('go on behind everything that is there, what a dead process left unfinished included', async () => {
    await createRecorder(directory).record(exchange('first'))
    await writeFile(join(directory, '0007-x-y-request.xml'), '')
    await writeFile(join(directory, '.0009.claim'), '')
    const recorder = createRecorder(directory)
    await recorder.record(exchange('second'))
    await writeFile(join(directory, '0011.json'), '{}')
    await recorder.record(exchange('third'))
    expect(await numbersIn()).toEqual([1, 10, 11, 12])
  })
})

describe('files of a recording', () => {
  it('are for the eyes of their owner only, whatever the process allows', async () => {
    const before = process.umask(0)
    try {
      const into = join(directory, 'made')
      await createRecorder(into).record(exchange('x'))
      const paths = [into, ...(await readdir(into)).map((name) => join(into, name))]
      const modes = await Promise.all(paths.map(async (path) => (await stat(path)).mode & 0o777))
      expect(modes).toEqual([0o700, 0o600, 0o600, 0o600])
    } finally {
      process.umask(before)
    }
  })

  it('say when the exchange began and what became of it', async () => {
    const recorder = createRecorder(directory)
    await recorder.record(exchange('x'))
    const { status: _, response: __, responseHeaders: ___, ...unanswered } = exchange('y')
    await recorder.record({ ...unanswered, error: 'transport.timeout' })
    const about = async (name: string) => JSON.parse(await readFile(join(directory, name), 'utf8')) as unknown
    expect(await about('0001.json')).toEqual({
      url: 'https://host.example/path',
      requestHeaders: {},
      status: 200,
      responseHeaders: {},
      startedAt: '2026-03-02T08:00:00.000Z',
      milliseconds: 1.5,
    })
    expect(await about('0002.json')).toMatchObject({ status: null, error: 'transport.timeout' })
  })
})

describe('a recording that cannot be written', () => {
  it('is an error of the recorder that holds no content', async () => {
    const file = join(directory, 'a file')
    await writeFile(file, '')
    const recorder = createRecorder(join(file, 'below'))
    await expect(recorder.record(exchange('SECRET'))).rejects.toMatchObject({
      code: 'recording.failed',
      details: { reason: 'ENOTDIR' },
      message: expect.not.stringContaining('SECRET') as string,
    })
    await rm(file)
    await recorder.record(exchange('now it can'))
    expect(await readdir(join(file, 'below'))).toHaveLength(3)
  })

  it('does not break a call: an event tells, and the call goes on', async () => {
    await using simulator = await startSimulator()
    const file = join(directory, 'a file')
    await writeFile(file, '')
    const events: SessionEvent[] = []
    await using me = await open(simulator, 'physician', { on: (event) => events.push(event), record: file })
    const { meta } = await me.technical.call(ehbox.getBoxInfo, {})
    expect(meta.httpStatus).toBe(200)
    expect(events.filter(({ type }) => type === 'recording')).toMatchObject([
      { state: 'failed', code: 'recording.failed', service: 'sts' },
      { state: 'failed', code: 'recording.failed', service: 'ehboxConsultation', operation: 'getBoxInfo' },
    ])
    expect(JSON.stringify(events)).not.toContain(directory)
  })

  it('leaves no half of a file behind', async () => {
    const recorder = createRecorder(directory)
    await recorder.record(exchange('x'))
    // somebody else's file in the way: the body cannot be written whole
    await writeFile(join(directory, '.0002-ehboxconsultation-ask-response.xml.part'), 'unfinished')
    await expect(recorder.record(exchange('y'))).rejects.toMatchObject({ details: { reason: 'EEXIST' } })
    const names = await readdir(directory)
    expect(names.filter((name) => /^\.?0002/.test(name))).toEqual([
      '.0002-ehboxconsultation-ask-response.xml.part',
    ])
    await recorder.record(exchange('z'))
    expect(await numbersIn()).toEqual([1, 3])
  })
})

describe('the time that recording takes', () => {
  it('is a phase of the call, which waits for it', async () => {
    await using simulator = await startSimulator()
    const events: SessionEvent[] = []
    await using me = await open(simulator, 'physician', {
      on: (event) => events.push(event),
      record: directory,
    })
    await me.technical.token()
    expect(events.filter((event) => event.type === 'phase' && event.phase === 'record')).toHaveLength(1)
    expect(await readdir(directory)).toHaveLength(3)
  })
})
