/** Everything client and simulator put on the wire, judged by outsiders: libxml2 with the official schemas, xmlsec1, OpenSSL. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { consultationOperations as consultation } from '../src/business/ehbox/contract.js'
import { connect, type Connection } from '../src/connect.js'
import { hospital, nurse, patient, physician } from '../src/professions/index.js'
import { settingsOf } from '../src/simulator/services/ehbox/settings.js'
import { startSimulator, type PersonaName, type Simulator } from '../src/simulator/index.js'
import { createBusinessContinuity } from '../src/technical/businessContinuity/index.js'
import { addDays, belgianDay } from '../src/technical/environment/belgianCalendar.js'
import { servicePaths } from '../src/technical/environment/environment.js'
import { createKgss, readers } from '../src/technical/kgss/index.js'
import { loadDocuments } from '../src/technical/service/documents.js'
import { fetchOver } from '../src/technical/service/fetchDocument.js'
import { readPorts } from '../src/technical/service/wsdl.js'
import { insurersScenario } from './support/insurersScenario.js'
import { shared } from './support/shared.js'

const judge = shared('tools/judge')
const contracts = shared('contracts')
const available = existsSync(judge) && existsSync(contracts)
if (!available)
  console.warn('SKIPPED: schema conformance needs ../shared (judge, contracts); nothing was judged')

const place = available ? mkdtempSync(join(tmpdir(), 'schemas-')) : ''
const recordings = { client: join(place, 'client'), simulator: join(place, 'simulator') }
let simulator: Simulator
const people: Pick<Connection, 'close'>[] = []

beforeAll(async () => {
  if (!available) return
  simulator = await startSimulator({ record: recordings.simulator })
  await scenario()
})
afterAll(async () => {
  await Promise.all(people.map((person) => person.close()))
  await simulator?.close()
  if (place !== '') rmSync(place, { recursive: true })
})

async function openAll() {
  const { personas, environment, runtime } = simulator
  const common = (name: PersonaName) => ({
    environment,
    runtime,
    record: recordings.client,
    keystore: { bytes: personas[name].keystore, password: personas[name].password },
    mycarenet: { licence: { username: 'synthetic-licence', password: 'synthetic-password' } },
  })
  const numbers = (name: PersonaName) => ({ ssin: personas[name].ssin!, nihii: personas[name].nihii })
  const all = {
    physician: await connect({ ...common('physician'), as: physician(numbers('physician')) }),
    nurse: await connect({ ...common('nurse'), as: nurse(numbers('nurse')) }),
    hospital: await connect({ ...common('hospital'), as: hospital({ nihii: personas.hospital.nihii }) }),
  }
  people.push(...Object.values(all))
  return all
}

/** Every operation, every outcome. */
async function scenario(): Promise<void> {
  const { personas } = simulator
  const { physician: ada, nurse: noor, hospital: clinic } = await openAll()
  const toNurse = { ssin: personas.nurse.ssin, quality: 'NURSE' }
  const toHospital = { nihii: personas.hospital.nihii, quality: 'HOSPITAL' }
  const boxOfNurse = { Id: personas.nurse.ssin, Type: 'INSS', Quality: 'NURSE' }
  const boxOfPhysician = { Id: personas.physician.ssin, Type: 'INSS', Quality: 'DOCTOR' }

  await ada.technical.etk.own()
  await ada.technical.etk.get({ type: 'SSIN', value: personas.nurse.ssin })
  await refusal(ada.technical.etk.get({ type: 'SSIN', value: '90010199893' }))
  const token = simulator.world.tokens.find(({ value }) => value === personas.hospital.nihii)!
  for (const application of ['ONE', 'TWO']) simulator.world.addToken({ ...token, application })
  await noor.technical.etk.get({ type: token.type, value: token.value })

  await keys(ada, noor)
  await insurersScenario(simulator, { record: recordings.client, directory: join(place, 'insurers') })

  const annexes = [
    {
      title: 'Scan',
      fileName: 'scan.bin',
      mimeType: 'application/octet-stream',
      content: new Uint8Array(3000),
    },
    {
      title: 'Note',
      fileName: 'note.txt',
      mimeType: 'text/plain',
      content: 'inline & <x>',
      as: 'inline' as const,
    },
  ]
  const everything = {
    to: [toNurse],
    title: 'Everything <&> é',
    body: { content: '<p>é</p>', mimeType: 'text/html', fileName: 'letter.html' },
    important: true,
    application: 'conformance',
    customMetas: { KEY: 'VALUE' },
    copyMailTo: ['inbox@example.invalid'],
    receipts: { publication: true, received: true, read: true },
    annexes,
  }
  const table = { title: 'T', rows: [['a', 'b']] as [string, string][] }
  const sent = await ada.ehbox.send({ ...everything, table, patient: { ssin: '90010199794' }, encrypt: true })
  await ada.ehbox.send({ ...everything, freeText: 'free' })
  await ada.ehbox.send({ ...everything, to: [toHospital], encrypt: true, freeText: 'sealed for a hospital' })
  for (const title of ['one', 'two'])
    await clinic.ehbox.send({ to: [toNurse], title, body: title, type: 'NEWS', publicationId: 'NEWS1' })
  await refusal(ada.ehbox.send({ to: [{ ssin: '90010199893', quality: 'NURSE' }], title: 'T', body: 'B' }))

  const ids: string[] = []
  for await (const { id } of noor.ehbox.messages()) ids.push(id)
  await noor.ehbox.history(ids[0]!)
  for (const id of ids) await noor.ehbox.read(id)
  for await (const receipt of ada.ehbox.messages()) await ada.ehbox.read(receipt.id)
  if (sent.outcome === 'sent') await ada.ehbox.acknowledgements(sent.id!)
  await noor.ehbox.info()
  await refusal(noor.ehbox.info({ box: toHospital }))
  await noor.session.call(consultation.getAllEhboxesMessagesList, { Source: 'INBOX' })
  await noor.session.call(consultation.getMessagesList, { Source: 'BINSENTBOX', StartIndex: 1, EndIndex: 5 })
  const numbers = [ids[0]!]
  await noor.session.call(consultation.moveMessage, {
    Source: 'INBOX',
    Destination: 'BININBOX',
    MessageId: numbers,
  })
  await noor.session.call(consultation.deleteMessage, { Source: 'BININBOX', MessageId: numbers })
  await noor.session.call(consultation.deleteMessage, { Source: 'BININBOX', MessageId: numbers })
  await noor.session.call(consultation.getFullMessage, { Source: 'INBOX', MessageId: '0000000000000' })

  const today = simulator.clock.now().toISOString().slice(0, 10)
  const absence = { StartDate: today, EndDate: today }
  await noor.session.call(consultation.insertOoO, { ...absence, Substitute: [boxOfNurse, boxOfPhysician] })
  await ada.session.call(consultation.insertOoO, { ...absence, Substitute: [boxOfNurse] })
  await noor.session.call(consultation.getOoOList, {})
  await clinic.session.call(consultation.getOoOList, {})
  await clinic.ehbox.send({ ...everything, encrypt: true })
  const { value } = await noor.session.call(consultation.getOoOList, {})
  for (const OoOId of [value.OoO.map((period) => period.OoOId), ['NOSUCHPERIOD']])
    if (OoOId.length > 0) await noor.session.call(consultation.deleteOoO, { OoOId })

  await searches(ada, clinic)
  await everyOtherWay(ada, noor, clinic)
  await logins()
  await registersOfPatients(ada)
  await insurers(ada)

  for (const code of ['SOA-01002', 'SOA-02002', 'SOA-03006'] as const) {
    simulator.faults.add({ kind: 'soa', code, service: 'ehboxConsultation' })
    await noor.ehbox.info().catch(() => undefined)
  }
  await challenge()
  await badDay()
  await byWsdl(ada)
}

