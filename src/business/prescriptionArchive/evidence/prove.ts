/** Finding a prescription, and everything that proves it (spec timestamp §10.1 step 7). */
import { libraryVersion } from '../../../technical/soap/version.js'
import { digestGiven, digestOf } from '../intake/prescription.js'
import { invalidOption, refuseUnknownOptions } from '../../../technical/session/options.js'
import { bagBySequence, stampsOfBag, type BagRow, type StampRow } from '../storage/bags.js'
import { entriesByHash, entryByRef, type EntryRow } from '../storage/entries.js'
import type { Store } from '../storage/store.js'
import { judgeToken, type Judging } from '../stamping/judge.js'
import { inspectBag, type ArchiveCheck } from './inspect.js'
import type { Evidence, Proof, ProofQuestion, StampEvidence } from './types.js'

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** @throws EHealthError `configuration.invalid`, `timestamp.no-trust`, `prescription-archive.*` */
export async function prove(store: Store, question: ProofQuestion, judging: Judging): Promise<Proof> {
  const { sha256, entries } = await find(store, question)
  const evidence: Evidence[] = []
  for (const entry of entries) evidence.push(await evidenceOf(store, entry, judging, sha256))
  return {
    outcome: worst(evidence),
    ...(sha256 === undefined ? {} : { sha256: base64(sha256) }),
    evidence,
    generatedAt: judging.runtime.now().toISOString(),
    software: `ehealth-connectors ${libraryVersion}`,
  }
}

async function find(
  store: Store,
  question: ProofQuestion,
): Promise<{ sha256?: Uint8Array; entries: EntryRow[] }> {
  refuseUnknownOptions(question, ['content', 'sha256', 'ref'])
  const { content, sha256, ref } = question
  if ([content, sha256, ref].filter((given) => given !== undefined).length !== 1)
    throw invalidOption('content', 'give one of content, sha256 and ref')
  if (ref !== undefined) {
    if (!Number.isSafeInteger(ref) || ref < 1) throw invalidOption('ref', 'expected a number of the journal')
    const entry = entryByRef(store, ref)
    return entry === undefined ? { entries: [] } : { sha256: entry.hash, entries: [entry] }
  }
  const digest = content === undefined ? digestGiven(sha256) : await digestOf(content)
  return { sha256: digest, entries: entriesByHash(store, digest) }
}

/** Broken before pending before proven: a prescription is as good as its worst entry. */
function worst(evidence: readonly Evidence[]): Proof['outcome'] {
  const found = new Set(evidence.map(({ outcome }) => outcome))
  return (['broken', 'pending', 'proven'] as const).find((outcome) => found.has(outcome)) ?? 'unknown'
}

async function evidenceOf(
  store: Store,
  entry: EntryRow,
  judging: Judging,
  asked: Uint8Array | undefined,
): Promise<Evidence> {
  const { ref, hash, sourceSystem, sourceId, receivedAt, bagSequence } = entry
  const about = {
    entry: {
      ref,
      sha256: base64(hash),
      sourceSystem,
      sourceId,
      receivedAt: new Date(receivedAt).toISOString(),
    },
  }
  const checks: ArchiveCheck[] = [
    { name: 'document-digest', passed: asked === undefined || Buffer.compare(asked, hash) === 0 },
  ]
  const bag = bagSequence === null ? undefined : bagBySequence(store, bagSequence)
  if (bag === undefined)
    return { outcome: bagSequence === null ? 'pending' : 'broken', ...about, stamps: [], checks }
  const { checks: bagChecks, listed } = inspectBag(store, bag)
  const position = listed.findIndex((candidate) => candidate.ref === ref) + 1
  checks.push({ name: 'entry-in-bag', passed: position > 0 }, ...bagChecks)
  const stamps: StampEvidence[] = []
  for (const stamp of stampsOfBag(store, bag.sequence)) stamps.push(await stampEvidence(stamp, bag, judging))
  return {
    outcome: outcomeOf(checks, stamps, bag),
    ...about,
    bag: {
      sequence: bag.sequence,
      position,
      entries: bag.entries,
      sealedAt: new Date(bag.sealedAt).toISOString(),
      state: bag.state,
      sha256: base64(bag.sha256),
      bytes: base64(bag.bytes),
    },
    stamps,
    checks,
  }
}

function outcomeOf(
  checks: readonly ArchiveCheck[],
  stamps: readonly StampEvidence[],
  { state }: BagRow,
): Evidence['outcome'] {
  if (checks.some(({ passed }) => !passed)) return 'broken'
  if (stamps.some(({ valid }) => valid)) return 'proven'
  return stamps.length === 0 && state !== 'ARCHIVED' && state !== 'CONFIRMED' ? 'pending' : 'broken'
}

async function stampEvidence(stamp: StampRow, bag: BagRow, judging: Judging): Promise<StampEvidence> {
  const judged = await judgeToken(stamp.tokenBytes, bag.bytes, judging)
  const { valid, errors, warnings, checks, accuracyMs, policy } = judged
  return {
    serial: stamp.serial,
    genTimeMs: stamp.genTimeMs,
    at: new Date(stamp.genTimeMs).toISOString(),
    ...(accuracyMs === undefined ? {} : { accuracyMs }),
    ...(policy === undefined ? {} : { policy }),
    valid,
    errors,
    warnings,
    checks,
    source: stamp.source === 'consult' ? 'consult' : 'answer',
    token: base64(stamp.tokenBytes),
    response: base64(stamp.responseBytes),
    certificates: judged.path.map((certificate) => certificate.toPem()),
  }
}
