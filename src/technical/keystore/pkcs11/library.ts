/** Loading a PKCS#11 library through the optional addon `pkcs11js`. */
import { EHealthError } from '../../../errors.js'
import { ckf, type Cryptoki, type CryptokiModule } from './cryptoki.js'
import { ckr, returnValueOf } from './refusals.js'

/** A loaded library; whoever took it gives it back. */
export interface Library {
  readonly cryptoki: Cryptoki
  /** Initialises the library where it is not: another user of it in this process may have closed it. */
  initialize(): void
  /** Ends this use; the last one ends the library's own work, where it was begun here. */
  release(): void
}

interface Shared {
  cryptoki: Cryptoki
  users: number
  own: boolean
}

/**
 * Libraries that are loaded, by their file. The one state of a module in this house, because it is no state of ours: the
 * operating system loads a library once per process, it is initialised once per process (OASIS PKCS#11 2.40 §5.4), and
 * the addon unloads it as soon as nobody holds it, under the feet of the threads that drivers of readers start.
 */
const loaded = new Map<string, Shared>()

/** Not written in the import: compilers and bundlers must not look for it. */
const addon: string = 'pkcs11js'

async function loadAddon(): Promise<CryptokiModule> {
  try {
    const module = (await import(addon)) as Partial<CryptokiModule> & { default?: CryptokiModule }
    return module.default ?? (module as CryptokiModule)
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND'
    const problem = absent ? 'pkcs11js is not installed' : 'pkcs11js is installed but was not built'
    throw new EHealthError('keystore.addon', problem, {
      hint: absent
        ? 'Run npm install pkcs11js (a native addon: it needs a C++ compiler and Python).'
        : 'Run npm rebuild pkcs11js; package managers that run no scripts have to be told to build it.',
      cause: error,
    })
  }
}

/**
 * Loads and initialises a library, or shares it.
 *
 * @throws EHealthError `keystore.addon`, `keystore.library`
 */
export async function takeLibrary(file: string): Promise<Library> {
  const { PKCS11 } = await loadAddon()
  let shared = loaded.get(file)
  if (shared === undefined) {
    shared = { cryptoki: load(() => new PKCS11(file)), users: 0, own: false }
    loaded.set(file, shared)
  }
  const { cryptoki } = shared
  const use = shared
  const initialize = (): void => {
    if (begin(cryptoki)) use.own = true
  }
  initialize()
  use.users += 1
  let released = false
  return {
    cryptoki,
    initialize,
    release: () => {
      if (released) return
      released = true
      use.users -= 1
      if (use.users > 0 || !use.own) return
      use.own = false
      try {
        cryptoki.C_Finalize()
      } catch {
        // whoever finalised it before us has done the work
      }
    },
  }
}

/** True when the library was not initialised yet. */
function begin(cryptoki: Cryptoki): boolean {
  try {
    cryptoki.C_Initialize({ flags: ckf.osLocking })
    return true
  } catch (error) {
    const found = returnValueOf(error)
    if (found?.value === ckr.cryptokiAlreadyInitialized) return false
    throw libraryError('the PKCS#11 library does not start', error, found?.name)
  }
}

function load(make: () => Cryptoki): Cryptoki {
  try {
    return make()
  } catch (error) {
    throw libraryError('the PKCS#11 library cannot be loaded', error, returnValueOf(error)?.name)
  }
}

const libraryError = (problem: string, cause: unknown, returnValue: string | undefined): EHealthError =>
  new EHealthError('keystore.library', problem, {
    cause,
    ...(returnValue === undefined ? {} : { details: { returnValue } }),
  })
