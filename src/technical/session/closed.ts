import { EHealthError } from '../../errors.js'

/** The error of everything that is asked of a closed session. */
export const closedError = (): EHealthError =>
  new EHealthError('configuration.closed', 'the session has been closed')
