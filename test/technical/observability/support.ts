/** What the tests of observability have in common: connections of the simulator's people, and one full run of work. */
import { connect, type Connection, type SessionEvent } from '../../../src/index.js'
import { nurse, physician } from '../../../src/professions/index.js'
import type { Simulator } from '../../../src/simulator/index.js'
import type { WireEvent } from '../../../src/technical/observability/index.js'

type Options = Partial<Parameters<typeof connect<'ehbox'>>[0]>

export function open(
  simulator: Simulator,
  name: 'physician' | 'nurse',
  options: Options = {},
): Promise<Connection<'ehbox'>> {
  const { keystore, password, ssin, nihii } = simulator.personas[name]
  return connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    keystore: { bytes: keystore, password },
    as: name === 'physician' ? physician({ ssin, nihii }) : nurse({ ssin, nihii }),
    ...options,
  })
}

/** Texts of the run that nobody but its people may see. */
export const texts = {
  title: 'Secret title of the letter',
  body: 'Secret finding in the body',
  annexTitle: 'Secret name of the annex',
  fileName: 'secret-file-name.txt',
  annex: 'Secret content of the annex',
  patient: '90010199794',
}

/** A letter goes from the physician to the nurse, sealed, is read and acknowledged; some of it fails on the way. */
export async function workAsUsual(
  simulator: Simulator,
  options: (name: 'physician' | 'nurse') => Options,
): Promise<void> {
  await using me = await open(simulator, 'physician', options('physician'))
  await using colleague = await open(simulator, 'nurse', options('nurse'))
  const { ssin } = simulator.personas.nurse
  const letter = {
    to: [{ ssin, quality: 'NURSE' }],
    title: texts.title,
    body: texts.body,
    annexes: [
      {
        title: texts.annexTitle,
        fileName: texts.fileName,
        mimeType: 'text/plain',
        content: Buffer.from(texts.annex),
      },
    ],
    patient: { ssin: texts.patient },
    encrypt: true,
  }
  // the number of a patient is refused outside of what is sealed
  const { patient: _, ...clear } = letter
  const failing = [
    () => me.ehbox.send({ ...letter, to: [{ ssin: texts.patient, quality: 'NURSE' }] }),
    () => me.technical.etk.get({ type: 'SSIN', value: texts.patient }),
    () => me.technical.unseal(Buffer.from(texts.body)),
    () => me.ehbox.read('0000000000000'),
    () => {
      simulator.faults.add({ kind: 'soa', code: 'SOA-03006', service: 'ehboxPublication', times: 1 })
      return me.ehbox.send({ ...clear, encrypt: false })
    },
  ]
  await me.ehbox.send(letter)
  simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'ehboxPublication', times: 1 })
  await me.ehbox.send(letter)
  for (const attempt of failing)
    await attempt().then(
      () => {
        throw new Error('was to fail')
      },
      () => undefined,
    )
  for await (const item of colleague.ehbox.messages()) await colleague.ehbox.read(item)
}

/** Events of one call after the other, in the order of their beginnings. */
export function callsIn(events: readonly SessionEvent[]): WireEvent[][] {
  const calls = new Map<string, WireEvent[]>()
  for (const event of events)
    if ('callId' in event) calls.set(event.callId, [...(calls.get(event.callId) ?? []), event])
  return [...calls.values()]
}

/** The phases of a call, in order; the one that broke with an exclamation mark. */
export const phasesOf = (call: readonly WireEvent[]): string[] =>
  call.flatMap((event) => (event.type === 'phase' ? [event.phase + (event.failed === true ? '!' : '')] : []))
