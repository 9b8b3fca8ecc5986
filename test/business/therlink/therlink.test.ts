import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { DeclareLinkOptions, Patient, Proof } from '../../../src/business/therlink/index.js'
import {
  createTherapeuticLinks,
  linkDurations,
  linkTypes,
  proofTypes,
} from '../../../src/business/therlink/index.js'
import { therlinkOperations } from '../../../src/business/therlink/contract.js'
import { addAuthenticLink } from '../../../src/simulator/index.js'
import { exclusionsOf } from '../../../src/simulator/services/exclusions/state.js'
import { linksOf } from '../../../src/simulator/services/therlink/state.js'
import { openSignedContent, signContent } from '../../../src/technical/seal/signContent.js'
import { openCast, registerPharmacy, type Cast } from '../access/world.js'

let cast: Cast
const noon = new Date('2026-03-02T11:00:00Z')
const today = '2026-03-02'

beforeAll(async () => {
  cast = await openCast({ clock: { now: () => noon } })
})
afterAll(() => cast.close())
beforeEach(() => {
  linksOf(cast.simulator.world).length = 0
  exclusionsOf(cast.simulator.world).length = 0
  cast.simulator.faults.clear()
  cast.simulator.clock.set(noon)
})

const adult = (): Patient => cast.patients.adult
const patient = () => ({ ssin: adult().ssin })
const reading = (): DeclareLinkOptions => ({ patient: adult(), proof: 'eidreading' })
const codesOf = (outcome: { errors: { codes: string[] }[] }) => outcome.errors.flatMap(({ codes }) => codes)

