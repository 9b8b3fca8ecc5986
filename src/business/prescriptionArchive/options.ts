/** Options of an archive, judged at the door. */
import type { Runtime } from '../../technical/environment/runtime.js'
import type { SessionListener } from '../../technical/observability/index.js'
import type { Certificate, RevocationChecker } from '../../technical/pki/index.js'
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import type { SqlDriver } from './storage/database.js'

/** Options of {@link openPrescriptionArchive}. Milliseconds where nothing else is said. */
export interface PrescriptionArchiveOptions {
  /** File of the archive; made where it is not there. Beside it SQLite keeps `-wal` and `-shm`. On a disk of this machine. */
  file: string
  /** The hospital's session. Without it prescriptions are taken in and proven; nothing is sent. */
  session?: Session
  /** Name of the hospital at the platform, for instance `tsa_0999000129_01`; comparing the archives needs it. */
  hospital?: string
  /** Certificates of time stamp authorities, or of those that issue them; those of the session's environment by default. */
  trust?: readonly Certificate[]
  /**
   * Certificates of the authorities' issuers, where the authorities themselves are trusted: nothing is believed of them, they are
   * kept with the stamps for those who verify them later. The signers of the session's environment by default.
   */
  certificates?: readonly Certificate[]
  /** Asks whether the authority was revoked when it stamped; the session's by default. */
  revocation?: RevocationChecker
  /** Between two bags; 300 000: five minutes. */
  interval?: number
  /** Most entries of a bag, 1 to 10 000; 1000. */
  maxEntriesPerBag?: number
  /** Most prescriptions that may wait for the disk; 10 000. More are refused with `prescription-archive.busy`. */
  maxQueue?: number
  /** Largest prescription in octets; 10 MiB. */
  maxBytes?: number
  /**
   * While the platform cannot be reached: `seal` goes on making bags, which are stamped later; `hold` leaves the prescriptions
   * in the journal and makes fewer and larger bags when it is back.
   */
  duringOutage?: 'seal' | 'hold'
  /** Between two bags that are sent one after the other, so that catching up does not flood the platform; 200. */
  pauseBetweenBags?: number
  /** After which a prescription without a stamp is told as `late`; 900 000: a quarter of an hour. */
  alarmAfter?: number
  /** Which SQLite; `node:sqlite` where there is one, else the package `libsql`. */
  driver?: SqlDriver
  /** Told what happens, besides the listeners of the session. */
  on?: SessionListener
  /** Clock and randomness; the session's, or the machine's. */
  runtime?: Runtime
}

const known: readonly (keyof PrescriptionArchiveOptions)[] = [
  'file',
  'session',
  'hospital',
  'trust',
  'certificates',
  'revocation',
  'interval',
  'maxEntriesPerBag',
  'maxQueue',
  'maxBytes',
  'duringOutage',
  'pauseBetweenBags',
  'alarmAfter',
  'driver',
  'on',
  'runtime',
]

const day = 24 * 60 * 60_000

/** Defaults where nothing is given. */
const defaults = {
  interval: 300_000,
  maxEntriesPerBag: 1000,
  maxQueue: 10_000,
  maxBytes: 10 * 1024 * 1024,
  pauseBetweenBags: 200,
  alarmAfter: 900_000,
} as const

const bounds: Readonly<Record<keyof typeof defaults, readonly [number, number]>> = {
  interval: [10, day],
  maxEntriesPerBag: [1, 10_000],
  maxQueue: [1, 1_000_000],
  maxBytes: [1, 1024 * 1024 * 1024],
  pauseBetweenBags: [0, 60_000],
  alarmAfter: [1, 7 * day],
}

export type ArchiveSettings = Required<
  Pick<PrescriptionArchiveOptions, keyof typeof defaults | 'duringOutage'>
>

/** @throws EHealthError `configuration.invalid` naming the option */
export function settingsOf(options: PrescriptionArchiveOptions): ArchiveSettings {
  refuseUnknownOptions(options, known)
  const { file, driver, duringOutage = 'seal', hospital } = options
  if (typeof file !== 'string' || file === '') throw invalidOption('file', 'expected the name of a file')
  if (driver !== undefined && driver !== 'node:sqlite' && driver !== 'libsql')
    throw invalidOption('driver', 'expected node:sqlite or libsql')
  if (!['seal', 'hold'].includes(duringOutage)) throw invalidOption('duringOutage', 'expected seal or hold')
  if (hospital !== undefined && (typeof hospital !== 'string' || !/^[\w.:-]{1,100}$/.test(hospital)))
    throw invalidOption('hospital', 'expected a name like tsa_0999000129_01')
  const numbers = { ...defaults }
  for (const name of Object.keys(defaults) as (keyof typeof defaults)[]) {
    const value = options[name] ?? defaults[name]
    const [least, most] = bounds[name]
    if (!Number.isSafeInteger(value) || value < least || value > most)
      throw invalidOption(name, `expected a whole number from ${least} to ${most}`)
    Object.assign(numbers, { [name]: value })
  }
  return { ...numbers, duringOutage }
}
