/**
 * The little of SQLite that the archive needs, over whichever there is: `node:sqlite` of Node.js, else the package
 * `libsql` (docs/decisions/0034).
 */
import { EHealthError } from '../../../errors.js'

/** What goes into a statement. */
export type SqlValue = null | number | string | Uint8Array

/** What comes out of one: blobs are octets of their own. */
export type SqlRow = Readonly<Record<string, null | number | string | Uint8Array>>

export interface SqlStatement {
  /** Gives the number of rows that were changed. */
  run(values: readonly SqlValue[]): number
  get(values: readonly SqlValue[]): SqlRow | undefined
  all(values: readonly SqlValue[]): SqlRow[]
}

export interface SqlDatabase {
  readonly driver: SqlDriver
  exec(sql: string): void
  prepare(sql: string): SqlStatement
  close(): void
}

/** Which SQLite is used. */
export type SqlDriver = 'node:sqlite' | 'libsql'

/** What both packages have in common. */
interface NativeStatement {
  run(...values: unknown[]): { changes: number | bigint }
  get(...values: unknown[]): Record<string, unknown> | undefined
  all(...values: unknown[]): Record<string, unknown>[]
}

interface NativeDatabase {
  exec(sql: string): unknown
  prepare(sql: string): NativeStatement
  close(): void
}

type NativeConstructor = new (file: string) => NativeDatabase

/** Names that no compiler looks up: neither needs to be there. */
const modules: Readonly<Record<SqlDriver, string>> = { 'node:sqlite': 'node:sqlite', libsql: 'libsql' }

/**
 * Opens a file with the first SQLite there is, or with the one that is asked for.
 *
 * @throws EHealthError `prescription-archive.driver` where there is none, `prescription-archive.storage`
 */
export async function openDatabase(file: string, driver?: SqlDriver): Promise<SqlDatabase> {
  const failures: unknown[] = []
  for (const candidate of driver === undefined ? (['node:sqlite', 'libsql'] as const) : [driver]) {
    const constructor = await load(candidate).catch((error: unknown) => void failures.push(error))
    if (constructor !== undefined) return wrap(candidate, opened(constructor, file))
  }
  throw new EHealthError('prescription-archive.driver', 'no SQLite to keep the archive in', {
    cause: failures.at(-1),
  })
}

/** What the packages say here names the file; the caller knows it. */
function opened(constructor: NativeConstructor, file: string): NativeDatabase {
  try {
    return new constructor(file)
  } catch (cause) {
    throw new EHealthError(
      'prescription-archive.storage',
      'the file of the archive cannot be opened or made',
      {
        path: 'file',
        cause,
      },
    )
  }
}

async function load(driver: SqlDriver): Promise<NativeConstructor> {
  const found = (await import(modules[driver])) as {
    DatabaseSync?: NativeConstructor
    default?: NativeConstructor
  }
  const constructor = driver === 'node:sqlite' ? found.DatabaseSync : found.default
  if (typeof constructor !== 'function') throw new TypeError(`${driver} has no database in it`)
  return constructor
}

function wrap(driver: SqlDriver, native: NativeDatabase): SqlDatabase {
  // libsql takes a lone octet string for named parameters, and ends the process: it gets a list instead
  const args = (values: readonly SqlValue[]): unknown[] =>
    driver === 'libsql' ? [values.map(given)] : values.map(given)
  return {
    driver,
    exec: (sql) => void native.exec(sql),
    prepare: (sql) => {
      const statement = native.prepare(sql)
      return {
        run: (values) => Number(statement.run(...args(values)).changes),
        get: (values) => {
          const row = statement.get(...args(values))
          return row === undefined ? undefined : plainRow(row)
        },
        all: (values) => statement.all(...args(values)).map(plainRow),
      }
    },
    close: () => native.close(),
  }
}

/** Octets in a buffer of their own: libsql takes a view of a larger one for all of it. */
function given(value: SqlValue): unknown {
  if (!(value instanceof Uint8Array)) return value
  const own = Buffer.from(new ArrayBuffer(value.length))
  own.set(value)
  return own
}

function plainRow(row: Record<string, unknown>): SqlRow {
  const plain: Record<string, null | number | string | Uint8Array> = {}
  for (const [name, value] of Object.entries(row)) {
    // what libsql adds to a row
    if (name === '_metadata') continue
    plain[name] = value instanceof ArrayBuffer ? new Uint8Array(value) : (value as SqlRow[string])
  }
  return plain
}
