/**
 * What KMEHR declares, in the version that a service works with (spec consent-therlink-hub §1.6, §1.7, §6.2).
 *
 * Everything here stands in the namespace of KMEHR, also below an element of another schema: the author's `hcparty` with
 * all inside of it, `error/cd`, `binaryproof/cd` (§1.3).
 *
 * @module
 */
import {
  allowed,
  base64Binary,
  choice,
  date,
  group,
  many,
  namespace,
  oneOf,
  opaque,
  optional,
  optionalChoice,
  required,
  string,
  time,
  type Infer,
  type SimpleType,
} from '../../../technical/xml/index.js'
import { isSince, schemesOf, type KmehrCodeType, type KmehrVersion } from './versions.js'

export const kmehrNamespace = 'http://www.ehealth.fgov.be/standards/kmehr/schema/v1'

const kmehr = namespace(kmehrNamespace, { prefix: 'kmehr', qualified: true })

const text = string()
/** `xs:language`. */
const language = string({ pattern: /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/ })

/** Text in a language; the language is required. */
const Text = kmehr.simpleContent(text, { L: required(language) })

/**
 * The types of one version. Services of the hubservices v2 work with 1.17, hubs v3 with 1.26.
 *
 * @param version decides which schemes an identifier or code may have, and what an address must hold
 */
export function kmehrTypes(version: KmehrVersion) {
  const scheme = (type: KmehrCodeType): SimpleType<string> => oneOf(...schemesOf(type, version))
  /** An identifier: its scheme, the version of the scheme, and the name of a local one. */
  const id = (type: KmehrCodeType) =>
    kmehr.simpleContent(text, { S: required(scheme(type)), SV: required(text), SL: allowed(text) })
  /** A code, by default any text: most tables are the platform's to check. */
  const cd = (type: KmehrCodeType, values: SimpleType<string> = text) =>
    kmehr.simpleContent(values, {
      S: required(scheme(type)),
      SV: required(text),
      SL: allowed(text),
      DN: allowed(text),
      L: allowed(language),
    })
  /** A code whose type knows no local scheme. */
  const fixedCd = (type: KmehrCodeType, values: SimpleType<string> = text) =>
    kmehr.simpleContent(values, {
      S: required(scheme(type)),
      SV: required(text),
      DN: allowed(text),
      L: allowed(language),
    })

  const IdKmehr = id('ID-KMEHR')
  const IdPatient = id('ID-PATIENT')
  const IdHcParty = id('ID-HCPARTY')
  const CdHcParty = cd('CD-HCPARTY')

  const Country = kmehr.sequence({ cd: cd('CD-COUNTRY') })
  const looseAddress = kmehr.sequence({
    id: many(IdKmehr),
    cd: many(cd('CD-ADDRESS'), { min: 1 }),
    country: optional(Country),
    zip: optional(text),
    nis: optional(text),
    city: optional(text),
    district: optional(text),
    street: optional(text),
    housenumber: optional(text),
    postboxnumber: optional(text),
    text: many(Text),
  })
  // Until 1.17 an address is complete, or nothing but text.
  const Address = isSince(version, '1.19')
    ? looseAddress
    : (kmehr.sequence({
        id: many(IdKmehr),
        cd: many(cd('CD-ADDRESS'), { min: 1 }),
        $place: optionalChoice({
          $complete: group({
            country: Country,
            zip: text,
            nis: optional(text),
            city: text,
            district: optional(text),
            street: text,
            housenumber: text,
            postboxnumber: optional(text),
          }),
        }),
        text: many(Text),
      }) as unknown as typeof looseAddress)
  const Telecom = kmehr.sequence({
    id: many(IdKmehr),
    cd: many(fixedCd('CD-TELECOM'), { min: 1, max: 2 }),
    telecomnumber: text,
  })

  /** First name and family name together, or one name. */
  const names = {
    $names: optionalChoice({ name: text, $person: group({ firstname: text, familyname: text }) }),
  }
  const HcParty = kmehr.sequence({
    id: many(IdHcParty),
    cd: many(CdHcParty, { min: 1 }),
    ...names,
    address: many(Address),
    telecom: many(Telecom),
  })
  const Author = kmehr.sequence({ hcparty: many(HcParty, { min: 1 }) })
  const PersonLight = kmehr.sequence({
    id: many(IdPatient, { min: 1 }),
    firstname: many(text),
    familyname: optional(text),
    address: many(Address),
    telecom: many(Telecom),
  })
  const ErrorEntry = kmehr.sequence({
    id: many(IdKmehr),
    cd: many(cd('CD-ERROR'), { min: 1 }),
    description: Text,
    url: optional(text),
  })
  const Base64EncryptedData = kmehr.sequence({
    cd: fixedCd('CD-ENCRYPTION-METHOD', oneOf('CMS')),
    Base64EncryptedValue: kmehr.simpleContent(base64Binary, { encoding: allowed(text) }),
  })

  /** Header of a message of its own. What few use (urgency, text, links) is passed on as it stands. */
  const Header = kmehr.sequence({
    confidentiality: optional(opaque),
    standard: kmehr.sequence({
      cd: fixedCd('CD-STANDARD'),
      specialisation: optional(kmehr.sequence({ cd: cd('CD-MESSAGE'), version: text })),
    }),
    id: many(IdKmehr, { min: 1 }),
    date,
    time,
    sender: Author,
    recipient: many(kmehr.sequence({ hcparty: many(HcParty, { min: 1 }) }), { min: 1 }),
    urgency: optional(opaque),
    acknowledgment: optional(opaque),
    text: many(Text),
    lnk: many(opaque),
    expirationdate: optional(opaque),
    externalsource: optional(opaque),
  })
  /** A message: its folders, or one sealed text that holds them. */
  const Message = kmehr.element(
    'kmehrmessage',
    kmehr.sequence({
      confidentiality: optional(opaque),
      header: Header,
      $content: choice({ folder: many(opaque, { min: 1 }), Base64EncryptedData }),
    }),
  )

  return {
    id,
    cd,
    IdKmehr,
    IdPatient,
    IdHcParty,
    CdHcParty,
    names,
    Address,
    Telecom,
    HcParty,
    Author,
    PersonLight,
    ErrorEntry,
    Base64EncryptedData,
    Header,
    Message,
  }
}

/** The version of consent, therapeutic links and exclusions. */
export const kmehr117 = kmehrTypes('1.17')

type Types = typeof kmehr117
/** An identifier: value, scheme `S`, version `SV`, name of a local scheme `SL`. */
export type KmehrId = Infer<Types['IdKmehr']>
/** A code: value, scheme `S`, version `SV`. */
export type KmehrCd = Infer<Types['CdHcParty']>
export type HcParty = Infer<Types['HcParty']>
export type KmehrAuthor = Infer<Types['Author']>
export type PersonLight = Infer<Types['PersonLight']>
export type KmehrErrorEntry = Infer<Types['ErrorEntry']>
export type KmehrHeader = Infer<Types['Header']>
export type KmehrMessage = Infer<Types['Message']>
/** What {@link kmehrTypes} gives. */
export type KmehrTypes = Types
