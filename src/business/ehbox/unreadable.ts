import { EHealthError } from '../../errors.js'

/** A successful answer without what it is asked for: the schema allows it, since refusals look so. */
export const unreadable = (path: string): EHealthError =>
  new EHealthError('contract.unreadable', `${path}: missing`, { path })
