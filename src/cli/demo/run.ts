/** The main job end to end on a fresh simulator; every step verifies what it shows (design §9). */
import type { Acknowledgement, FullMessage, ListedMessage } from '../../business/ehbox/index.js'
import type { Connection } from '../../connect.js'
import { isEHealthError } from '../../errors.js'
import { startSimulator, type FaultPlan, type Persona, type Simulator } from '../../simulator/index.js'
import type { VerifiedToken } from '../../technical/etk/index.js'
import { identityOf } from '../../technical/keystore/index.js'
import { connectCast, type Cast } from './cast.js'
import { declareConsent, declareLink, mayNotRead, mayReadNow, patientOf } from './patientAccess.js'
import { english, noted } from '../language/index.js'
import { verified, type Steps } from './steps.js'

const title = 'Discharge letter'
const text = 'Dear colleague,\n\nplease find the report attached. The next visit is in two weeks.\n'
const annex = {
  title: 'Report of the stay',
  fileName: 'report.bin',
  mimeType: 'application/octet-stream',
  /** Every octet value, several times over. */
  content: Uint8Array.from({ length: 48 * 1024 }, (_, index) => (index * 7 + (index >> 8)) & 0xff),
}

/** How to run the demonstration. */
export interface DemoOptions {
  /** Directory that gets every exchange of the clients. */
  record?: string | undefined
  /** Trouble that the platform is told to make: shows that a step fails when it must. */
  faults?: readonly FaultPlan[]
}

/** Runs all steps; the first one that is not verified ends the run. */
export async function runDemo(steps: Steps, { record, faults = [] }: DemoOptions = {}): Promise<void> {
  const simulator = await steps.run('simulator', async () => {
    const value = await startSimulator({ faults })
    return { value, outcome: english`the platform, embedded, at ${value.url}` }
  })
  const cast = await connectCast(simulator, record)
  try {
    await act(recorded(steps, cast), simulator, cast)
  } finally {
    await cast.close()
    await simulator.close()
  }
}

/** A step whose exchanges were to be kept and were not has failed. */
function recorded(steps: Steps, cast: Cast): Steps {
  return {
    ...steps,
    run: (step, work) =>
      steps.run(step, async () => {
        const done = await work()
        cast.assertRecorded()
        return done
      }),
  }
}

async function act(steps: Steps, simulator: Simulator, cast: Cast): Promise<void> {
  const { personas } = simulator
  await steps.run('physician: session', () => obtainToken(cast.physician))
  const [nurseToken] = await steps.run('physician: recipients', () => lookUp(cast.physician, personas))
  const messageId = await steps.run('physician: send', () => send(cast.physician, personas))
  const listed = await steps.run('nurse: list', () => find(cast.nurse))
  await steps.run('nurse: read', () => read(cast.nurse, listed, personas.physician))
  await steps.run('hospital: read', async () =>
    read(cast.hospital, (await find(cast.hospital)).value, personas.physician),
  )
  await steps.run('physician: acknowledgements', () => acknowledged(cast.physician, messageId, personas))
  await steps.run('nurse: move to the bin', () => bin(cast.nurse, listed))
  await steps.run('physician: may read nothing yet', () => mayNotRead(cast.physician, patientOf(simulator)))
  await steps.run('physician: consent', () => declareConsent(cast.physician, patientOf(simulator)))
  await steps.run('physician: therapeutic link', () => declareLink(cast.physician, patientOf(simulator)))
  await steps.run('physician: may read', () => mayReadNow(cast.physician, patientOf(simulator)))
  await steps.run('a changed byte is refused', () => refuseChanges(cast, nurseToken))
}

async function obtainToken(me: Connection) {
  const token = await me.technical.token()
  const { now } = me.session.runtime
  verified(token.notBefore <= now() && now() < token.notOnOrAfter, 'the token is valid now')
  verified(
    me.session.trust.sts.some((pinned) => pinned.equals(token.signer)),
    'the token is signed by the STS of this environment',
  )
  verified(
    me.session.actor.demanded.length > 0 && me.session.actor.demanded.every((name) => token.grants(name)),
    'the profession is certified',
  )
  const granted = token.attributes.filter(({ name }) => token.grants(name)).length
  const outcome = english`token of the STS verified, ${granted} attributes granted, until ${token.notOnOrAfter.toISOString()}`
  return { value: token, outcome }
}

async function lookUp(me: Connection, personas: Simulator['personas']) {
  const owners = [
    { type: 'SSIN', value: personas.nurse.ssin, application: '' },
    { type: 'NIHII-HOSPITAL', value: personas.hospital.nihii, application: '' },
  ]
  const tokens = await Promise.all(owners.map((owner) => me.technical.etk.get(owner)))
  for (const [index, token] of tokens.entries()) {
    const { type, value } = identityOf(token.authenticationCertificate)
    verified(
      type === owners[index]!.type && value === owners[index]!.value,
      'the token is for the recipient asked for',
    )
    verified(token.verified.warnings.length === 0, 'the token has no blemish')
  }
  const [nurseBits, hospitalBits] = tokens.map((token) => token.encryptionCertificate.rsaBits)
  return {
    value: tokens as [VerifiedToken, VerifiedToken],
    outcome: english`encryption tokens of nurse and hospital verified, RSA ${nurseBits} and ${hospitalBits}`,
  }
}

