import { afterAll, beforeAll, expect, it } from 'vitest'

import { connect, type Connection } from '../../../src/index.js'
import { hospital } from '../../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { identifierTypes, ssinCheckDigits } from '../../../src/technical/identifiers/index.js'
import { complement } from '../../../src/technical/identifiers/digits.js'

let simulator: Simulator
let me: Connection<'ehbox'>
beforeAll(async () => {
  simulator = await startSimulator()
  const { keystore, password, nihii } = simulator.personas.hospital
  me = await connect({
    environment: simulator.environment,
    keystore: { bytes: keystore, password },
    as: hospital({ nihii }),
  })
})
afterAll(async () => {
  await me.close()
  await simulator.close()
})

/** As the depot keeps a number of this type, and as a careless program has it. */
function numberOf(type: string, length: number): { kept: string; given: string } {
  const born2001 = '010111993'
  if (type === 'SSIN') {
    const kept = born2001 + ssinCheckDigits(born2001, true)
    return { kept, given: kept.replace(/^0+/, '') }
  }
  if (type === 'NIHII11')
    return { kept: `719990${complement('719990', 97)}000`, given: `719990${complement('719990', 97)}000` }
  if (type.startsWith('NIHII')) {
    const kept = `719990${complement('719990', 97)}`
    return { kept, given: `${kept}000` }
  }
  if (/^CBE/.test(type)) {
    const kept = `09999902${complement('09999902', 97)}`
    return { kept, given: kept.slice(1) }
  }
  return { kept: '42'.padStart(length, '0'), given: '42' }
}

// Everything of spec etee §2.5: 11 types of their own and 24 of NIHII.
it('knows every type of the platform', () => {
  expect(identifierTypes.map(({ etk }) => etk).sort()).toEqual(
    [
      'SSIN CBE CBE-TREAT_CENTER CBE-CONSORTIUM NIHII NIHII11 EHP EHP-CTRL_ORGANISM SITE SITESMUR SITEPIT',
      'NIHII-PHARMACY NIHII-LABO NIHII-RETIREMENT NIHII-OTD_PHARMACY NIHII-HOSPITAL NIHII-GROUP NIHII-PALLIATIVE_CARE',
      'NIHII-OFFICE_DENTISTS NIHII-MEDICAL_HOUSE NIHII-OFFICE_DOCTORS NIHII-GROUP_DOCTORS NIHII-OF_BAND NIHII-PSYCH_HOUSE',
      'NIHII-PROT_ACC NIHII-HOME_SERVICES NIHII-OF_PHYSIOS NIHII-GUARD_POST NIHII-BELRAI NIHII-BELRAI_SCREEN',
      'NIHII-GROUP_MIDWIVES NIHII-AMBU_SERVICE NIHII-LEGAL_PSY NIHII-REEDUCATION NIHII-SORTING_CENTER',
    ]
      .join(' ')
      .split(' ')
      .sort(),
  )
})

it.each(identifierTypes.map(({ etk, length }) => [etk, length] as const))(
  'asks for a number of the type %s in %i digits',
  async (type, length) => {
    const { kept, given } = numberOf(type, length)
    expect(kept).toHaveLength(length)
    // an application of its own, and a token that is none: found is told apart from not found
    simulator.world.addToken({ type, value: kept, application: 'APP', etk: Buffer.from('none') })
    const find = (application?: string) =>
      me.technical.etk.get({ type, value: given, ...(application === undefined ? {} : { application }) })
    await expect(find()).rejects.toMatchObject({ code: 'etk.malformed' })
    await expect(find('APP')).rejects.toMatchObject({ code: 'etk.malformed' })
    await expect(find('')).rejects.toMatchObject({ code: 'etk.not-found' })
    await expect(find('OTHER')).rejects.toMatchObject({ code: 'etk.not-found' })
  },
)
