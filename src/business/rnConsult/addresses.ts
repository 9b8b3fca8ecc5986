/** Addresses of answers in our words. */
import { countryOf, described, given, inception, locationOf, textsOf } from './answerPieces.js'
import type * as contract from './contract.js'
import type {
  BestIdentifier,
  ContactAddress,
  PersonAddress,
  PlainAddress,
  StructuredAddress,
} from './person.js'

const bestOf = (element: contract.BestIdentifier): BestIdentifier =>
  given({
    namespace: element.Namespace,
    objectIdentifier: element.ObjectIdentifier,
    versionIdentifier: element.VersionIdentifier,
  })

const structuredOf = (element: contract.ResidentialAddress): StructuredAddress => ({
  ...locationOf(element),
  ...given({
    regionCode: element.RegionCode,
    cityRegionalCode: element.CityRegionalCode && bestOf(element.CityRegionalCode),
    postalCode: element.PostalCode,
    streetCode: element.StreetCode,
    streetRegionalCode: element.StreetRegionalCode && bestOf(element.StreetRegionalCode),
    houseNumber: element.HouseNumber,
    boxNumber: element.BoxNumber,
    addressRegionalCode: element.AddressRegionalCode && bestOf(element.AddressRegionalCode),
  }),
  regionNames: textsOf(element.RegionName),
  streetNames: textsOf(element.StreetName),
  ...inception(element.InceptionDate),
})

const plainOf = (element: contract.PlainAddress): PlainAddress => ({
  ...countryOf(element),
  ...given({ address: element.Address }),
  ...inception(element.InceptionDate),
})

export const contactAddressOf = (element: contract.ContactAddress): ContactAddress => ({
  ...structuredOf(element),
  type: described(element.TypeCode, element.TypeDescription),
})

export function addressOf(element: contract.Address): PersonAddress {
  const { ResidentialAddress, ReferenceAddress, DiplomaticPost, DiplomaticAddress, PostAddress } = element
  return given({
    residential: ResidentialAddress && structuredOf(ResidentialAddress),
    reference: ReferenceAddress && structuredOf(ReferenceAddress),
    diplomaticPost: DiplomaticPost && {
      ...countryOf(DiplomaticPost),
      post: described(DiplomaticPost.DiplomaticPostCode, DiplomaticPost.DiplomaticPostName),
    },
    diplomatic: DiplomaticAddress && plainOf(DiplomaticAddress),
    post: PostAddress && plainOf(PostAddress),
    temporary: element.TemporaryAddress && plainOf(element.TemporaryAddress),
  })
}
