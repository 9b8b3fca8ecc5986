/** The business services; a profession names the ones it may use, `connect()` opens them. */
import type { Ehbox } from '../business/ehbox/index.js'

/** The services by the name that they have on a connection. */
export interface BusinessServices {
  ehbox: Ehbox
}

export type BusinessServiceName = keyof BusinessServices