describe('a therapeutic link', () => {
  it('is declared with a card that was read, and found with its end and what was done', async () => {
    const { physician } = cast
    expect(await physician.therlink.has({ patient: patient() })).toMatchObject({
      outcome: 'answered',
      linked: false,
    })
    expect(await physician.therlink.declare({ ...reading(), comment: 'seen today' })).toMatchObject({
      outcome: 'declared',
      errors: [],
    })
    expect(await physician.therlink.has({ patient: patient() })).toMatchObject({ linked: true })
    const found = await physician.therlink.list({ patient: patient() })
    expect(found).toMatchObject({
      outcome: 'found',
      truncated: false,
      links: [
        {
          patient: { ssin: adult().ssin, firstName: 'Lou', familyName: 'Voorbeeld' },
          providers: [
            {
              roles: ['persphysician'],
              ssin: cast.providers.physician.ssin,
              number: cast.providers.physician.nihii,
            },
          ],
          type: 'gpconsultation',
          startDate: today,
          endDate: '2027-06-02',
          comment: 'seen today',
          revocable: true,
          operations: [
            {
              operation: 'declaration',
              recordedAt: noon,
              proofs: ['eidreading'],
              author: { parties: [{ ssin: cast.providers.physician.ssin }] },
            },
          ],
        },
      ],
    })
  })

  it('lasts until the day before its end, and is over on that day', async () => {
    const { nurse, simulator } = cast
    await nurse.therlink.declare({ ...reading(), endDate: '2026-03-10' })
    for (const [at, linked] of [
      // the last second of the 9th in Belgium, and the first of the 10th
      ['2026-03-09T22:59:59Z', true],
      ['2026-03-09T23:00:00Z', false],
    ] as const) {
      simulator.clock.set(new Date(at))
      expect(await nurse.therlink.has({ patient: patient() }), at).toMatchObject({ linked })
    }
    expect(await nurse.therlink.list({ patient: patient(), status: 'inactive' })).toMatchObject({
      links: [{ endDate: '2026-03-10' }],
    })
  })

  it('that exists is told as such; another type or another provider is another link', async () => {
    const { physician, nurse } = cast
    await physician.therlink.declare(reading())
    expect(await physician.therlink.declare(reading())).toMatchObject({
      outcome: 'already-linked',
      errors: [{ codes: ['TL.ACCESS.10'], text: 'A valid link exists already' }],
    })
    expect(await physician.therlink.declare({ ...reading(), type: 'consultation' })).toMatchObject({
      outcome: 'declared',
    })
    expect(await nurse.therlink.declare(reading())).toMatchObject({ outcome: 'declared' })
    expect(linksOf(cast.simulator.world).map(({ type }) => type)).toEqual([
      'gpconsultation',
      'consultation',
      'consultation',
    ])
  })

  it('is revoked as it was declared, once, and can be declared again', async () => {
    const { physician, simulator } = cast
    const revocation = { patient: adult(), startDate: today, proof: 'eidreading' as const }
    expect(await physician.therlink.revoke(revocation)).toMatchObject({
      outcome: 'not-found',
      errors: [{ codes: ['TL.ACCESS.11'] }],
    })
    await physician.therlink.declare(reading())
    simulator.clock.set(new Date('2026-04-01T10:00:00Z'))
    // as the official clients do: the link's own start and its original end
    expect(await physician.therlink.revoke({ ...revocation, endDate: '2027-06-02' })).toMatchObject({
      outcome: 'revoked',
    })
    expect(await physician.therlink.revoke(revocation)).toMatchObject({
      outcome: 'already-revoked',
      errors: [{ codes: ['TL.ACCESS.12'] }],
    })
    expect(await physician.therlink.list({ patient: patient(), status: 'all' })).toMatchObject({
      links: [
        {
          revocable: false,
          operations: [{ operation: 'declaration' }, { operation: 'revocation', proofs: ['eidreading'] }],
        },
      ],
    })
    expect(await physician.therlink.has({ patient: patient() })).toMatchObject({ linked: false })
    expect(await physician.therlink.declare(reading())).toMatchObject({ outcome: 'declared' })
  })

  it('that ends after the original end is no revocation', async () => {
    await cast.physician.therlink.declare(reading())
    const revoked = await cast.physician.therlink.revoke({
      patient: adult(),
      startDate: today,
      endDate: '2027-06-03',
    })
    expect(revoked).toMatchObject({ outcome: 'refused' })
    expect(codesOf(revoked)).toEqual(['TL.INPUT.67.01'])
  })

  it('of the global medical file is seen, and neither declared nor revoked', async () => {
    const { physician, simulator } = cast
    const { ssin, nihii } = simulator.personas.physician
    await addAuthenticLink(simulator.world, {
      patientSsin: adult().ssin,
      provider: { ssin, nihii },
      from: '2026-01-01',
      until: '2026-12-31',
    })
    expect(await physician.therlink.list({ patient: patient(), types: ['gmd'] })).toMatchObject({
      links: [{ type: 'gmd', revocable: false, operations: [{ operation: 'declaration', proofs: [] }] }],
    })
    expect(await physician.therlink.has({ patient: patient() })).toMatchObject({ linked: true })
    for (const work of [
      () => physician.therlink.declare({ ...reading(), type: 'gmd' }),
      () => physician.therlink.revoke({ patient: adult(), type: 'gmd' }),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'therlink.type', path: 'type' })
  })

  it('with a pharmacy is declared by its holder, never with the pharmacist', async () => {
    const { holder, pharmacy, parties } = registerPharmacy(cast.simulator)
    const { therlink } = await cast.citizen(holder, { profession: 'pharmacist', kmehr: 'perspharmacist' })
    const author = { parties }
    expect(await therlink.declare({ ...reading(), author })).toMatchObject({ outcome: 'declared' })
    expect(await therlink.has({ patient: patient(), author })).toMatchObject({ linked: true })
    expect(await cast.nurse.therlink.has({ patient: patient(), provider: pharmacy })).toMatchObject({
      linked: true,
    })
    const withPerson = await therlink.declare({ ...reading(), author, provider: parties[1]! })
    expect(codesOf(withPerson)).toEqual(['TL.INPUT.46'])
    const withoutHolder = await therlink.declare({ ...reading(), author: { parties: [pharmacy] } })
    expect(codesOf(withoutHolder)).toEqual(['TL.INPUT.24'])
  })

  it('is declared and taken back by the patient, without a proof of the kind that providers give', async () => {
    const { therlink } = await cast.citizen('adult')
    const link = { patient: adult(), provider: cast.providers.nurse }
    const card = await cast.simulator.card('adult')
    const proof: Proof = { type: 'eidsigning', credential: card.signature }
    expect(await therlink.declare({ ...link, proof })).toMatchObject({ outcome: 'declared' })
    expect(await therlink.list({ patient: patient(), status: 'all' })).toMatchObject({
      links: [{ operations: [{ proofs: ['patientmanagement'] }] }],
    })
    expect(await therlink.revoke(link)).toMatchObject({ outcome: 'revoked' })
    const stranger = await cast.citizen('foreigner')
    expect(codesOf(await stranger.therlink.declare({ ...link, proof }))).toEqual(['TL.ACCESS.07'])
  })

  it('of a parent for a child needs the mandate', async () => {
    const { therlink } = await cast.citizen('adult')
    const { child } = cast.patients
    const author = {
      parties: [{ application: 'SAMPLE-1', name: 'Sample' }],
      patient: { ssin: child.ssin },
      person: { ssin: adult().ssin },
    }
    const options = {
      patient: child,
      provider: cast.providers.nurse,
      proof: 'isireading' as const,
      author,
    }
    expect(await therlink.declare(options)).toMatchObject({ outcome: 'declared' })
    const stranger = await cast.citizen('foreigner')
    const other = { ...author, person: { ssin: cast.patients.foreigner.ssin } }
    expect(codesOf(await stranger.therlink.declare({ ...options, author: other }))).toEqual(['TL.ACCESS.05'])
  })

  it('may be asked for by a hospital, which cannot have one', async () => {
    await cast.nurse.therlink.declare(reading())
    const therlink = createTherapeuticLinks(cast.hospital.session)
    const provider = cast.providers.nurse
    expect(await therlink.has({ patient: patient(), provider })).toMatchObject({ linked: true })
    expect(codesOf(await therlink.declare({ ...reading(), provider }))).toEqual(['TL.ACCESS.05'])
    expect(codesOf(await therlink.list({ patient: patient() }))).toEqual(['TL.ACCESS.05'])
  })
})