/** Tokens by the older protocol, at both of its contracts, and the way into the browser. */
async function logins(): Promise<void> {
  const { personas, environment, runtime } = simulator
  const { ssin, nihii, keystore, password } = personas.physician
  for (const operation of ['RequestSecurityToken', 'RequestSecureToken'] as const) {
    const me = await connect({
      environment,
      runtime,
      record: recordings.client,
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
      sts: { profile: 'saml-1.1', operation },
    })
    people.push(me)
    await me.session.token()
    await me.technical.signOn('artifact')
  }
  // the oldest address has the old contract
  const oldest = await connect({
    environment,
    endpoints: { stsSaml11Legacy: `${simulator.url}${servicePaths.stsOldest}` },
    runtime,
    record: recordings.client,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
    sts: { profile: 'saml-1.1', operation: 'RequestSecureToken' },
  })
  people.push(oldest)
  await oldest.session.token()
}

/** Consent, links and exclusions; `conformance/patientAccess` goes through their outcomes. */
async function registersOfPatients(ada: Connection<'consent' | 'therlink'>): Promise<void> {
  const { world, environment, runtime, personas } = simulator
  const { ssin, firstName, familyName, cards } = world.patients.find(({ name }) => name === 'adult')!
  const adult = { ssin, firstName, familyName, eidCard: cards[0]!.number }
  await ada.consent.declare({ patient: adult })
  await ada.consent.get({ patient: adult })
  await ada.consent.status({ patient: adult })
  await ada.therlink.declare({ patient: adult, proof: 'eidreading' })
  const link = { patient: adult, type: 'consultation', proof: 'eidreading' } as const
  await ada.therlink.declareAll({ links: [{ ...link, endDate: addDays(belgianDay(runtime.now()), 30) }] })
  await ada.therlink.list({ patient: adult })
  await ada.therlink.has({ patient: adult })
  await ada.therlink.revoke({ patient: adult })
  await ada.consent.revoke({ patient: adult })
  const card = await simulator.card('adult')
  const citizen = await connect({
    environment,
    runtime,
    record: recordings.client,
    keystore: card.keystore,
    as: patient({ ssin }),
  })
  people.push(citizen)
  const provider = { role: 'persphysician', ssin: personas.physician.ssin, nihii: personas.physician.nihii }
  await citizen.exclusions.exclude({ patient: { ssin }, provider })
  await citizen.exclusions.list({ patient: { ssin } })
  await citizen.exclusions.history({ patient: { ssin } })
  await citizen.exclusions.revoke({ patient: { ssin }, provider })
}

