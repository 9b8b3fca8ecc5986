/** The archive itself: an open file, a queue in front of it, and a worker behind it. */
import { emitTo } from '../../technical/observability/index.js'
import type { SessionEvent } from '../../technical/observability/events.js'
import { monotonicOf, systemRuntime, type Runtime } from '../../technical/environment/runtime.js'
import { invalidOption } from '../../technical/session/options.js'
import { EHealthError } from '../../errors.js'
import { audit } from './audit/audit.js'
import type { AuditOptions, AuditReport } from './audit/types.js'
import { prove } from './evidence/prove.js'
import type { Proof, ProofQuestion } from './evidence/types.js'
import { entryOf } from './intake/prescription.js'
import { intakeQueue, type IntakeQueue } from './intake/queue.js'
import { settingsOf, type ArchiveSettings, type PrescriptionArchiveOptions } from './options.js'
import { exportBags, type ExportOptions, type ExportSummary } from './retention/export.js'
import { pruneBags, type PruneSummary } from './retention/prune.js'
import type { Tell } from './stamping/events.js'
import type { Judging } from './stamping/judge.js'
import type { StampingPlatform } from './stamping/platform.js'
import { sessionPlatform } from './stamping/sessionPlatform.js'
import { oldestUnstamped } from './stamping/tell.js'
import { worker, type SendRound, type Worker } from './stamping/worker.js'
import { bagCounts } from './storage/bags.js'
import { stagedCount } from './storage/entries.js'
import { sealerLease, type Lease } from './storage/lease.js'
import { openStore, type Store } from './storage/store.js'
import type { ArchiveStatus, Prescription, Receipt } from './types.js'

/**
 * The archive of a hospital's prescriptions: a class because it holds an open file, a queue and the lease of the sealer, from
 * `openPrescriptionArchive` to `close()`.
 *
 * Any number of processes of one machine may take prescriptions in and prove them; one of them seals and sends.
 */
export class PrescriptionArchive {
  readonly #store: Store
  readonly #queue: IntakeQueue
  readonly #worker: Worker
  readonly #lease: Lease
  readonly #settings: ArchiveSettings
  readonly #options: PrescriptionArchiveOptions
  readonly #runtime: Runtime
  readonly #judging: Judging
  readonly #tell: Tell