describe('links in one message', () => {
  it('are declared all', async () => {
    const { physician, patients } = cast
    const links = [
      { patient: patients.adult, proof: 'eidreading' as const },
      { patient: patients.child, proof: 'isireading' as const },
    ]
    expect(await physician.therlink.declareAll({ links })).toMatchObject({ outcome: 'declared' })
    for (const { ssin } of [patients.adult, patients.child])
      expect(await physician.therlink.has({ patient: { ssin } })).toMatchObject({ linked: true })
  })

  it('are declared all or none', async () => {
    const { physician, patients } = cast
    await physician.therlink.declare({ patient: patients.child, proof: 'isireading' })
    const links = [
      { patient: patients.adult, proof: 'eidreading' as const },
      { patient: patients.child, proof: 'isireading' as const },
    ]
    expect(await physician.therlink.declareAll({ links })).toMatchObject({
      outcome: 'already-linked',
      errors: [{ codes: ['TL.ACCESS.10'] }],
    })
    expect(await physician.therlink.has({ patient: patient() })).toMatchObject({ linked: false })
  })

  it('are checked at the door, each with its path', async () => {
    const { physician } = cast
    await expect(physician.therlink.declareAll({ links: [] })).rejects.toMatchObject({
      code: 'therlink.bulk',
      path: 'links',
    })
    const links = [reading(), { patient: patient(), proof: 'eidreading' as const }]
    await expect(physician.therlink.declareAll({ links })).rejects.toMatchObject({
      code: 'therlink.names-required',
      path: 'links[1].patient.firstName',
    })
  })
})

