import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inspect } from 'node:util'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { startSimulator } from '../../src/simulator/index.js'
import { createWorld } from '../../src/simulator/createWorld.js'
import { createBusinessContinuity } from '../../src/technical/businessContinuity/index.js'
import { systemRuntime } from '../../src/technical/environment/runtime.js'
import { openKeystore } from '../../src/technical/keystore/index.js'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'simulator-'))
})
afterEach(() => rm(dir, { recursive: true }))

describe('the directory of a simulator', () => {
  it('makes the next one the same platform at its new address', async () => {
    const first = await startSimulator({ dir })
    await first.close()
    await using second = await startSimulator({ dir })
    expect(second.environment.trust).toEqual(first.environment.trust)
    expect(Buffer.from(second.personas.nurse.keystore)).toEqual(Buffer.from(first.personas.nurse.keystore))
    expect(second.personas.nurse.password).toBe(first.personas.nurse.password)
    expect(second.world.tokens).toEqual(first.world.tokens.map((t) => ({ ...t, etk: Buffer.from(t.etk) })))

    const described = JSON.parse(await readFile(path.join(dir, 'personas.json'), 'utf8'))
    expect(described.endpoints.sts).toBe(`${second.url}/IAM/SecurityTokenService/v1`)
    expect(described.personas.map(({ name }: { name: string }) => name)).toEqual([
      'physician',
      'nurse',
      'hospital',
    ])
    for (const { keystore, password } of described.personas)
      await openKeystore({ file: path.join(dir, keystore) }, { password })
    expect(await readFile(path.join(dir, described.trust.tls), 'utf8')).toBe(second.environment.trust.tls![0])
    expect((await stat(path.join(dir, 'pki/root.key.pem'))).mode & 0o077).toBe(0)
    expect((await stat(second.personas.nurse.file!)).mode & 0o077).toBe(0)
  })

  it('of an earlier release is completed: the signer of the service list', async () => {
    const first = await startSimulator({ dir })
    await first.close()
    for (const name of ['serviceList.pem', 'serviceList.key.pem']) await rm(path.join(dir, 'pki', name))
    const second = await startSimulator({ dir })
    expect(second.environment.trust).toEqual(first.environment.trust)
    await using continuity = createBusinessContinuity({ environment: second.environment })
    expect(await continuity.refresh()).toBe(true)
    await second.close()
    const kept = await readFile(path.join(dir, 'pki/serviceList.pem'), 'utf8')
    await using third = await startSimulator({ dir })
    expect(await readFile(path.join(dir, 'pki/serviceList.pem'), 'utf8')).toBe(kept)
    expect(third.environment.trust).toEqual(first.environment.trust)
  })

  it('belongs to one simulator at a time; one that was killed does not keep it', async () => {
    const first = await startSimulator({ dir })
    const described = await readFile(path.join(dir, 'personas.json'), 'utf8')
    await expect(startSimulator({ dir })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'dir',
      message: expect.stringContaining('another simulator runs') as string,
    })
    expect(await readFile(path.join(dir, 'personas.json'), 'utf8')).toBe(described)
    await first.close()
    await writeFile(path.join(dir, 'simulator.lock'), '999999999 1 of a process that is gone')
    await (await startSimulator({ dir })).close()
    expect(await readdir(dir)).not.toContain('simulator.lock')
  })

  it('is refused when it cannot be one', async () => {
    const file = path.join(dir, 'file')
    await writeFile(file, '')
    const refusal = { code: 'configuration.invalid', path: 'dir' }
    await expect(startSimulator({ dir: file })).rejects.toMatchObject(refusal)
  })

  it('is refused when what every release had is missing, and when half of a pair is', async () => {
    await (await startSimulator({ dir })).close()
    for (const name of ['serviceList.key.pem', 'issuing.pem']) {
      await rm(path.join(dir, 'pki', name))
      await expect(startSimulator({ dir })).rejects.toMatchObject({
        code: 'configuration.invalid',
        path: 'dir',
      })
    }
  })

  it('is refused when a file of it is damaged', async () => {
    await (await startSimulator({ dir })).close()
    await truncate(path.join(dir, 'pki/sts.pem'), 100)
    await expect(startSimulator({ dir })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'dir',
    })
  })
})

describe('the state of a service', () => {
  const codec = {
    toJson: (value: Map<string, number>) => [...value],
    fromJson: (json: unknown) => new Map(json as [string, number][]),
  }
  const world = () => createWorld({ runtime: systemRuntime, actors: [], tokens: [], directory: dir })

  it('is one value per simulator, and comes back whole from the directory', async () => {
    const one = world()
    const state = one.slot('demo', () => new Map<string, number>(), codec)
    expect(one.slot('demo', () => new Map<string, number>(), codec)).toBe(state)
    const saves: Promise<void>[] = []
    for (let i = 0; i < 20; i++) {
      state.set('count', i)
      saves.push(one.save('demo'))
    }
    await Promise.all(saves)
    expect(world().slot('demo', () => new Map<string, number>(), codec)).toEqual(new Map([['count', 19]]))
  })

  it('that is damaged is refused without a word of what it holds', async () => {
    const one = world()
    one.slot('demo', () => new Map([['confidential', 1]]), codec)
    await one.save('demo')
    const file = path.join(dir, 'state/demo.json')
    await truncate(file, (await stat(file)).size - 1)
    let refusal: unknown
    try {
      world().slot('demo', () => new Map<string, number>(), codec)
    } catch (error) {
      refusal = error
    }
    expect(refusal).toMatchObject({ code: 'configuration.invalid', path: 'dir' })
    expect(inspect(refusal)).not.toContain('confidential')
  })

  it('is not kept without a codec', async () => {
    const one = world()
    one.slot('demo', () => ({ count: 1 }))
    await one.save('demo')
    expect(world().slot('demo', () => ({ count: 0 }))).toEqual({ count: 0 })
  })
})
