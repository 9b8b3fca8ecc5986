/** A proof for people. */
import type { Evidence, Proof, StampEvidence } from './types.js'

const headlines: Readonly<Record<Proof['outcome'], string>> = {
  proven: 'PROVEN: the prescription existed, exactly as it is, when it was stamped.',
  pending: 'PENDING: the prescription is in the journal and has no verified stamp yet.',
  broken: 'BROKEN: a check failed; the lines marked FAILED say which.',
  unknown: 'UNKNOWN: the prescription is not in this archive.',
}

/**
 * A proof as a report in plain text: verdict, entry, bag, stamps with every check, certificates.
 *
 * @example
 * ```ts
 * import { openPrescriptionArchive, proofText } from 'ehealth-connectors/prescription-archive'
 *
 * await using archive = await openPrescriptionArchive({ file: 'archive.db', session })
 * console.log(proofText(await archive.prove({ content: letter })))
 * ```
 */
export function proofText(proof: Proof): string {
  return [
    'Evidence of a prescription',
    headlines[proof.outcome],
    ...fields([
      ['SHA-256', proof.sha256],
      ['Judged at', proof.generatedAt],
      ['By', proof.software],
    ]),
    ...proof.evidence.flatMap(entryLines),
    '',
  ].join('\n')
}

function entryLines({ entry, bag, stamps, checks }: Evidence): string[] {
  return [
    '',
    `Entry ${entry.ref} of the journal`,
    ...fields([
      ['Source', [entry.sourceSystem, entry.sourceId].filter(Boolean).join(' ')],
      ['Received', entry.receivedAt],
      ['Bag', bag === undefined ? 'none yet' : `${bag.sequence}, entry ${bag.position} of ${bag.entries}`],
      ['Sealed', bag?.sealedAt],
      ['Digest of bag', bag?.sha256],
      ['State', bag?.state],
    ]),
    ...checks.map(({ name, passed, about }) => checkLine(passed ? 'passed' : 'FAILED', name, about)),
    ...stamps.flatMap(stampLines),
  ]
}

function stampLines(stamp: StampEvidence): string[] {
  return [
    '',
    `  Stamp ${stamp.serial}: ${stamp.valid ? 'valid' : 'NOT VALID'}`,
    ...fields([
      ['  Time', accurate(stamp)],
      ['  Policy', stamp.policy],
      ['  Received by', stamp.source === 'answer' ? 'answer of the authority' : 'archive of the platform'],
      ['  Certificates', `${stamp.certificates.length}, from the authority to the anchor`],
    ]),
    ...stamp.checks.map(({ number, name, result, code }) =>
      checkLine(result === 'failed' ? 'FAILED' : result, `${number} ${name}`, code),
    ),
  ]
}

const accurate = ({ at, accuracyMs }: StampEvidence): string =>
  accuracyMs === undefined ? at : `${at} (within ${accuracyMs} ms)`

const checkLine = (result: string, name: string, about?: string): string =>
  `    ${result.padEnd(8)}${name}${about === undefined ? '' : `: ${about}`}`

const fields = (named: readonly (readonly [string, string | undefined])[]): string[] =>
  named.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(16)}${value}`]))