/** The three front doors of the insurers, clear and sealed; `conformance/memberData` goes through outcomes and layers. */
async function insurers(ada: Connection<'memberData'>): Promise<void> {
  const { ssin } = simulator.world.patients[0]!
  for (const region of ['mycarenet', 'walcarenet', 'iriscarenet'] as const)
    await ada.memberData.get({ patient: { ssin } }, { region, encrypt: region === 'mycarenet' })
}

/** A service that the platform has moved: its calls go to the recovery endpoint, answered from there. */
async function badDay(): Promise<void> {
  const { personas, environment, runtime, continuity, faults } = simulator
  await using businessContinuity = createBusinessContinuity({ environment, runtime })
  continuity.publish({ recovering: ['ehboxConsultation'] })
  await businessContinuity.refresh()
  faults.add({ kind: 'soa', code: 'SOA-02001', service: 'ehboxConsultation', endpoint: 'recovery' })
  const user = await connect({
    environment,
    runtime,
    businessContinuity,
    record: recordings.client,
    keystore: { bytes: personas.nurse.keystore, password: personas.nurse.password },
    as: nurse({ ssin: personas.nurse.ssin, nihii: personas.nurse.nihii }),
  })
  people.push(user)
  const { meta } = await user.ehbox.info()
  if (meta.failedAttempts?.length !== 1) throw new Error('the scenario expects another endpoint')
  continuity.publish({ recovering: [] })
}

/** Every service that is served, opened by the WSDL that the simulator hands out, and one of them called. */
async function byWsdl(caller: Connection<'ehbox'>): Promise<void> {
  const opened = await Promise.all((await served()).map(({ wsdl }) => caller.technical.service(wsdl)))
  const depot = opened.find(({ operations }) => operations.some(({ name }) => name === 'GetEtk'))!
  await depot.call('GetEtk', {
    SearchCriteria: { Identifier: [{ Type: 'SSIN', Value: simulator.personas.nurse.ssin }] },
  })
  const mailbox = opened.find(({ operations }) => operations.some(({ name }) => name === 'getBoxInfo'))!
  await mailbox.call('getBoxInfo', {})
}

/** Services and operations as the simulator itself tells them: a new one is here the moment that it is served. */
async function served(): Promise<{ service: string; wsdl: string; operations: string[] }[]> {
  const fetchDocument = fetchOver({ trust: simulator.environment.trust.tls! })
  const all = Object.entries(servicePaths).map(async ([service, path]) => {
    const wsdl = `${simulator.url}${path}?wsdl`
    const documents = await loadDocuments(wsdl, fetchDocument).catch(() => undefined)
    if (documents === undefined) return []
    return [{ service, wsdl, operations: readPorts(documents)[0]!.operations.map(({ name }) => name) }]
  })
  return (await Promise.all(all)).flat()
}