describe('a search', () => {
  beforeEach(async () => {
    const { physician, nurse } = cast
    await physician.therlink.declare(reading())
    await physician.therlink.declare({ ...reading(), type: 'consultation', endDate: '2026-03-20' })
    await nurse.therlink.declare(reading())
  })
  const typesFound = async (options: object, who = cast.physician) => {
    const found = await who.therlink.list({ patient: patient(), ...options })
    return found.outcome === 'found' ? found.links.map(({ type }) => type) : codesOf(found)
  }

  it('shows a provider his own links, the patient all of them', async () => {
    expect(await typesFound({})).toEqual(['gpconsultation', 'consultation'])
    expect(await typesFound({}, cast.nurse)).toEqual(['consultation'])
    const { therlink } = await cast.citizen('adult')
    const all = await therlink.list({ patient: patient() })
    expect(all).toMatchObject({ links: { length: 3 } })
    const one = await therlink.list({ patient: patient(), providers: [cast.providers.nurse] })
    expect(one).toMatchObject({ links: [{ providers: [{ roles: ['persnurse'] }] }] })
  })

  it('goes by type, status and period', async () => {
    expect(await typesFound({ types: ['consultation'] })).toEqual(['consultation'])
    expect(await typesFound({ types: ['carepath'] })).toEqual([])
    expect(await typesFound({ from: '2026-03-20', until: '2026-04-01' })).toEqual(['gpconsultation'])
    expect(await typesFound({ from: '2026-01-01', until: '2026-03-01' })).toEqual([])
    cast.simulator.clock.set(new Date('2026-04-01T10:00:00Z'))
    expect(await typesFound({})).toEqual(['gpconsultation'])
    expect(await typesFound({ status: 'inactive' })).toEqual(['consultation'])
    expect(await typesFound({ status: 'all' })).toEqual(['gpconsultation', 'consultation'])
  })

  it('that finds nothing is an empty list, and keeps what the platform said', async () => {
    const found = await cast.physician.therlink.list({ patient: { ssin: cast.patients.child.ssin } })
    expect(found).toMatchObject({ outcome: 'found', links: [], errors: [{ codes: ['TL.ACCESS.11'] }] })
  })

  it('says when there may be more than were asked for', async () => {
    const { physician } = cast
    expect(await physician.therlink.list({ patient: patient(), maxRows: 1 })).toMatchObject({
      links: { length: 1 },
      truncated: true,
    })
    expect(await physician.therlink.list({ patient: patient(), maxRows: 3 })).toMatchObject({
      links: { length: 2 },
      truncated: false,
    })
  })

  it('that nobody could answer is refused by the platform, and before by this library', async () => {
    const { physician } = cast
    const request = await rawRequest(1001)
    const { value } = await physician.session.call(therlinkOperations.getTherapeuticLink, {
      request,
      select: { hcparty: [], cd: [] },
      proof: [],
    })
    expect(value.acknowledge.error[0]?.cd[0]?.value).toBe('TL.OTHER.10')
    const before = cast.simulator.calls('therLink')
    for (const [options, code, path] of [
      [{ maxRows: 1001 }, 'therlink.criteria', 'maxRows'],
      [{ maxRows: 0 }, 'therlink.criteria', 'maxRows'],
      [{ from: today }, 'therlink.period', 'until'],
      [{ until: today }, 'therlink.period', 'from'],
      [{ from: today, until: '2026-03-01' }, 'therlink.period', 'until'],
      [{ from: today, until: today, status: 'all' }, 'therlink.period', 'status'],
      [{ from: today, until: today, types: ['gmd'] }, 'therlink.period', 'types'],
      [{ status: 'ACTIVE' }, 'therlink.criteria', 'status'],
      [{ providers: 'all' }, 'therlink.criteria', 'providers'],
      [{ from: 'yesterday', until: today }, 'kmehr.date', 'from'],
    ] as const)
      await expect(
        physician.therlink.list({ patient: patient(), ...(options as object) }),
        path,
      ).rejects.toMatchObject({ code, path })
    expect(cast.simulator.calls('therLink')).toBe(before)
  })

  it('with warnings of the sickness funds gives the list and keeps the warnings', async () => {
    const { value } = await cast.physician.session.call(therlinkOperations.getTherapeuticLink, {
      request: await rawRequest(),
      select: {
        patient: { id: [{ S: 'INSS', SV: '1.0', value: adult().ssin }] },
        hcparty: [],
        cd: [],
      },
      proof: [{ cd: { S: 'CD-PROOFTYPE', SV: '1.1', value: 'eidreading' } }],
    })
    expect(value.acknowledge.iscomplete).toBe(true)
    expect(value.acknowledge.error[0]?.cd[0]?.value).toBe('NIP.INPUT.RequestValidation')
    expect(value.therapeuticlinklist?.therapeuticlink).toHaveLength(2)
  })
})