  /** @internal */
  constructor(store: Store, settings: ArchiveSettings, options: PrescriptionArchiveOptions) {
    const { session } = options
    this.#store = store
    this.#settings = settings
    this.#options = options
    this.#runtime = options.runtime ?? session?.runtime ?? systemRuntime
    this.#judging = {
      trust: options.trust ?? session?.trust.timestampAuthority ?? [],
      certificates: options.certificates ?? session?.trust.signers ?? [],
      runtime: this.#runtime,
      revocation: options.revocation ?? session?.revocation,
    }
    const emit = emitTo<SessionEvent>([(event) => session?.emit(event), (event) => options.on?.(event)])
    this.#tell = (fact) => emit({ type: 'archive', at: monotonicOf(this.#runtime), ...fact })
    this.#queue = intakeQueue(store, this.#runtime, settings.maxQueue)
    this.#lease = sealerLease(store, this.#runtime)
    this.#worker = worker({
      store,
      lease: this.#lease,
      judging: this.#judging,
      runtime: this.#runtime,
      pace: settings,
      platform: () => this.#platform(),
      tell: this.#tell,
    })
  }

  /** Which SQLite keeps it. */
  get driver(): 'node:sqlite' | 'libsql' {
    return this.#store.driver
  }

  /**
   * Takes a prescription in. When this resolves, it is on the disk and will be in a stamped bag, whatever dies when. Calls at
   * the same time share a transaction: do not wait for one before the next.
   *
   * Handing the same in again is harmless: it keeps its number.
   *
   * @throws EHealthError `prescription-archive.busy` and `prescription-archive.storage` (retryable: nothing was taken in),
   * `prescription-archive.too-large`, `prescription-archive.closed`, `configuration.invalid`
   *
   * @example
   * ```ts
   * import { openPrescriptionArchive } from 'ehealth-connectors/prescription-archive'
   *
   * await using archive = await openPrescriptionArchive({ file: 'archive.db', session })
   * const { ref } = await archive.add({ content: letter, sourceSystem: 'ward', sourceId: '2026-000123' })
   * console.log(ref)
   * ```
   */
  async add(prescription: Prescription): Promise<Receipt> {
    return this.#queue.add(await entryOf(prescription, this.#settings.maxBytes))
  }

  /**
   * Makes bags of everything that is in none, now. {@link run} does it every interval.
   *
   * @throws EHealthError `prescription-archive.leased` where another process does it
   */
  seal(): Promise<{ bags: number; entries: number }> {
    return this.#worker.seal()
  }

  /**
   * Sends the bags that are due, oldest first, now. {@link run} does it by itself. What fails is tried again later, and
   * stands in {@link status}; only what is wrong here is thrown.
   *
   * @throws EHealthError `prescription-archive.leased`, `configuration.invalid` (no session), `timestamp.no-trust`
   */
  async send(): Promise<SendRound> {
    this.#assertTrust()
    return this.#worker.send()
  }

  /**
   * Seals and sends until the signal: a bag every interval, sent at once, again after failures, and after outages until all
   * are stamped. Where another process does it already, this one stands by and takes over when that one is gone.
   *
   * @throws EHealthError `configuration.invalid` (no session), `timestamp.no-trust`
   *
   * @example
   * ```ts
   * import { openPrescriptionArchive } from 'ehealth-connectors/prescription-archive'
   *
   * const stop = new AbortController()
   * process.once('SIGTERM', () => stop.abort())
   * await using archive = await openPrescriptionArchive({ file: 'archive.db', session })
   * await archive.run({ signal: stop.signal })
   * ```
   */
  async run({ signal }: { signal: AbortSignal }): Promise<void> {
    this.#platform()
    this.#assertTrust()
    await this.#worker.run(signal)
  }

  /**
   * Sends again after somebody has looked: what was stopped because the platform did not accept the caller, and with
   * `refused` the bags that it refused.
   *
   * @returns how many bags are tried again
   */
  resume({ refused = false }: { refused?: boolean } = {}): number {
    this.#worker.resume()
    if (!refused) return 0
    return this.#store.run(`UPDATE bag SET state = 'SEALED', nextAttemptAt = 0 WHERE state = 'REFUSED'`)
  }

  /**
   * Finds a prescription and everything that proves it: journal, bag, stamps with all checks done anew, certificates. A
   * prescription that is not there is an outcome. Needs no platform.
   *
   * @throws EHealthError `configuration.invalid`, `timestamp.no-trust`, `prescription-archive.storage`
   *
   * @example
   * ```ts
   * import { openPrescriptionArchive, proofText } from 'ehealth-connectors/prescription-archive'
   *
   * await using archive = await openPrescriptionArchive({ file: 'archive.db', trust: anchors })
   * const proof = await archive.prove({ content: pdf })
   * if (proof.outcome !== 'proven') console.error(proofText(proof))
   * ```
   */
  async prove(question: ProofQuestion): Promise<Proof> {
    this.#assertTrust()
    return prove(this.#store, question, this.#judging)
  }

  /**
   * Examines a period: the journal, every bag, every stamp, and whether the platform's archive holds the same. Stamps that
   * were missing here are fetched; what is wrong is reported, never hidden by a repair.
   *
   * @throws EHealthError `configuration.invalid`, `timestamp.no-trust`, `prescription-archive.storage`
   *
   * @example
   * ```ts
   * import { openPrescriptionArchive } from 'ehealth-connectors/prescription-archive'
   *
   * await using archive = await openPrescriptionArchive({ file: 'archive.db', session, hospital: 'tsa_…_01' })
   * const { verdict, platform } = await archive.audit()
   * console.log(verdict, platform.map(({ status }) => status))
   * ```
   */
  async audit(options: AuditOptions = {}): Promise<AuditReport> {
    this.#assertTrust()
    const { session, hospital } = this.#options
    return audit(
      {
        store: this.#store,
        judging: this.#judging,
        platform:
          session === undefined
            ? undefined
            : sessionPlatform(session, { hospital, trust: this.#judging.trust }),
        hospital,
        tell: this.#tell,
      },
      options,
    )
  }

  /**
   * Writes archived bags into a directory, with stamps, certificates and an explanation: what is there can be verified
   * without this library and without the platform.
   *
   * @throws EHealthError `configuration.invalid` for a directory that is not empty
   *
   * @example
   * ```ts
   * import { openPrescriptionArchive } from 'ehealth-connectors/prescription-archive'
   *
   * await using archive = await openPrescriptionArchive({ file: 'archive.db' })
   * await archive.export({ directory: 'export-2026', to: '2026-12-31' })
   * ```
   */
  export({ directory, from, to, onProgress }: ExportOptions): Promise<ExportSummary> {
    return exportBags(this.#store, this.#runtime, {
      directory,
      from: from === undefined ? 0 : instantOf(from, 'from'),
      to: to === undefined ? Number.MAX_SAFE_INTEGER : instantOf(to, 'to'),
      ...(onProgress === undefined ? {} : { onProgress }),
    })
  }

  /**
   * Removes bags that were sealed before an instant, as far as the platform has confirmed them (`audit`) and they have been
   * exported. Nothing is ever removed by itself: how long to keep it is the hospital's to say.
   *
   * @throws EHealthError `configuration.invalid`
   */
  async prune({ before }: { before: Date | string }): Promise<PruneSummary> {
    return pruneBags(this.#store, instantOf(before, 'before'))
  }

  /** How it is doing: for a health check. */
  async status(): Promise<ArchiveStatus> {
    const store = this.#store
    const { entries } = store.get<{ entries: number }>('SELECT count(*) AS entries FROM entry')!
    const oldest = oldestUnstamped(store)
    const beat = store.get<{ at: number | null }>('SELECT max(at) AS at FROM heartbeat')?.at ?? undefined
    const { halted } = this.#worker
    return {
      entries,
      staged: stagedCount(store).count,
      bags: bagCounts(store),
      ...(oldest === undefined ? {} : { oldestUnstamped: new Date(oldest) }),
      ...(beat === undefined ? {} : { heartbeat: new Date(beat) }),
      ...(halted === undefined ? {} : { halted }),
      queued: this.#queue.length,
    }
  }

  /** Ends intake when everything that waits is on the disk, and closes the file. */
  async close(): Promise<void> {
    await this.#queue.close()
    try {
      this.#lease.release()
    } catch {
      // it ends by itself
    }
    this.#store.close()
  }

  /** As {@link close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #platform(): StampingPlatform {
    const { session, hospital } = this.#options
    if (session === undefined) throw invalidOption('session', 'nothing can be sent without one')
    return sessionPlatform(session, { hospital, trust: this.#judging.trust })
  }

  #assertTrust(): void {
    if (this.#judging.trust.length === 0)
      throw new EHealthError('timestamp.no-trust', 'no certificate of a time stamp authority is trusted', {
        path: 'trust',
      })
  }
}

function instantOf(given: Date | string, path: string): number {
  const instant = new Date(given).getTime()
  if (Number.isNaN(instant)) throw invalidOption(path, 'expected a Date or an ISO 8601 instant')
  return instant
}

/**
 * Opens the archive of a hospital's prescriptions; the file is made where it is not there. Nothing is sent until `run()` or
 * `send()`. Whoever opens it closes it.
 *
 * @throws EHealthError `configuration.invalid`, `prescription-archive.driver`, `prescription-archive.file`,
 * `prescription-archive.storage`
 *
 * @example
 * ```ts
 * import { openPrescriptionArchive } from 'ehealth-connectors/prescription-archive'
 *
 * await using archive = await openPrescriptionArchive({
 *   file: 'archive.db',
 *   session: me.session,
 *   hospital: 'tsa_0999000129_01',
 * })
 * const { ref, sha256 } = await archive.add({ content: letter, sourceSystem: 'ward' })
 * ```
 */
export async function openPrescriptionArchive(
  options: PrescriptionArchiveOptions,
): Promise<PrescriptionArchive> {
  const settings = settingsOf(options)
  return new PrescriptionArchive(await openStore(options.file, options.driver), settings, options)
}