async function send(me: Connection, personas: Simulator['personas']) {
  const sent = await me.ehbox.send({
    to: [
      { ssin: personas.nurse.ssin, quality: 'NURSE' },
      { nihii: personas.hospital.nihii, quality: 'HOSPITAL' },
    ],
    title,
    body: text,
    annexes: [annex],
    encrypt: true,
  })
  verified(sent.outcome === 'sent' && sent.id !== undefined, 'the platform took the message')
  return {
    value: sent.id,
    outcome: english`sealed letter with an annex of ${annex.content.length} bytes accepted as ${sent.id}`,
  }
}

async function find(me: Connection): Promise<{ value: ListedMessage; outcome: string }> {
  const listed: ListedMessage[] = []
  for await (const message of me.ehbox.messages({ folder: 'INBOX' })) listed.push(message)
  const value = listed.find((message) => message.title === title)
  verified(value !== undefined, 'the letter is in the INBOX')
  verified(value.encrypted && value.hasAnnex, 'the letter is listed as encrypted, with an annex')
  verified(value.problems.length === 0, 'nothing about the letter is strange')
  return { value, outcome: english`${listed.length} message in INBOX: “${title}” from ${value.sender.name}` }
}

async function read(me: Connection, listed: ListedMessage, author: Persona) {
  const message: FullMessage = await me.ehbox.read(listed)
  verified(message.type === 'DOCUMENT', 'the message is a document')
  const { verification, body, annexes, problems } = message
  verified(verification !== undefined, 'every field was sealed')
  verified(verification.author?.value === author.ssin, 'the author is the physician')
  verified(verification.authorMatchesSender === true, 'the author is the sender that the platform names')
  verified(body.text === text, 'the text is the one that was sent')
  const [received, ...more] = annexes
  verified(received !== undefined && more.length === 0, 'there is one annex')
  verified(
    Buffer.compare(received.content, annex.content) === 0,
    'the annex is the one that was sent, byte for byte',
  )
  verified(
    received.title === annex.title && received.protection === 'sealed',
    'the annex was sealed with its title',
  )
  verified(problems.length === 0, 'nothing about the message is strange')
  return {
    value: message,
    outcome: english`${verification.fields.length} fields unsealed, signatures verified, author ${listed.sender.name}, annex identical`,
  }
}

async function acknowledged(me: Connection, messageId: string, personas: Simulator['personas']) {
  const rows = await me.ehbox.acknowledgements(messageId)
  const rowOf = ({ ssin, nihii }: Persona): Acknowledgement | undefined =>
    rows.find(({ recipient: { id } }) => id === ssin || (nihii !== undefined && nihii.startsWith(id)))
  verified(rows.length === 2, 'both recipients are listed')
  for (const persona of [personas.nurse, personas.hospital]) {
    const row = rowOf(persona)
    verified(row?.published !== undefined, english`the message is published for the ${persona.name}`)
    verified(row.received !== undefined, english`the ${persona.name} has received the message`)
    verified(row.read !== undefined, english`the ${persona.name} has read the message`)
  }
  return { value: rows, outcome: 'published, received and read by nurse and hospital' }
}

async function bin(me: Connection, listed: ListedMessage) {
  const { done, failed } = await me.ehbox.move([listed], { from: 'INBOX', to: 'BININBOX' })
  verified(done.length === 1 && failed.length === 0, 'the platform moved the message')
  const idsIn = async (folder: 'INBOX' | 'BININBOX'): Promise<string[]> => {
    const ids: string[] = []
    for await (const { id } of me.ehbox.messages({ folder })) ids.push(id)
    return ids
  }
  verified(!(await idsIn('INBOX')).includes(listed.id), 'the message has left INBOX')
  verified((await idsIn('BININBOX')).includes(listed.id), 'the message is in BININBOX')
  return { value: done, outcome: 'moved from INBOX to BININBOX' }
}

/** Changes bytes of a sealed message, each time one, where the encrypted content stands. */
async function refuseChanges(cast: Cast, token: VerifiedToken) {
  const sealed = await cast.physician.technical.seal(annex.content, { to: [token] })
  const { content } = await cast.nurse.technical.unseal(sealed)
  verified(Buffer.compare(content, annex.content) === 0, 'the unchanged message opens')
  const positions = Array.from({ length: 16 }, (_, index) =>
    Math.floor(sealed.length * (0.15 + (0.65 * index) / 15)),
  )
  const codes = new Set<string>()
  for (const position of positions) codes.add(await refusalOf(cast.nurse, flipped(sealed, position)))
  return {
    value: codes,
    outcome: english`${positions.length} of ${positions.length} refused: ${[...codes].join(', ')}`,
  }
}

function flipped(bytes: Uint8Array, position: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[position]! ^= 0x01
  return copy
}

async function refusalOf(me: Connection, sealed: Uint8Array): Promise<string> {
  try {
    await me.technical.unseal(sealed)
  } catch (error) {
    if (isEHealthError(error) && error.family === 'unseal') return error.code
    throw error
  }
  throw new Error(english`not verified: ${noted('a changed message is refused')}`)
}