/** Every operation and outcome of the address book, and a publication to citizens. */
async function searches(
  person: Connection<'addressBook' | 'eh2ebox'>,
  house: Connection<'addressBook'>,
): Promise<void> {
  const { addressBook } = person
  const everybody = addressBook.searchProfessionals({ profession: 'PHYSICIAN', lastName: '*' })
  const numbers: string[] = []
  for await (const { ssin } of everybody) numbers.push(ssin!)
  for (const ssin of numbers.slice(0, 9)) await house.addressBook.professional({ ssin })
  await addressBook.professional({ ssin: '90010199893' })
  await addressBook.pageOfProfessionals({ email: 'nobody@example.invalid' })
  for (const type of ['HOSPITAL', 'TREATMENT_CENTER', 'INSTITUTION_EHP'])
    for await (const { nihii, cbe, ehp } of house.addressBook.searchOrganisations({ name: '*', type }))
      await addressBook.organisation(nihii ? { nihii, type } : cbe ? { cbe, type } : { ehp: ehp!, type })
  await addressBook.organisation({ cbe: '0999999922' })
  await person.eh2ebox.publish({
    to: { ssin: '90010199794' },
    title: 'Certificate',
    body: { content: '%PDF', mimeType: 'application/pdf' },
    annexes: [{ title: 'A', fileName: 'a.txt', mimeType: 'text/plain', content: 'annex' }],
  })
  await refusal(
    person.eh2ebox.publish({ to: { id: '90010199794', type: 'NIHII', quality: 'X' }, title: 'T', body: 'B' }),
  )
}

/** What the mailboxes say on good days and on bad ones, by the words of the library. */
async function everyOtherWay(
  ada: Connection<'ehbox'>,
  noor: Connection<'ehbox'>,
  clinic: Connection<'ehbox'>,
): Promise<void> {
  const { personas, world, faults, clock } = simulator
  const day = (offset: number) =>
    new Date(clock.now().getTime() + offset * 86_400_000).toISOString().slice(0, 10)
  const toNurse = { ssin: personas.nurse.ssin, quality: 'NURSE' }
  const toPhysician = { ssin: personas.physician.ssin, quality: 'DOCTOR' }
  const letter = { title: "L'état 🩺", body: '' }

  await clinic.ehbox.send({ ...letter, to: [{ everybody: true, quality: 'DOCTOR' }] })
  await clinic.ehbox.send({
    ...letter,
    to: [
      {
        ...toPhysician,
        user: { ssin: personas.physician.ssin, firstName: 'Zoë', lastName: "O'Connor" },
        mandate: { id: '71997358', type: 'NIHII', subType: 'HOSPITAL', name: 'N' },
      },
    ],
    customMetas: Array.from({ length: 100 }, (_, index) => [`K${index}`, 'é'] as const),
  })
  const nurse = world.actors.find(({ name }) => name === 'nurse')!
  world.register({ ...nurse, qualities: ['NURSE', 'MIDWIFE'] })
  const midwife = { ssin: personas.nurse.ssin, quality: 'MIDWIFE' }
  await noor.ehbox.send({ ...letter, to: [toPhysician], from: midwife, encrypt: true })
  for (const folder of ['INBOX', 'SENTBOX'] as const)
    for await (const listed of noor.ehbox.messages({ folder, allBoxes: true })) await noor.ehbox.read(listed)

  faults.add({ kind: 'undelivered', operation: 'sendMessage' })
  await ada.ehbox.send({ ...letter, to: [toNurse] })
  for await (const { message } of ada.ehbox.readAll({ where: { type: 'ERROR' } })) void message
  await ada.ehbox.save((await firstOf(ada)).id, { directory: join(place, 'saved') })

  settingsOf(world).sizes = { 'nurse/MIDWIFE': 1 }
  await ada.ehbox.send({ ...letter, body: 'too much', to: [midwife] })
  await noor.ehbox.info({ box: midwife })
  settingsOf(world).forbidden = [{ to: 'MIDWIFE' }]
  await refusal(ada.ehbox.send({ ...letter, to: [midwife] }))

  await ada.ehbox.absences.insert({ from: day(1), to: day(2) })
  await noor.ehbox.absences.insert({ from: day(1), to: day(2), substitutes: [toPhysician] })
  await noor.ehbox.absences.insert({ from: day(-1), to: day(0), substitutes: [toPhysician] })
  const held = await clinic.ehbox.send({ ...letter, to: [toNurse], encrypt: true })
  if (held.outcome !== 'out-of-office') throw new Error('the scenario expects an absence')
  await held.resend({ toSubstitutes: true, anyway: true })
  for (const who of [ada, noor]) {
    const ids = (await who.ehbox.absences.list()).map(({ id }) => id)
    await who.ehbox.absences.delete([...ids, 'NOSUCHPERIOD'])
  }
  await noor.ehbox.watch({ cursor: join(place, 'cursor'), once: true, handle: () => undefined })
}

