/** Every profession at the STS of the simulator: granted to whoever holds it, refused to whoever does not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect } from '../../src/index.js'
import {
  careProfessional,
  hospital,
  pharmacist,
  pharmacy,
  physician,
  professionNames,
  professionOf,
  professions,
  type NamedProfessionOptions,
  type Profession,
  type ProfessionName,
} from '../../src/professions/index.js'
import {
  startSimulator,
  type AnyPersonaName,
  type Persona,
  type RegisteredActor,
  type Simulator,
} from '../../src/simulator/index.js'
import { openKeystore, type Keystore } from '../../src/technical/keystore/index.js'
import type { Token } from '../../src/technical/sts/index.js'

/** Those who call with a keystore of their own. */
const ownKeystores = [
  'physician',
  'nurse',
  'hospital',
  'dentist',
  'midwife',
  'physiotherapist',
  'pharmacist',
  'pharmacy',
  'medicalHouse',
  'guardPost',
  'laboratory',
  'retirementHome',
  'patient',
] as const satisfies readonly ProfessionName[]

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ personas: [...ownKeystores, 'enterprise', 'hub', 'deputyPharmacist'] })
}, 120_000)
afterAll(() => simulator.close())

const opened = new Map<AnyPersonaName, Promise<Keystore>>()

/** The keystore of a persona, opened once: that takes longer than a token. */
function keystoreOf({ name, keystore, password }: Persona): Promise<Keystore> {
  const known = opened.get(name) ?? openKeystore({ bytes: keystore }, { password })
  opened.set(name, known)
  return known
}

/** Asks the STS with the keystore of a persona. */
async function tokenOf(persona: Persona, as: Profession, user?: AnyPersonaName): Promise<Token> {
  const identification = user === undefined ? undefined : await keystoreOf(await simulator.persona(user))
  await using me = await connect({
    environment: simulator.environment,
    keystore: await keystoreOf(persona),
    as,
    ...(identification === undefined ? {} : { identification: identification.authentication }),
  })
  return await me.technical.token()
}

const actorOf = (name: AnyPersonaName): RegisteredActor =>
  simulator.world.actors.find((actor) => actor.name === name)!

/** Runs something while the register says something else of a persona. */
async function registeredAs<T>(
  name: AnyPersonaName,
  changes: Partial<RegisteredActor>,
  action: () => Promise<T>,
): Promise<T> {
  const before = actorOf(name)
  simulator.world.register({ ...before, ...changes })
  try {
    return await action()
  } finally {
    simulator.world.register(before)
  }
}

function expectGranted(token: Token, { attributes, demanded }: Profession): void {
  for (const name of demanded) expect(token.grants(name), name).toBe(true)
  expect(new Set(token.attributes.map(({ name }) => name))).toEqual(
    new Set(attributes.map(({ name }) => name)),
  )
}

describe('the personas of the simulator', () => {
  it.each(ownKeystores)('get the token of their profession: %s', async (name) => {
    const persona = await simulator.persona(name)
    const as = professionOf(persona.profession, persona.numbers)
    const token = await tokenOf(persona, as, persona.identifiedBy)
    expectGranted(token, as)
    for (const { name: attribute, namespace } of as.attributes.filter(({ values }) => values === undefined))
      if (namespace.includes('certified') && !attribute.includes('usersession'))
        expect(token.grants(attribute), attribute).toBe(true)
  })
})

/** The keystore with which a profession is tried: of the same kind of certificate. */
function standInFor(name: ProfessionName): {
  persona: AnyPersonaName
  number: 'ssin' | 'nihii' | 'cbe' | 'ehp'
} {
  const { certificateType } = professions[name]
  if (certificateType === 'SSIN') return { persona: 'patient', number: 'ssin' }
  if (certificateType.startsWith('CBE')) return { persona: 'enterprise', number: 'cbe' }
  if (certificateType.startsWith('EHP')) return { persona: 'hub', number: 'ehp' }
  return { persona: name === 'pharmacy' ? 'pharmacy' : 'medicalHouse', number: 'nihii' }
}

