/** Error of an answer that lacks what its contract promises. */
import { EHealthError } from '../../errors.js'

export const unreadable = (path: string): EHealthError =>
  new EHealthError('contract.unreadable', `${path}: not what is known`, { path })