async function rawRequest(maxrows?: number) {
  return {
    id: { S: 'ID-KMEHR', SV: '1.0', value: '1' },
    author: {
      hcparty: [
        {
          id: [{ S: 'INSS', SV: '1.0', value: cast.providers.physician.ssin! }],
          cd: [{ S: 'CD-HCPARTY', SV: '1.1', value: 'persphysician' }],
          address: [],
          telecom: [],
        },
      ],
    },
    date: today,
    time: '12:00:00',
    ...(maxrows === undefined ? {} : { maxrows }),
  }
}

describe('the signature of a patient', () => {
  it('is made over the link itself, and the platform opens it', async () => {
    const { signature } = await cast.simulator.card('adult')
    const outcome = await cast.physician.therlink.declare({
      patient: adult(),
      proof: { type: 'eidsigning', credential: signature },
    })
    expect(outcome).toMatchObject({ outcome: 'declared' })
    const [link] = linksOf(cast.simulator.world)
    const cms = link!.declaration.proofs[0]!.binaryproof!.Base64EncryptedValue.value
    const { content, signer } = openSignedContent(cms)
    expect(signer.equals(signature.certificate)).toBe(true)
    const signed = Buffer.from(content).toString('utf8')
    expect(signed).toContain('>ignored</core:cd>')
    expect(signed).toContain(`<core:startdate>${today}</core:startdate><core:enddate>${today}</core:enddate>`)
    for (const word of [adult().ssin, adult().eidCard!, 'Voorbeeld', cast.providers.physician.nihii!])
      expect(signed).toContain(word)
  })

  it('may be made elsewhere, over the very same bytes', async () => {
    const { signature } = await cast.simulator.card('adult')
    const content = await cast.physician.therlink.contentToSign({ patient: adult() })
    const cms = await signContent(content, signature, cast.simulator.runtime)
    expect(
      await cast.physician.therlink.declare({ patient: adult(), proof: { type: 'eidsigning', cms } }),
    ).toMatchObject({ outcome: 'declared' })
  })

  it('shortly before midnight holds until the day after', async () => {
    cast.simulator.clock.set(new Date('2026-03-02T22:57:00Z'))
    const content = await cast.physician.therlink.contentToSign({ patient: adult() })
    expect(Buffer.from(content).toString()).toContain('<core:enddate>2026-03-03</core:enddate>')
  })

  it('of somebody else, or over something else, is refused before anything is sent', async () => {
    const { physician, patients, simulator } = cast
    const [mine, other] = await Promise.all([simulator.card('adult'), simulator.card('foreigner')])
    const content = await physician.therlink.contentToSign({ patient: adult() })
    const sign = (what: Uint8Array, card = mine) => signContent(what, card.signature, simulator.runtime)
    const ofOther = await physician.therlink.contentToSign({ patient: patients.foreigner })
    const withNurse = await physician.therlink.contentToSign({
      patient: adult(),
      provider: cast.providers.nurse,
    })
    const sound = await sign(content)
    const broken = Uint8Array.from(sound)
    broken[Buffer.from(sound).indexOf('Voorbeeld')]! ^= 1
    const before = simulator.calls('therLink')
    for (const [proof, path] of [
      [{ type: 'eidsigning', credential: other.signature }, 'proof.credential'],
      [{ type: 'eidsigning', cms: await sign(content, other) }, 'proof.cms'],
      [{ type: 'eidsigning', cms: await sign(ofOther) }, 'proof.cms'],
      [{ type: 'eidsigning', cms: await sign(withNurse) }, 'proof.cms'],
      [{ type: 'eidsigning', cms: await sign(Buffer.from('<other/>')) }, 'proof.cms'],
      [{ type: 'eidsigning', cms: broken }, 'proof.cms'],
      [{ type: 'eidsigning', cms: sound.subarray(0, 200) }, 'proof.cms'],
      [{ type: 'eidsigning', cms: content }, 'proof.cms'],
      [{ type: 'eidsigning' }, 'proof'],
      [{ type: 'eidreading', cms: sound }, 'proof'],
      ['eidsigning', 'proof'],
      ['patientmanagement', 'proof'],
      ['sisreading', 'proof'],
    ] as [Proof, string][])
      await expect(physician.therlink.declare({ patient: adult(), proof }), path).rejects.toMatchObject({
        code: 'therlink.proof',
        path,
      })
    expect(simulator.calls('therLink')).toBe(before)
  })

  it('is judged by the platform as well, whoever sends it', async () => {
    const { physician, simulator } = cast
    const [mine, other] = await Promise.all([simulator.card('adult'), simulator.card('foreigner')])
    const content = await physician.therlink.contentToSign({ patient: adult() })
    const withNurse = await physician.therlink.contentToSign({
      patient: adult(),
      provider: cast.providers.nurse,
    })
    const { eidCard: _, ...noCard } = adult()
    const ofOther = await physician.therlink.contentToSign({ patient: noCard })
    const by =
      (credential = mine.signature) =>
      (what: Uint8Array) =>
        signContent(what, credential, simulator.runtime)
    const put = async (change: object) => {
      const element = elementOf()
      const { value } = await physician.session.call(therlinkOperations.putTherapeuticLink, {
        request: await rawRequest(),
        therapeuticlink: element,
        proof: [{ cd: { S: 'CD-PROOFTYPE', SV: '1.1', value: 'eidsigning' }, ...change }],
      })
      return value.acknowledge.error.map(({ cd }) => cd[0]!.value)
    }
    const binary = (value: Uint8Array) => ({
      binaryproof: {
        cd: { S: 'CD-ENCRYPTION-METHOD', SV: '1.0', value: 'CMS' },
        Base64EncryptedValue: { value },
      },
    })
    expect(await put({})).toEqual(['TL.INPUT.74'])
    expect(await put(binary(Buffer.from('no CMS')))).toEqual(['TL.INPUT.76'])
    expect(await put(binary(await by(other.signature)(content)))).toEqual(['TL.INPUT.77'])
    expect(await put(binary(await by(mine.keystore.authentication)(content)))).toEqual(['TL.INPUT.80'])
    expect(await put(binary(await by()(ofOther)))).toEqual(['TL.INPUT.82'])
    expect(await put(binary(await by()(withNurse)))).toEqual(['TL.INPUT.83'])
    const card = { cd: { S: 'CD-PROOFTYPE', SV: '1.1', value: 'eidreading' } }
    expect(await put({ ...card, ...binary(content) })).toEqual(['TL.INPUT.84'])
    expect(await put({ cd: { ...card.cd, value: 'sisreading' } })).toEqual(['TL.INPUT.72'])
    expect(await put(binary(await by()(content)))).toEqual([])
  })
})

