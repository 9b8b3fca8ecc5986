/** The file of an archive, open: statements, transactions, and the promise that what is committed is on the disk. */
import { EHealthError } from '../../../errors.js'
import {
  openDatabase,
  type SqlDatabase,
  type SqlDriver,
  type SqlStatement,
  type SqlValue,
} from './database.js'
import { applicationId, migrations } from './migrations.js'

/** An open file. */
export interface Store {
  readonly file: string
  readonly driver: SqlDriver
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined
  all<Row>(sql: string, ...values: SqlValue[]): Row[]
  /** Gives the number of rows that were changed. */
  run(sql: string, ...values: SqlValue[]): number
  /**
   * Runs `work` as one transaction: all of it is on the disk when this returns, or none of it when this throws. One process
   * writes at a time; the others wait.
   */
  transaction<T>(work: () => T): T
  close(): void
}

/** Milliseconds to wait for another process that writes. */
const patience = 10_000

/**
 * Opens the file, made where it is not there, and brings it to the version of this library.
 *
 * @throws EHealthError `prescription-archive.driver`, `prescription-archive.file`, `prescription-archive.storage`
 */
export async function openStore(file: string, driver?: SqlDriver): Promise<Store> {
  let database: SqlDatabase | undefined
  try {
    database = await openDatabase(file, driver)
    database.exec(`PRAGMA busy_timeout = ${patience}`)
    const store = storeOn(file, database)
    prepare(database, store)
    return store
  } catch (error) {
    closeQuietly(database)
    throw storageFailure(error)
  }
}

function closeQuietly(database: SqlDatabase | undefined): void {
  try {
    database?.close()
  } catch {
    // what went wrong before is what is told
  }
}

function prepare(database: SqlDatabase, store: Store): void {
  const pragma = (name: string): number =>
    Number(Object.values(store.get<Record<string, number>>(`PRAGMA ${name}`) ?? {})[0])
  const tables = (): number =>
    Number(store.get<{ n: number }>('SELECT count(*) AS n FROM sqlite_master')?.n ?? 0)
  const isOurs = pragma('application_id') === applicationId
  if (!isOurs && tables() > 0) throw notAnArchive('it belongs to another program')
  if (isOurs && pragma('user_version') > migrations.length) throw notAnArchive('a later version wrote it')
  // Each commit waits for the disk (FULL), with one flush instead of two (WAL).
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = FULL')
  database.exec('PRAGMA foreign_keys = ON')
  store.transaction(() => {
    for (let version = pragma('user_version'); version < migrations.length; version += 1)
      database.exec(migrations[version]!)
    database.exec(`PRAGMA application_id = ${applicationId}`)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

const notAnArchive = (why: string): EHealthError =>
  new EHealthError('prescription-archive.file', `the file is no archive: ${why}`)

function storeOn(file: string, database: SqlDatabase): Store {
  const statements = new Map<string, SqlStatement>()
  let isOpen = true
  const prepared = (sql: string): SqlStatement => {
    if (!isOpen) throw new EHealthError('prescription-archive.closed', 'the archive has been closed')
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const judged = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw storageFailure(error)
    }
  }
  return {
    file,
    driver: database.driver,
    get: <Row>(sql: string, ...values: SqlValue[]) =>
      judged(() => prepared(sql).get(values) as Row | undefined),
    all: <Row>(sql: string, ...values: SqlValue[]) => judged(() => prepared(sql).all(values) as Row[]),
    run: (sql, ...values) => judged(() => prepared(sql).run(values)),
    transaction: (work) =>
      judged(() => {
        prepared('BEGIN IMMEDIATE').run([])
        try {
          const result = work()
          prepared('COMMIT').run([])
          return result
        } catch (error) {
          rollBack(database)
          throw error
        }
      }),
    close: () => {
      if (!isOpen) return
      isOpen = false
      statements.clear()
      database.close()
    },
  }
}

function rollBack(database: SqlDatabase): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // SQLite has done it by itself, as it does when the disk is full
  }
}

/** Texts of SQLite name tables and columns, never values. */
function storageFailure(error: unknown): unknown {
  if (error instanceof EHealthError) return error
  const { code, errstr } = error as { code?: unknown; errstr?: unknown }
  // `SQLITE_FULL` of libsql, `ERR_SQLITE_ERROR` of Node.js
  if (typeof code !== 'string' || !code.includes('SQLITE')) return error
  const text = error instanceof Error ? error.message : 'unknown'
  if (/not a database|SQLITE_NOTADB/i.test(`${code} ${text}`)) return notAnArchive('it is no database')
  return new EHealthError('prescription-archive.storage', `the archive cannot be read or written: ${text}`, {
    cause: error,
    details: { sqlite: typeof errstr === 'string' ? errstr : code },
  })
}
