import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { registeredNames, startSimulator, type Simulator } from '../../src/simulator/index.js'
import { personaActors, personaNames } from '../../src/simulator/actors.js'
import { serials } from '../../src/simulator/syntheticNumbers.js'
import { identifierType, isCbe, isEhp, isNihii, isSsin } from '../../src/technical/identifiers/index.js'
import { openKeystore } from '../../src/technical/keystore/index.js'

describe('the register of the simulator', () => {
  it.each(registeredNames)('has numbers with check digits that belong to nobody: %s', (name) => {
    const { ssin, nihii, cbe, ehp, certificateType, certificateValue } = personaActors[name]
    if (ssin !== undefined) {
      expect(isSsin(ssin)).toBe(true)
      expect(Number(ssin.slice(6, 9))).toBeGreaterThanOrEqual(990)
    }
    if (nihii !== undefined) expect(isNihii(nihii)).toBe(true)
    if (cbe !== undefined) expect(isCbe(cbe)).toBe(true)
    if (ehp !== undefined) expect(isEhp(ehp)).toBe(true)
    expect(certificateValue).toHaveLength(identifierType(certificateType).length)
  })

  it('knows everybody by numbers of his own', () => {
    const actors = Object.values(personaActors)
    for (const key of ['ssin', 'cbe', 'ehp'] as const) {
      const numbers = actors.flatMap((actor) => actor[key] ?? [])
      expect(new Set(numbers).size, key).toBe(numbers.length)
    }
    const nihii = actors.flatMap((actor) => actor.nihii?.slice(0, 8) ?? [])
    expect(new Set(nihii).size).toBe(nihii.length)
    expect(new Set(Object.values(serials)).size).toBe(Object.keys(serials).length)
  })
})

describe('a persona that has no keys from the start', () => {
  let dir: string
  let simulator: Simulator
  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'personas-'))
    simulator = await startSimulator({ dir })
  })
  afterAll(async () => {
    await simulator.close()
    await rm(dir, { recursive: true })
  })
  const described = async () =>
    (JSON.parse(await readFile(path.join(dir, 'personas.json'), 'utf8')) as { personas: { name: string }[] })
      .personas

  it('gets them once, when it is asked for, with its encryption token', async () => {
    expect(simulator.enrolled().map(({ name }) => name)).toEqual(personaNames)
    const before = simulator.world.tokens.length
    const [first, second, third] = await Promise.all([
      simulator.persona('dentist'),
      simulator.persona('dentist'),
      simulator.persona('midwife'),
    ])
    expect(second).toBe(first)
    expect((await simulator.persona('dentist')).keystore).toBe(first.keystore)
    expect(simulator.world.tokens.length).toBe(before + 2)
    const { identity } = await openKeystore({ bytes: first.keystore }, { password: first.password })
    expect(identity).toMatchObject({ type: 'SSIN', value: first.ssin, name: 'SAM DENTIST' })
    expect(simulator.enrolled().map(({ name }) => name)).toEqual([...personaNames, first.name, third.name])
  })

  it('stands in the directory, whose files only its owner reads', async () => {
    const dentist = await simulator.persona('dentist')
    expect((await described()).map(({ name }) => name)).toEqual([...personaNames, 'dentist', 'midwife'])
    expect(Buffer.from(await readFile(dentist.file!))).toEqual(Buffer.from(dentist.keystore))
    expect((await stat(dentist.file!)).mode & 0o077).toBe(0)
    expect(JSON.stringify(await described())).not.toContain('"file"')
  })

  it('can be revoked, and nobody who has no keys', async () => {
    await simulator.revoke('dentist')
    await expect(simulator.revoke('guardPost')).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'who',
    })
  })

  it('is there again after a start, where a name of a later release is passed over', async () => {
    const dentist = await simulator.persona('dentist')
    await simulator.close()
    const file = path.join(dir, 'pki/passwords.json')
    const passwords = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
    await writeFile(file, JSON.stringify({ ...passwords, acupuncturist: 'x' }))
    simulator = await startSimulator({ dir })
    expect(simulator.enrolled().map(({ name }) => name)).toEqual([...personaNames, 'dentist', 'midwife'])
    const again = await simulator.persona('dentist')
    expect([again.password, Buffer.from(again.keystore)]).toEqual([
      dentist.password,
      Buffer.from(dentist.keystore),
    ])
  })

  it('must be in the register', async () => {
    const unknown = { code: 'configuration.invalid', path: 'name', hint: 'Did you mean dentist?' }
    await expect(simulator.persona('dentits' as 'dentist')).rejects.toMatchObject(unknown)
    await expect(startSimulator({ personas: ['nobody' as 'dentist'] })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'personas[0]',
    })
  })
})