/** The link of the adult as this library writes it. */
function elementOf() {
  const { ssin, nihii } = cast.providers.physician
  const { firstName, familyName, eidCard } = adult()
  return {
    patient: {
      id: [
        { S: 'INSS', SV: '1.0', value: adult().ssin },
        { S: 'EID-CARDNO', SV: '1.0', value: eidCard! },
      ],
      firstname: firstName!,
      familyname: familyName!,
    },
    hcparty: [
      {
        id: [
          { S: 'ID-HCPARTY', SV: '1.0', value: nihii! },
          { S: 'INSS', SV: '1.0', value: ssin! },
        ],
        cd: { S: 'CD-HCPARTY', SV: '1.1', value: 'persphysician' },
        firstname: 'ADA',
        familyname: 'SAMPLEMANS',
      },
    ],
    cd: { S: 'CD-THERAPEUTICLINKTYPE', SV: '1.1', value: 'gpconsultation' },
    startdate: today,
  }
}

describe('a link that the platform refuses', () => {
  it.each<[string, (link: ReturnType<typeof elementOf>) => object]>([
    ['TL.INPUT.30', ({ patient: p }) => ({ patient: { ...p, id: p.id.slice(1) } })],
    ['TL.INPUT.31.01', ({ patient: p }) => ({ patient: { ...p, id: [p.id[0]!, ...p.id] } })],
    ['TL.INPUT.31.02', ({ patient: p }) => ({ patient: { ...p, id: [{ ...p.id[0]!, value: '1' }] } })],
    ['TL.INPUT.31', ({ patient: p }) => ({ patient: { ...p, id: [{ ...p.id[0]!, value: '01020399348' }] } })],
    ['TL.INPUT.31.03', ({ patient: p }) => ({ patient: { ...p, id: [...p.id, p.id[1]!] } })],
    [
      'TL.INPUT.31.05',
      ({ patient: p }) => ({ patient: { ...p, id: [p.id[0]!, { ...p.id[1]!, value: '599000010136' }] } }),
    ],
    [
      'TL.INPUT.34',
      ({ patient: p }) => ({ patient: { ...p, id: [p.id[0]!, { ...p.id[1]!, value: '599000010337' }] } }),
    ],
    ['TL.INPUT.32', ({ patient: p }) => ({ patient: { ...p, id: p.id.slice(0, 1) } })],
    ['TL.INPUT.35', ({ patient: { id } }) => ({ patient: { id } })],
    [
      'TL.INPUT.40',
      ({ hcparty: [h] }) => ({ hcparty: [{ ...h, id: [{ ...h!.id[1]!, value: '68052199236' }] }] }),
    ],
    ['TL.INPUT.41', ({ hcparty: [h] }) => ({ hcparty: [{ ...h, id: [{ ...h!.id[0]!, value: '1' }] }] })],
    [
      'TL.INPUT.42',
      ({ hcparty: [h] }) => ({
        hcparty: [{ ...h, id: [{ ...h!.id[0]!, value: '49997263401' }, h!.id[1]] }],
      }),
    ],
    ['TL.INPUT.43', ({ hcparty: [h] }) => ({ hcparty: [{ id: h!.id }] })],
    ['TL.INPUT.44', ({ hcparty: [h] }) => ({ hcparty: [{ ...h, cd: { ...h!.cd, value: 'doctor' } }] })],
    [
      'TL.INPUT.44.1',
      ({ hcparty: [h] }) => ({ hcparty: [{ ...h, cd: { ...h!.cd, value: 'perssocialworker' } }] }),
    ],
    ['TL.INPUT.45', ({ hcparty: [h] }) => ({ hcparty: [{ ...h, cd: { ...h!.cd, value: 'persdentist' } }] })],
    [
      'TL.INPUT.47',
      ({ hcparty: [h] }) => ({ hcparty: [{ ...h, id: [{ ...h!.id[1]!, value: '88091199108' }] }] }),
    ],
    ['TL.INPUT.50', ({ cd }) => ({ cd: { ...cd, value: 'visit' } })],
    ['TL.INPUT.52', ({ cd }) => ({ cd: { ...cd, value: 'gmd' } })],
    ['TL.INPUT.61', () => ({ startdate: '2026-03-01' })],
    ['TL.INPUT.62', () => ({ startdate: '2026-03-03' })],
    ['TL.INPUT.63', () => ({ enddate: today })],
    ['TL.INPUT.64', () => ({ enddate: '2026-03-01' })],
    ['TL.INPUT.60', () => ({ enddate: '2027-06-03' })],
    ['TL.OTHER.15', () => ({ comment: 'x'.repeat(257) })],
  ])('is refused with %s', async (code, change) => {
    const element = elementOf()
    const { value } = await cast.physician.session.call(therlinkOperations.putTherapeuticLink, {
      request: await rawRequest(),
      therapeuticlink: { ...element, ...change(element) },
      proof: [{ cd: { S: 'CD-PROOFTYPE', SV: '1.1', value: 'eidreading' } }],
    })
    expect(value.acknowledge.iscomplete).toBe(false)
    expect(value.acknowledge.error.map(({ cd }) => cd[0]!.value)).toEqual([code])
    expect(linksOf(cast.simulator.world)).toEqual([])
  })

  it('is one without proof, of another profession, or of an author who is somebody else', async () => {
    const put = async (change: object) => {
      const { value } = await cast.physician.session.call(therlinkOperations.putTherapeuticLink, {
        request: await rawRequest(),
        therapeuticlink: elementOf(),
        proof: [{ cd: { S: 'CD-PROOFTYPE', SV: '1.1', value: 'eidreading' } }],
        ...change,
      })
      return value.acknowledge.error.map(({ cd }) => cd[0]!.value)
    }
    expect(await put({ proof: [] })).toEqual(['TL.INPUT.70'])
    const other = await cast.physician.therlink.declare({ ...reading(), provider: cast.providers.nurse })
    expect(codesOf(other)).toEqual(['TL.ACCESS.06'])
    const stolen = await cast.nurse.therlink.declare({
      ...reading(),
      author: { parties: [cast.providers.physician] },
    })
    expect(codesOf(stolen)).toEqual(['TL.ACCESS.15'])
  })

  it('is one with a provider whom the patient has excluded, and says so', async () => {
    const { exclusions } = await cast.citizen('adult')
    await exclusions.exclude({ patient: patient(), provider: cast.providers.physician })
    expect(await cast.physician.therlink.declare(reading())).toMatchObject({
      outcome: 'excluded',
      errors: [{ codes: ['TL.ACCESS.08'], advice: expect.stringContaining('patient decides') as string }],
    })
  })
})

