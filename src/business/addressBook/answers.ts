/** From the elements of an answer to plain objects. What the platform wrote is kept as it wrote it. */
import type {
  AdditionalInformation,
  Code,
  EHealthBoxAddress,
  LocalizedText,
  Organisation,
  Person,
  PostalAddress,
  Profession,
  Professional,
  ProfessionalInformation,
  Reachable,
} from './contacts.js'
import type * as contract from './contract.js'

/** The fields that are there: an absent element is an absent property. */
type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }
const given = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>

const textOf = ({ value, lang }: contract.LocalizedText): LocalizedText => ({
  text: value,
  ...given({ language: lang }),
})

const codeOf = ({ value, type, authenticSource }: contract.Code): Code => ({ value, type, authenticSource })

type PersonElement = Omit<contract.HealthCareProfessional, 'Profession'>

export const personOf = (element: PersonElement): Person => ({
  lastName: element.LastName,
  ...given({
    ssin: element.SSIN,
    firstName: element.FirstName,
    middleNames: element.MiddleNames,
    language: element.Language,
    gender: element.Gender,
    birthDate: element.BirthDate,
    deathDate: element.DeathDate,
  }),
})

function professionOf(element: contract.Profession): Profession {
  return {
    code: element.ProfessionCode[0]!.value,
    codes: element.ProfessionCode.map(codeOf),
    names: element.ProfessionFriendlyName.map(textOf),
    ...given({ nihii: element.NIHII }),
    specialities: element.Speciality.map(({ SpecialityCode, SpecialityFriendlyName }) => ({
      code: SpecialityCode,
      names: SpecialityFriendlyName.map(textOf),
    })),
  }
}

export const professionalOf = (element: contract.HealthCareProfessional): Professional => ({
  ...personOf(element),
  professions: element.Profession.map(professionOf),
})

const addressOf = ({ Street, Municipality, Country, ...rest }: contract.Address): PostalAddress => ({
  street: Street.Description.map(textOf),
  municipality: Municipality.Description.map(textOf),
  ...given({
    type: rest.Type,
    bstCode: rest.BSTCode,
    streetNsiCode: Street.NSICode,
    houseNumber: rest.HouseNumber,
    postBox: rest.PostBox,
    zipCode: Municipality.ZipCode === undefined ? undefined : String(Municipality.ZipCode),
    municipalityNsiCode: Municipality.NSICode,
  }),
  ...(Country === undefined
    ? {}
    : {
        country: {
          ...given({ isoCode: Country.ISOCode, nsiCode: Country.NSICode }),
          names: Country.Description.map(textOf),
        },
      }),
})

const informationOf = ({ value, Type }: contract.AdditionalInformation): AdditionalInformation => ({
  text: value,
  ...given({ type: Type }),
})

interface ReachableElement {
  Address: contract.Address[]
  HealthCareAdditionalInformation: contract.AdditionalInformation[]
}

export function reachableOf(element: ReachableElement): Reachable {
  const additionalInformation = element.HealthCareAdditionalInformation.map(informationOf)
  return {
    addresses: element.Address.map(addressOf),
    additionalInformation,
    emails: additionalInformation.filter(({ type }) => type === 'Mail').map(({ text }) => text.trim()),
  }
}

export const boxOf = ({ Id, Type, SubType, Quality }: contract.EHealthBox): EHealthBoxAddress => ({
  id: Id,
  type: Type,
  ...given({ subType: SubType }),
  quality: Quality,
})

type ProfessionalElement = contract.IndividualContactInformation['ProfessionalInformation'][number]

export const professionalInformationOf = (element: ProfessionalElement): ProfessionalInformation => ({
  profession: professionOf(element.Profession),
  ...reachableOf(element),
  ...(element.EHealthBox === undefined ? {} : { eHealthBox: boxOf(element.EHealthBox) }),
})

/** Types of an organisation's number, in the words of the platform; `HCI` is an EHP number. */
const numberNames: Readonly<Record<string, 'nihii' | 'cbe' | 'ehp'>> = {
  NIHII: 'nihii',
  CBE: 'cbe',
  HCI: 'ehp',
}

export function organisationOf(element: contract.HealthCareOrganization): Organisation {
  const id = codeOf(element.Id)
  const name = Object.hasOwn(numberNames, id.type) ? numberNames[id.type] : undefined
  return {
    id,
    ...(name === undefined ? {} : { [name]: id.value }),
    type: element.OrganizationTypeCode[0]!.value,
    typeCodes: element.OrganizationTypeCode.map(codeOf),
    typeNames: element.OrganizationTypeFriendlyName.map(textOf),
    names: element.Name.map(textOf),
  }
}
