/** Confirming: what was fetched goes, by either style (spec memberdata-mycarenet §2.6, 7). */
import { createHash } from 'node:crypto'

import type { ConfirmRequest } from '../../../business/genericAsync/contract.js'
import type { Box } from './box.js'
import { asyncFaults, asyncRefusal } from './faults.js'

/** Names that nothing lies under are ignored: they were confirmed before (inferred). */
export function confirm(box: Box, request: ConfirmRequest): void {
  const { MsgHashValues, MsgRefValues, TAckContents, TAckReferences } = request
  const lists = [MsgHashValues, MsgRefValues, TAckContents, TAckReferences]
  // no list, or an empty one (§2.6, 7)
  if (lists.every((list) => list === undefined) || lists.some((list) => list?.length === 0))
    throw asyncRefusal(asyncFaults.nothing)
  const hashes = new Set(MsgHashValues)
  const references = new Set(MsgRefValues)
  box.messages = box.messages.filter(
    ({ reference, content }) =>
      !references.has(reference) && !(hashes.size > 0 && hashes.has(hashOf(content))),
  )
  const contents = new Set(TAckContents)
  const tackReferences = new Set(TAckReferences)
  box.tacks = box.tacks.filter(
    ({ tack }) =>
      !tackReferences.has(tack.Reference ?? '') && !contents.has(Buffer.from(tack.value).toString('base64')),
  )
  delete box.lastGet
}

/** `HashValue`: of the clear, inflated content. */
export const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('base64')