describe('a link that is wrong in itself', () => {
  it.each<[string, object, string, string]>([
    ['without names', { patient: { ssin: '68052199235' } }, 'therlink.names-required', 'patient.firstName'],
    ['of no type', { type: 'a b' }, 'therlink.type', 'type'],
    ['that ends as it starts', { endDate: today }, 'therlink.period', 'endDate'],
    ['with a long comment', { comment: 'x'.repeat(257) }, 'therlink.comment', 'comment'],
    ['with a day that is none', { endDate: '2026-13-01' }, 'kmehr.date', 'endDate'],
    ['with a party without number', { provider: { role: 'persnurse' } }, 'kmehr.party', 'provider'],
    [
      'with a party without role',
      { provider: { role: '', ssin: '68052199235' } },
      'kmehr.party',
      'provider.role',
    ],
    [
      'with a wrong number',
      { provider: { role: 'persnurse', nihii: '49997263402', ssin: '1' } },
      'identifier.length',
      'provider.ssin',
    ],
    ['with something unknown', { colour: 'red' }, 'configuration.invalid', 'colour'],
  ])('is refused at the door: %s', async (_, change, code, path) => {
    const before = cast.simulator.calls('therLink')
    await expect(cast.physician.therlink.declare({ ...reading(), ...change })).rejects.toMatchObject({
      code,
      path,
    })
    expect(cast.simulator.calls('therLink')).toBe(before)
  })
})

