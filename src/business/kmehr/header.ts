/** Header of a message of KMEHR itself, for hubs and MyCareNet (spec consent-therlink-hub §6.2). */
import { belgianDay, belgianTime } from '../../technical/environment/belgianCalendar.js'
import type { Runtime } from '../../technical/environment/runtime.js'
import { kmehrAuthorOf, senderNumber } from './author.js'
import { common } from './codes.js'
import { kmehrStandards, type KmehrHeader, type KmehrVersion } from './contract.js'
import { messageId } from './messageId.js'
import type { Party } from './parties.js'

/** What a header is made from. */
export interface HeaderOptions {
  /** Version of KMEHR that the content follows. */
  version: KmehrVersion
  sender: readonly Party[]
  /** Each with its parties. */
  recipients: readonly (readonly Party[])[]
}

/**
 * Makes a header: dated now in Belgium, with an identifier of its own, naming the standard as the version demands.
 *
 * @throws EHealthError `kmehr.author`, `kmehr.party`, `identifier.*` with the path
 */
export function kmehrHeader(
  { version, sender, recipients }: HeaderOptions,
  runtime: Pick<Runtime, 'now' | 'uuid'>,
): KmehrHeader {
  const now = runtime.now()
  const from = kmehrAuthorOf(sender, 'sender', now)
  return {
    standard: { cd: { S: 'CD-STANDARD', SV: version, value: kmehrStandards[version] } },
    id: [common.code('ID-KMEHR', messageId(senderNumber(from), runtime))],
    date: belgianDay(now),
    time: belgianTime(now),
    sender: from,
    recipient: recipients.map((parties, index) => kmehrAuthorOf(parties, `recipients[${index}]`, now)),
    text: [],
    lnk: [],
  }
}
