/** The last good list on disk, for a start on a day when the list cannot be fetched. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

const fileIn = (directory: string, environment: string): string =>
  path.join(directory, `service-list-${environment.toLowerCase().replace(/[^a-z0-9]/g, '')}.xml`)

/** The octets, to be verified like fetched ones; `undefined` when there are none. */
export async function readLastGood(directory: string, environment: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(fileIn(directory, environment))
  } catch {
    return undefined
  }
}

/** Keeps the octets. A half-written file is never seen: the old one is replaced at once. */
export async function keepLastGood(
  directory: string,
  environment: string,
  bytes: Uint8Array,
  mark: string,
): Promise<void> {
  const file = fileIn(directory, environment)
  await mkdir(directory, { recursive: true })
  const fresh = `${file}.${mark}`
  try {
    await writeFile(fresh, bytes)
    await rename(fresh, file)
  } catch (error) {
    // on a full disk one more file every time would not help
    await rm(fresh, { force: true })
    throw error
  }
}