describe('ensureLink', () => {
  it('declares once, however often it is asked', async () => {
    const { physician } = cast
    expect(await physician.therlink.ensureLink(reading())).toMatchObject({ outcome: 'linked', changed: true })
    expect(await physician.therlink.ensureLink(reading())).toMatchObject({
      outcome: 'linked',
      changed: false,
    })
    expect(linksOf(cast.simulator.world)).toHaveLength(1)
  })

  it('finds a declaration that was carried out although its answer got lost', async () => {
    const before = cast.simulator.calls('therLink', 'PutTherapeuticLink')
    cast.simulator.faults.add({ kind: 'truncate', service: 'therLink', operation: 'PutTherapeuticLink' })
    expect(await cast.physician.therlink.ensureLink(reading())).toMatchObject({
      outcome: 'linked',
      changed: true,
    })
    expect(cast.simulator.calls('therLink', 'PutTherapeuticLink')).toBe(before + 1)
  })

  it('tells that the provider is excluded', async () => {
    const { exclusions } = await cast.citizen('adult')
    await exclusions.exclude({ patient: patient(), provider: cast.providers.nurse })
    expect(await cast.nurse.therlink.ensureLink(reading())).toMatchObject({ outcome: 'excluded' })
  })
})

describe('the tables of links', () => {
  it('say of every value where it is known from', () => {
    for (const { evidence, remark } of [...Object.values(linkTypes), ...Object.values(proofTypes)]) {
      expect(['confirmed', 'inferred']).toContain(evidence)
      expect(remark).not.toBe('')
    }
    expect(linkDurations.usual).toEqual({ months: 15, evidence: 'confirmed' })
    expect(Object.entries(linkTypes).filter(([, { declarable }]) => !declarable)).toEqual([
      ['gmd', expect.anything()],
    ])
  })
})
