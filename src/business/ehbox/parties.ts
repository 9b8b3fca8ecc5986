/** Owners of boxes as answers name them. Raw texts are kept: an unknown type is no reason to lose a message. */
import type { BoxId, EhboxIdentifier, Sender as SenderElement } from './contract.js'
import type { Quality } from './qualities.js'

/** An owner of a box. May be given back as a recipient. */
export interface Party {
  id: string
  /** `INSS`, `NIHII`, `CBE`, `EHP` or whatever the platform wrote. */
  type: string
  subType?: string
  quality: Quality
  user?: { ssin: string; firstName: string; lastName: string }
}

/** Who sent a message, as the platform states it. */
export interface Sender extends Party {
  /** Family name, or the name of the organisation. */
  name: string
  firstName?: string
  /** SSIN of the person who sent for the organisation. */
  personInOrganisation?: string
}

export const boxIdOf = (party: Party): BoxId => ({
  Id: party.id,
  Type: party.type,
  ...(party.subType === undefined ? {} : { SubType: party.subType }),
  Quality: party.quality,
})

export function partyOf(element: BoxId | EhboxIdentifier): Party {
  const user = 'User' in element ? element.User : undefined
  return {
    id: element.Id,
    type: element.Type,
    ...(element.SubType === undefined ? {} : { subType: element.SubType }),
    quality: element.Quality,
    ...(user === undefined
      ? {}
      : { user: { ssin: user.value, firstName: user.FirstName, lastName: user.LastName } }),
  }
}

export function senderOf(element: SenderElement): Sender {
  return {
    ...partyOf(element),
    name: element.Name,
    ...(element.FirstName === undefined ? {} : { firstName: element.FirstName }),
    ...(element.PersonInOrganisation === undefined
      ? {}
      : { personInOrganisation: element.PersonInOrganisation }),
  }
}
