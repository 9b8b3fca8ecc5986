/** Every profession on the command line: of a simulator, and with a keystore and numbers of one's own. */
import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { callerOf, needsIdentity, professionOfKmehr } from '../../src/configuration/caller.js'
import { professionNames } from '../../src/professions/index.js'
import { ehealth, startSimulatorProcess, workplace, type RunningSimulator } from './run.js'

const at = workplace()
let simulator: RunningSimulator
interface Entry {
  name: string
  password: string
  keystore: string
  nihii?: string
}
let personas: readonly Entry[]

beforeAll(async () => {
  simulator = await startSimulatorProcess([
    ...['--port', '0', '--dir', at('sim')],
    ...['--personas', 'pharmacy', 'pharmacist', 'medicalHouse', 'patient'],
  ])
  personas = (JSON.parse(readFileSync(at('sim/personas.json'), 'utf8')) as { personas: Entry[] }).personas
}, 60_000)
afterAll(() => simulator.stop())

interface ShownToken {
  attributes: { name: string; granted: boolean }[]
}
const grantedIn = (token: ShownToken) =>
  token.attributes.flatMap(({ name, granted }) => (granted ? [name] : []))

describe('a simulator started with more personas', () => {
  it('says so, and keeps their keystores', () => {
    const names = ['physician', 'nurse', 'hospital', 'pharmacist', 'patient', 'pharmacy', 'medicalHouse']
    expect(simulator.ready.personas).toEqual(names)
    expect(personas.map(({ name }) => name)).toEqual(names)
  })

  it('gives a token to a pharmacy, identified by its pharmacist', async () => {
    const told = await ehealth(['token', '--simulator', at('sim'), '--persona', 'pharmacy', '--json'])
    expect(told.stderr).toBe('')
    expect(grantedIn(told.json<ShownToken>())).toContain(
      'urn:be:fgov:ehealth:1.0:pharmacy:nihii-number:recognisedpharmacy:boolean',
    )
  })

  it('tells a patient that the eHealthBox is not for him', async () => {
    const told = await ehealth(['ehbox', 'list', '--simulator', at('sim'), '--persona', 'patient', '--json'])
    expect(told.code).toBe(1)
    expect(told.json()).toMatchObject({ error: { code: 'service.not-offered' } })
  })

  it('tells of a persona without keys how to give it some', async () => {
    const told = await ehealth(['token', '--simulator', at('sim'), '--persona', 'dentist'])
    expect(told.code).toBe(2)
    expect(told.stderr).toContain('--personas dentist')
  })

  it('refuses a persona that there is not', async () => {
    const told = await ehealth(['simulator', '--port', '0', '--dir', at('none'), '--personas', 'dentits'])
    expect(told.code).toBe(2)
    expect(told.stderr).toContain('Did you mean dentist?')
  })
})

describe('--as', () => {
  const options = (name: string): string[] => {
    const { keystore } = personas.find((entry) => entry.name === name)!
    return ['--environment', 'acceptance', '--keystore', at(`sim/${keystore}`), '--password-env', 'PASSWORD']
  }

  it('refuses a profession that there is not, with the one that was meant', async () => {
    const told = await ehealth(['token', '--as', 'medicalhous'])
    expect(told.code).toBe(2)
    expect(told.stderr).toContain('Did you mean medicalHouse?')
  })

  it('takes the number of the keystore, or says which one is missing', async () => {
    const { password } = personas.find(({ name }) => name === 'patient')!
    const env = { PASSWORD: password }
    const missing = await ehealth(['token', '--as', 'podologist', ...options('patient'), '--json'], { env })
    expect(missing.json()).toMatchObject({ error: { code: 'configuration.invalid', path: 'as.nihii' } })
    const other = await ehealth(['token', '--as', 'medicalHouse', ...options('patient'), '--json'], { env })
    expect(other.json()).toMatchObject({ error: { code: 'configuration.invalid', path: 'as.nihii' } })
    expect(other.json<{ error: { message: string } }>().error.message).toContain('that of a SSIN')
  })
})

describe('a caller of the settings', () => {
  const ssin = '90010199794'
  const identities: Readonly<Record<string, string>> = { SSIN: ssin, CBE: '0999999922', EHP: '1990009933' }

  it.each(professionNames)('is made of the keystore and what it does not tell: %s', (name) => {
    expect(needsIdentity(name, {})).toBe(true)
    const numbers = { ssin, nihii: '71009938', quality: 'SOCIAL_WORKER' }
    const made = callerOf(name, { ...numbers, cbe: '0999999922', ehp: '1990009933' })
    const type = made.certificateType!
    const value = identities[type.split('-')[0]!] ?? '71009938'
    const kind = type === 'SSIN' ? ('person' as const) : ('organisation' as const)
    const rest = type === 'SSIN' ? { nihii: '71009938', quality: 'SOCIAL_WORKER' } : { ssin }
    expect(callerOf(name, rest, { kind, type, value })).toEqual(made)
  })

  it('is found by the KMEHR code of the official configuration', () => {
    expect(professionOfKmehr('persphysician')).toBe('physician')
    expect(professionOfKmehr('orgprimaryhealthcarecenter')).toBe('medicalHouse')
    expect(professionOfKmehr('orgpharmacy')).toBe('pharmacy')
    expect(professionOfKmehr('persnobody')).toBeUndefined()
  })
})