async function firstOf({ ehbox }: Connection<'ehbox'>): Promise<{ id: string }> {
  for await (const listed of ehbox.messages()) return listed
  throw new Error('the scenario expects a message')
}

/** Every operation and outcome of the KGSS. */
async function keys(author: Connection<'ehbox'>, reader: Connection<'ehbox'>): Promise<void> {
  const { kgss } = author.technical
  const { id } = await kgss.newKey({
    allowed: [readers.person(simulator.personas.nurse.ssin), readers.nurse()],
    excluded: [readers.anyPharmacy(), readers.attribute('urn:n', 'urn:a', '', 'b')],
    deletionStrategy: true,
  })
  await reader.technical.kgss.getKey(id, { answerFor: 'token' })
  await reader.technical.kgss.getKey(id, { answerFor: 'one-time-key' })
  await refusal(kgss.getKey(id))
  for (const security of ['saml-hok', 'x509'] as const)
    await createKgss(author.session, { security }).newKey({ allowed: [readers.nurse()] })
}

/** A token whose key is not the one that asks for it: the STS poses a challenge. */
async function challenge(): Promise<void> {
  const { personas, environment, runtime } = simulator
  const user = await connect({
    environment,
    runtime,
    record: recordings.client,
    keystore: { bytes: personas.nurse.keystore, password: personas.nurse.password },
    identification: { bytes: personas.physician.keystore, password: personas.physician.password },
    as: physician({ ssin: personas.physician.ssin, nihii: personas.physician.nihii }),
  })
  people.push(user)
  await user.technical.token()
}

async function refusal(promise: Promise<unknown>): Promise<void> {
  const outcome = await promise.then(
    () => 'accepted',
    () => 'refused',
  )
  if (outcome === 'accepted') throw new Error('the scenario expects a refusal')
}

/** The caller names a message by its contract, the simulator by its address: the oldest STS has that of the legacy one. */
const recordedAs = (service: string, side: keyof typeof recordings): string =>
  side === 'client' && service === 'stsOldest' ? 'stsSaml11Legacy' : service

describe.runIf(available)('what was put on the wire', () => {
  it.each(['client', 'simulator'] as const)(
    'has every operation of every service that is served, with its answer, as recorded by the %s',
    async (side) => {
      const names = readdirSync(recordings[side])
      const seen = (kind: 'request' | 'response'): Set<string | undefined> =>
        new Set(names.map((name) => new RegExp(`^\\d+-(\\w+-\\w+)-${kind}`).exec(name)?.[1]))
      const expected = (await served()).flatMap(({ service, operations }) =>
        operations.map((operation) => `${recordedAs(service, side).toLowerCase()}-${operation}`),
      )
      expect(expected.length).toBeGreaterThan(15)
      // a service that is missing here is missing in the scenario above
      expect(expected.filter((name) => !seen('request').has(name))).toEqual([])
      expect(expected.filter((name) => !seen('response').has(name))).toEqual([])
      // attachments there and back
      for (const kind of ['request', 'response'])
        expect(names.some((name) => name.endsWith(`-${kind}.mime`))).toBe(true)
    },
  )

  it.each(['client', 'simulator'] as const)(
    'is valid in every detail, as recorded by the %s',
    async (side) => {
      const { stdout, stderr } = await promisify(execFile)(
        judge,
        [recordings[side], '--contracts', contracts],
        {
          maxBuffer: 64 * 1024 * 1024,
        },
      ).catch((error: unknown) => error as { stdout: string; stderr: string })
      expect(stderr).toBe('')
      expect(stdout).not.toMatch(/^FAILED/m)
      expect(stdout).toMatch(/\b0 failed/)
      expect(Number(/(\d+) passed/.exec(stdout)?.[1])).toBeGreaterThan(200)
      expect(stdout).not.toMatch(/no schema for/)
    },
  )
})
