/** From the elements of an answer to plain objects: codes, dates and numbers stay as the register wrote them. */
import { isIncompleteDate, parseIncompleteDate } from '../../technical/identifiers/index.js'
import { addressOf, contactAddressOf } from './addresses.js'
import { described, given, inception, locationOf } from './answerPieces.js'
import type * as contract from './contract.js'
import { personGroups, type PersonGroup } from './contract.js'
import type {
  Availability,
  CivilState,
  PartialDate,
  Partner,
  Person,
  PersonData,
  PersonIdentification,
  PersonName,
} from './person.js'
import { unknownIn } from './unknown.js'

/** What the register wrote, with the parts that can be read from it. */
export const dateOf = (value: string): PartialDate =>
  isIncompleteDate(value) ? parseIncompleteDate(value) : { value }

export const nameOf = ({ LastName, GivenName, InceptionDate }: contract.Name): PersonName => ({
  ...given({ lastName: LastName }),
  givenNames: GivenName.map(({ value, Sequence }) => ({ value, ...given({ sequence: Sequence }) })),
  ...inception(InceptionDate),
})

const partnerOf = (element: contract.Partner): Partner =>
  given({
    ssin: element.PartnerSsin,
    fictionalNumber: element.PartnerFictionalIdentificationNumber,
    name: element.PartnerName && nameOf(element.PartnerName),
  })

const dated = (date: string | undefined, place: contract.Location | undefined) =>
  given({ date: date === undefined ? undefined : dateOf(date), location: place && locationOf(place) })

function civilStateOf(element: contract.CivilStates['CivilState'][number]): CivilState {
  const { Partner, Location, Judgment, Transcription } = element
  return {
    ...described(element.CivilStateCode, element.CivilStateDescription),
    ...given({
      partner: Partner && partnerOf(Partner),
      location: Location && locationOf(Location),
      judgment: Judgment && dated(Judgment.JudgmentDate, Judgment.JudgmentLocation),
      transcription:
        Transcription && dated(Transcription.TranscriptionDate, Transcription.TranscriptionLocation),
    }),
    ...inception(element.InceptionDate),
  }
}

const birthOf = ({ BirthDate, BirthPlace, ActType }: contract.Birth): NonNullable<PersonData['birth']> =>
  given({
    date: BirthDate === undefined ? undefined : dateOf(BirthDate),
    place: BirthPlace && locationOf(BirthPlace),
    act: ActType && described(ActType.ActTypeCode, ActType.ActTypeDescription),
  })

const deceaseOf = ({ DeceaseDate, DeceasePlace }: contract.Decease): NonNullable<PersonData['decease']> =>
  given({
    date: DeceaseDate === undefined ? undefined : dateOf(DeceaseDate),
    place: DeceasePlace && locationOf(DeceasePlace),
  })

const genderOf = ({ GenderCode, InceptionDate }: contract.Gender): NonNullable<PersonData['gender']> => ({
  ...given({ code: GenderCode }),
  ...inception(InceptionDate),
})

const administratorOf = ({
  Location,
  SpecialNotion,
  InceptionDate,
}: contract.Administrator): NonNullable<PersonData['administrator']> => ({
  ...given({
    location: Location && locationOf(Location),
    specialNotion:
      SpecialNotion && described(SpecialNotion.SpecialNotionCode, SpecialNotion.SpecialNotionDescription),
  }),
  ...inception(InceptionDate),
})

function cohabitationOf(element: contract.LegalCohabitation): NonNullable<PersonData['legalCohabitation']> {
  const { Partner, Registration, InceptionDate } = element
  const bailiff = Registration?.RegistrationBailiff
  return {
    ...given({
      partner: Partner && partnerOf(Partner),
      registration:
        Registration &&
        given({
          date: Registration.RegistrationDate,
          location: Registration.Location && locationOf(Registration.Location),
          bailiff:
            bailiff &&
            given({ name: bailiff.BailiffName, location: bailiff.Location && locationOf(bailiff.Location) }),
        }),
    }),
    ...inception(InceptionDate),
  }
}

const anomaliesOf = (element: contract.Anomalies | undefined): PersonData['anomalies'] =>
  (element?.Anomaly ?? []).map(({ Code, Description }) => ({ code: Code, description: Description }))

/** Everything that an answer says of a person. */
export function personDataOf(element: contract.PersonElement): PersonData {
  const { NobilityTitle, Subregister } = element
  return {
    ...given({
      ssin: element.Ssin,
      register: element.Register,
      registerInceptionDate: element.RegisterInceptionDate,
      nobilityTitle: NobilityTitle && {
        ...described(NobilityTitle.NobilityTitleCode, NobilityTitle.NobilityTitleDescription),
        ...inception(NobilityTitle.InceptionDate),
      },
      name: element.Name && nameOf(element.Name),
      nationalities: element.Nationalities?.Nationality.map((nationality) => ({
        ...described(nationality.NationalityCode, nationality.NationalityDescription),
        ...inception(nationality.InceptionDate),
      })),
      birth: element.Birth && birthOf(element.Birth),
      decease: element.Decease && deceaseOf(element.Decease),
      gender: element.Gender && genderOf(element.Gender),
      civilStates: element.CivilStates?.CivilState.map(civilStateOf),
      address: element.Address && addressOf(element.Address),
      contactAddress: element.ContactAddress && contactAddressOf(element.ContactAddress),
      administrator: element.Administrator && administratorOf(element.Administrator),
      subregister: Subregister && {
        ...described(Subregister.SubregisterCode, Subregister.SubregisterDescription),
        ...inception(Subregister.InceptionDate),
      },
      legalCohabitation: element.LegalCohabitation && cohabitationOf(element.LegalCohabitation),
    }),
    anomalies: anomaliesOf(element.Anomalies),
    unknown: unknownIn(element),
  }
}

/** The same, with what the absence of each group means. */
export function personOf(
  element: contract.PersonElement,
  authorised: readonly PersonGroup[] | undefined,
): Person {
  const data = personDataOf(element)
  const availability = Object.fromEntries(
    personGroups.map((group): [PersonGroup, Availability] => [
      group,
      availabilityOf(data, group, authorised),
    ]),
  ) as Record<PersonGroup, Availability>
  return { ...data, availability }
}

function availabilityOf(
  data: PersonData,
  group: PersonGroup,
  authorised: readonly PersonGroup[] | undefined,
): Availability {
  if (data[group] !== undefined) return 'given'
  if (authorised === undefined) return 'undetermined'
  return authorised.includes(group) ? 'unknown' : 'not-authorised'
}

/** What tells somebody from others. */
export function identificationOf(element: contract.PersonIdentification): PersonIdentification {
  const { Name, Birth, Gender, Address, ContactAddress, Administrator } = element
  return {
    ...given({
      ssin: element.Ssin,
      register: element.Register,
      deceased: element.Deceased,
      name: Name && nameOf(Name),
      birth: Birth && given({ date: Birth.BirthDate === undefined ? undefined : dateOf(Birth.BirthDate) }),
      gender: Gender && genderOf(Gender),
      address: Address && addressOf(Address),
      contactAddress: ContactAddress && contactAddressOf(ContactAddress),
      administrator: Administrator && administratorOf(Administrator),
    }),
    anomalies: anomaliesOf(element.Anomalies),
    unknown: unknownIn(element),
  }
}
