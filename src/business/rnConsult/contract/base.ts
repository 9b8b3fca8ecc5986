/**
 * The pieces that persons are made of, as the registers answer them (spec rn-consult §5.3). Everything may be absent: not
 * known, not authorised, or not asked.
 */
import {
  allowed,
  date,
  many,
  namespace,
  optional,
  optionalChoice,
  string,
  type Infer,
} from '../../../technical/xml/index.js'
import { IncompleteDate, LocalizedText, unsignedShort } from './common.js'

/** The legal data of persons; every element is qualified since the second edition of the schemas. */
export const base = namespace('urn:be:fgov:ehealth:rn:baselegaldata:v1', { prefix: 'base', qualified: true })

const InceptionDate = optional(date)

export const GivenName = base.simpleContent(string(), { Sequence: allowed(unsignedShort) })
export type GivenName = Infer<typeof GivenName>

export const Name = base.sequence({ LastName: optional(string()), GivenName: many(GivenName), InceptionDate })
export type Name = Infer<typeof Name>

const country = {
  CountryCode: optional(unsignedShort),
  CountryIsoCode: optional(string()),
  CountryName: many(LocalizedText),
}

export const Location = base.sequence({
  ...country,
  CityCode: optional(string()),
  CityName: many(LocalizedText),
})
export type Location = Infer<typeof Location>

export const NobilityTitle = base.sequence({
  NobilityTitleCode: optional(string()),
  NobilityTitleDescription: many(LocalizedText),
  InceptionDate,
})
export type NobilityTitle = Infer<typeof NobilityTitle>

export const Nationalities = base.sequence({
  Nationality: many(
    base.sequence({
      NationalityCode: optional(unsignedShort),
      NationalityDescription: many(LocalizedText),
      InceptionDate,
    }),
  ),
})
export type Nationalities = Infer<typeof Nationalities>

export const Birth = base.sequence({
  BirthDate: optional(IncompleteDate),
  BirthPlace: optional(Location),
  ActType: optional(
    base.sequence({ ActTypeCode: optional(unsignedShort), ActTypeDescription: many(LocalizedText) }),
  ),
})
export type Birth = Infer<typeof Birth>

export const Decease = base.sequence({
  DeceaseDate: optional(IncompleteDate),
  DeceasePlace: optional(Location),
})
export type Decease = Infer<typeof Decease>

export const Gender = base.sequence({ GenderCode: optional(string()), InceptionDate })
export type Gender = Infer<typeof Gender>

export const Partner = base.sequence({
  $number: optionalChoice({ PartnerSsin: string(), PartnerFictionalIdentificationNumber: string() }),
  PartnerName: optional(Name),
})
export type Partner = Infer<typeof Partner>

export const CivilStates = base.sequence({
  CivilState: many(
    base.sequence({
      CivilStateCode: optional(unsignedShort),
      CivilStateDescription: many(LocalizedText),
      Partner: optional(Partner),
      Location: optional(Location),
      Judgment: optional(
        base.sequence({ JudgmentDate: optional(IncompleteDate), JudgmentLocation: optional(Location) }),
      ),
      Transcription: optional(
        base.sequence({
          TranscriptionDate: optional(IncompleteDate),
          TranscriptionLocation: optional(Location),
        }),
      ),
      InceptionDate,
    }),
  ),
})
export type CivilStates = Infer<typeof CivilStates>

const SpecialNotion = base.sequence({
  SpecialNotionCode: optional(string()),
  SpecialNotionDescription: many(LocalizedText),
})

/** Who keeps the file of the person; of the national register only. */
export const Administrator = base.sequence({
  $kind: optionalChoice({ Location, SpecialNotion }),
  InceptionDate,
})
export type Administrator = Infer<typeof Administrator>

export const Subregister = base.sequence({
  SubregisterCode: optional(unsignedShort),
  SubregisterDescription: many(LocalizedText),
  InceptionDate,
})
export type Subregister = Infer<typeof Subregister>

export const LegalCohabitation = base.sequence({
  Partner: optional(Partner),
  Registration: optional(
    base.sequence({
      RegistrationDate: optional(date),
      Location: optional(Location),
      RegistrationBailiff: optional(
        base.sequence({ BailiffName: optional(string()), Location: optional(Location) }),
      ),
    }),
  ),
  InceptionDate,
})
export type LegalCohabitation = Infer<typeof LegalCohabitation>

/** An identifier of the register of Belgian streets and addresses. */
const BestIdentifier = base.sequence({
  Namespace: optional(string()),
  ObjectIdentifier: optional(string()),
  VersionIdentifier: optional(string()),
})
export type BestIdentifier = Infer<typeof BestIdentifier>

/** The lines of an address, in this order. */
const lines = {
  ...country,
  RegionCode: optional(string()),
  RegionName: many(LocalizedText),
  CityCode: optional(string()),
  CityRegionalCode: optional(BestIdentifier),
  CityName: many(LocalizedText),
  PostalCode: optional(string()),
  StreetCode: optional(string()),
  StreetRegionalCode: optional(BestIdentifier),
  StreetName: many(LocalizedText),
  HouseNumber: optional(string()),
  BoxNumber: optional(string()),
  AddressRegionalCode: optional(BestIdentifier),
}

export const ResidentialAddress = base.sequence({ ...lines, InceptionDate })
export type ResidentialAddress = Infer<typeof ResidentialAddress>

export const ContactAddress = base.sequence({
  ...lines,
  TypeCode: optional(unsignedShort),
  TypeDescription: many(LocalizedText),
  InceptionDate,
})
export type ContactAddress = Infer<typeof ContactAddress>

/** An address that nobody took apart. */
export const PlainAddress = base.sequence({ ...country, Address: optional(string()), InceptionDate })
export type PlainAddress = Infer<typeof PlainAddress>

export const DiplomaticPost = base.sequence({
  ...country,
  DiplomaticPostCode: optional(unsignedShort),
  DiplomaticPostName: many(LocalizedText),
})
export type DiplomaticPost = Infer<typeof DiplomaticPost>