/** Numbers of the profession, its own one that of the stand-in. */
async function standIn(name: ProfessionName) {
  const { persona: standInName, number } = standInFor(name)
  const persona = await simulator.persona(standInName)
  const registered = actorOf(name)
  const user = name === 'pharmacy' || name === 'hospitalPharmacy' ? ('pharmacist' as const) : undefined
  const numbers: NamedProfessionOptions = {
    ...(name in professions && 'nihii' in professions[name].numbers ? { nihii: registered.nihii } : {}),
    ...(user === undefined ? {} : { ssin: actorOf(user).ssin, holder: actorOf('pharmacist').ssin }),
    ...(name === 'pharmacist'
      ? { pharmacy: actorOf('pharmacy').nihii, holder: actorOf('pharmacist').ssin }
      : {}),
    ...(name === 'careProfessional' ? { quality: 'SOCIAL_WORKER' } : {}),
    [number]: persona[number],
  }
  return { standInName, persona, registered, user, as: professionOf(name, numbers) }
}

describe('a token', () => {
  const withoutDemands = ['patient', 'careProfessional', 'enterprise', 'treatmentCenter', 'consortium']

  it.each(professionNames)('is granted to whoever the register knows as such: %s', async (name) => {
    const { standInName, persona, registered, user, as } = await standIn(name)
    const { certified, holder } = registered
    await registeredAs(standInName, { certified, ...(holder === undefined ? {} : { holder }) }, async () =>
      expectGranted(await tokenOf(persona, as, user), as),
    )
  })

  it.each(professionNames.filter((name) => !withoutDemands.includes(name)))(
    'is refused to whoever the register does not know as such, and the attribute named: %s',
    async (name) => {
      const { standInName, persona, user, as } = await standIn(name)
      expect(as.demanded.length).toBeGreaterThan(0)
      const refusal = { code: 'token.attribute', details: { attribute: as.demanded[0] } }
      // the pharmacist stands in a pharmacy that the register does not recognise
      const doubted = name === 'pharmacist' ? 'pharmacy' : standInName
      await registeredAs(doubted, { certified: {}, holder: '' }, () =>
        expect(tokenOf(persona, as, user)).rejects.toMatchObject(refusal),
      )
    },
  )

  it.each(withoutDemands)(
    'of a profession of which nothing is certified is refused for the number of somebody else: %s',
    async (name) => {
      const { persona, as } = await standIn(name as ProfessionName)
      expect(as.demanded).toEqual([])
      const others: Record<string, string> = { ssin: '90010199794', cbe: '0999999922' }
      const number = standInFor(name as ProfessionName).number
      const stranger = professionOf(name, {
        ...qualityOf(name),
        [number]: others[number],
      })
      await expect(tokenOf(persona, stranger)).rejects.toMatchObject({ code: 'token.refused' })
      expectGranted(await tokenOf(persona, as), as)
    },
  )
})

const qualityOf = (name: string) => (name === 'careProfessional' ? { quality: 'SOCIAL_WORKER' } : {})

describe('a person', () => {
  it('who holds another profession is told what is missing', async () => {
    const nurse = await simulator.persona('nurse')
    const { ssin, nihii } = nurse as { ssin: string; nihii: string }
    for (const [name, attribute] of [
      ['dentist', 'urn:be:fgov:person:ssin:ehealth:1.0:professional:dentist:boolean'],
      ['midwife', 'urn:be:fgov:person:ssin:ehealth:1.0:professional:midwife:boolean'],
      ['physician', 'urn:be:fgov:person:ssin:doctor:boolean'],
    ] as const)
      await expect(tokenOf(nurse, professionOf(name, { ssin, nihii }))).rejects.toMatchObject({
        code: 'token.attribute',
        details: { attribute, state: 'false' },
      })
  })

  it('is seen by the register as it is told: recognised, not recognised, unknown', async () => {
    const dentist = await simulator.persona('dentist')
    const as = { ...professionOf('dentist', dentist.numbers), demanded: [] }
    const flag = 'urn:be:fgov:person:ssin:ehealth:1.0:professional:dentist:boolean'
    const number = 'urn:be:fgov:person:ssin:ehealth:1.0:nihii:dentist:nihii11'
    const seen = async (standing: NonNullable<RegisteredActor['standing']>) => {
      const token = await registeredAs('dentist', { standing }, () => tokenOf(dentist, as))
      return [token.values(flag), token.values(number)]
    }
    expect(await seen('recognised')).toEqual([['true'], [dentist.nihii]])
    expect(await seen('not-recognised')).toEqual([['false'], [dentist.nihii]])
    expect(await seen('unknown')).toEqual([['false'], ['']])
  })

  it('without anything certified is still somebody', async () => {
    const patient = await simulator.persona('patient')
    const as = careProfessional({ ssin: patient.ssin!, quality: 'AMBULANCE_RESCUER' })
    expect((await tokenOf(patient, as)).values('urn:be:fgov:person:ssin')).toEqual([patient.ssin])
  })
})

