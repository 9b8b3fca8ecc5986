/**
 * Persons in the words of ConsultRN v1 (spec rn-consult §9; `ehealth-consultrn-commons-core-1_0.xsd`). No element of it
 * stands in a namespace.
 */
import {
  allowed,
  boolean,
  choice,
  date,
  integer,
  many,
  namespace,
  oneOf,
  optional,
  string,
  type Infer,
  type SimpleType,
} from '../../../technical/xml/index.js'

const core = namespace('urn:be:fgov:ehealth:consultRN:1_0:core', { prefix: 'crnc', qualified: false })
/** Core of the commons, version 1.0: its locals stand in no namespace either. */
export const commons = namespace('urn:be:fgov:ehealth:commons:1_0:core', { prefix: 'c', qualified: false })

/** `yyyy-mm-dd`, `00` for what is not known: a text, never a date of the program. */
export const incompleteDate: SimpleType<string> = {
  ...string({ min: 10, max: 10, pattern: /^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$/ }),
  parse: (text) => text.trim(),
}

const fiveTimes = { max: 5 }

/** A text and its language. */
export const LocalisedString = commons.simpleContent(string(), {
  Lang: allowed(oneOf('FR', 'NL', 'EN', 'DE', 'NA')),
})
export type LocalisedString = Infer<typeof LocalisedString>

/** Where a fact comes from. */
export const origin = oneOf('BCSS_KSZ', 'RN_RR')
const registered = { ModificationDate: allowed(incompleteDate), Origin: allowed(origin) }

/** `Encoded`: the number is one of the organisation's own. */
export const EncodedSsin = core.simpleContent(string(), { Encoded: allowed(boolean) })

const country = {
  InsCode: optional(integer({ min: 0, max: 999 })),
  Description: many(LocalisedString, fiveTimes),
}
const Country = core.sequence(country)
const Municipality = core.sequence({
  InsCode: optional(integer({ min: 0, max: 99_999 })),
  PostalCode: optional(string()),
  Description: many(LocalisedString, fiveTimes),
})

/** A place: described, or by municipality and country. */
export const Where = core.sequence({
  Description: many(LocalisedString, fiveTimes),
  Municipality: optional(Municipality),
  Country: optional(Country),
})

/** An address in one text, or in its parts. */
export const Address = core.sequence(
  {
    $form: choice({
      PlainAddress: core.sequence({ Address: optional(string()), Country }),
      StandardAddress: core.sequence({
        Street: optional(core.sequence({ Description: many(LocalisedString, fiveTimes) })),
        Housenumber: optional(string()),
        Box: optional(string()),
        Municipality: optional(Municipality),
        Country,
      }),
    }),
  },
  registered,
)
export type Address = Infer<typeof Address>

export const Name = core.sequence(
  { First: optional(string()), Middle: optional(string()), Last: string() },
  registered,
)
export type Name = Infer<typeof Name>

export const Gender = core.simpleContent(oneOf('MALE', 'FEMALE', 'UNKNOWN'), registered)

/** Birth or decease. */
export const BirthDecease = core.sequence({ Date: incompleteDate, Localisation: optional(Where) }, registered)

export const Nationality = core.sequence(country, registered)

/** Somebody as one of a household, or as a partner. */
const Inhabitant = core.sequence({
  SSIN: optional(string()),
  Name: optional(Name),
  Gender: optional(Gender),
  BirthDate: optional(incompleteDate),
})

export const CivilState = core.sequence(
  {
    Code: integer(),
    Description: many(LocalisedString, fiveTimes),
    Localisation: optional(Where),
    Partner: optional(Inhabitant),
  },
  registered,
)

export const PersonData = core.sequence({
  Birth: optional(BirthDecease),
  Name: optional(Name),
  Gender: optional(Gender),
  Nationality: optional(Nationality),
  Civilstate: optional(CivilState),
  Decease: optional(BirthDecease),
  Address: optional(Address),
})
export type PersonData = Infer<typeof PersonData>

export const Person = core.sequence({ SSIN: EncodedSsin, PersonData }, registered)
export type Person = Infer<typeof Person>

/** A member of a household. */
export const FamilyMember = core.sequence({
  PersonData: Inhabitant,
  Relationship: optional(
    core.sequence({ Code: integer({ min: 0, max: 99 }), Description: many(LocalisedString, fiveTimes) }),
  ),
  EntryDate: optional(date),
})
export type FamilyMember = Infer<typeof FamilyMember>

export const FamilyComposition = core.sequence(
  { SSIN: string(), Address: optional(Address), FamilyMember: many(FamilyMember, { max: 100 }) },
  registered,
)
export type FamilyComposition = Infer<typeof FamilyComposition>

/** Whom the organisation knows, in which quality and for how long: a search of this generation inscribes as well. */
export const Inscription = core.sequence({
  SSIN: EncodedSsin,
  Name: optional(Name),
  QualityCode: optional(string()),
  Period: commons.sequence({ BeginDate: date, EndDate: optional(date) }),
})
export type Inscription = Infer<typeof Inscription>

/** What went wrong, beside the status. */
export const ErrorInformation = core.sequence({
  Code: string(),
  Description: string(),
  Information: many(core.sequence({ FieldName: string(), FieldValue: string() }), fiveTimes),
})
export type ErrorInformation = Infer<typeof ErrorInformation>
