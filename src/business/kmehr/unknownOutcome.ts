/** Changes whose outcome is not known: read before doing it again (spec consent-therlink-hub §8.3, traps 9). */
import { EHealthError } from '../../errors.js'

/** Whether a call failed so that it may have been carried out all the same. */
export const mayHaveBeenDone = (error: unknown): boolean =>
  error instanceof EHealthError &&
  (error.origin === 'transport' ||
    error.platform?.code === 'SOA-00001' ||
    error.code === 'contract.unreadable' ||
    error.family === 'xml')