describe('a pharmacy', () => {
  const flag = 'urn:be:fgov:ehealth:1.0:pharmacy:nihii-number:person:ssin:ehealth:1.0:pharmacy-holder:boolean'
  const number = 'urn:be:fgov:person:ssin:ehealth:1.0:pharmacy-holder:certified:nihii11'

  it('is called for by its holder or a deputy, who identifies; the platform names the holder', async () => {
    const own = await simulator.persona('pharmacy')
    const holder = await simulator.persona('pharmacist')
    const deputy = await simulator.persona('deputyPharmacist')
    for (const user of [holder, deputy]) {
      const as = pharmacy({ nihii: own.nihii!, ssin: user.ssin!, holder: holder.ssin! })
      const token = await tokenOf(own, as, user.name)
      expect(token.values('urn:be:fgov:person:ssin')).toEqual([user.ssin])
      expect([token.values(flag), token.values(number)]).toEqual([['true'], [holder.nihii]])
    }
  })

  it('is refused to a user who names himself holder and is none', async () => {
    const own = await simulator.persona('pharmacy')
    const deputy = await simulator.persona('deputyPharmacist')
    await expect(
      tokenOf(own, pharmacy({ nihii: own.nihii!, ssin: deputy.ssin! }), 'deputyPharmacist'),
    ).rejects.toMatchObject({ code: 'token.attribute', details: { attribute: flag, state: 'false' } })
  })

  it('is refused to a user who is not the one that identifies', async () => {
    const own = await simulator.persona('pharmacy')
    const holder = await simulator.persona('pharmacist')
    const as = pharmacy({ nihii: own.nihii!, ssin: holder.ssin! })
    await expect(tokenOf(own, as, 'deputyPharmacist')).rejects.toMatchObject({ code: 'token.refused' })
  })

  it('may be named by its pharmacist without its certificate', async () => {
    const deputy = await simulator.persona('deputyPharmacist')
    const as = pharmacist({
      ssin: deputy.ssin!,
      pharmacy: actorOf('pharmacy').nihii!,
      holder: actorOf('pharmacist').ssin!,
    })
    expect((await tokenOf(deputy, as)).grants(flag)).toBe(true)
  })
})

describe('a hospital', () => {
  it('shows its campus, and the profession of its user', async () => {
    const own = await simulator.persona('hospital')
    const doctor = await simulator.persona('physician')
    const user = physician({ ssin: doctor.ssin!, nihii: doctor.nihii! })
    const as = hospital({ nihii: own.nihii!, site: '0042', user })
    const token = await tokenOf(own, as, 'physician')
    expectGranted(token, as)
    expect(token.grants('urn:be:fgov:person:ssin:doctor:boolean')).toBe(true)
  })

  it('has no campus but its own', async () => {
    const own = await simulator.persona('hospital')
    await expect(tokenOf(own, hospital({ nihii: own.nihii!, site: '0043' }))).rejects.toMatchObject({
      code: 'token.attribute',
      details: { attribute: 'urn:be:fgov:ehealth:1.0:campus:site-number:recognisedsite:boolean' },
    })
  })
})
