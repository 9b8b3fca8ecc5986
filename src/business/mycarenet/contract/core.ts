/**
 * Who sends, with which software: the types that all commons have in common (spec memberdata-mycarenet §3.1, §3.2).
 *
 * The attributes `Id`, `Ref` and `ValueRef` of the schemas are for references inside of a document; nobody writes them.
 * An empty element is read, since the official connector writes `SiteID`, `Cbe` and `Sender` so; the builders never do.
 */
import { boolean, optional, string, type Infer, type Namespace } from '../../../technical/xml/index.js'
import { zonelessDate } from './dates.js'

/** The types of one namespace of the family. */
export const coreTypes = (core: Namespace) => {
  const Nihii = core.sequence({ Quality: optional(string()), Value: optional(string()) })
  const Id = core.sequence({
    Name: optional(string()),
    Nihii: optional(Nihii),
    Ssin: optional(string()),
    Cbe: optional(string()),
  })
  const parties = { PhysicalPerson: optional(Id), Organization: optional(Id) }
  const Package = core.sequence({
    Name: optional(string()),
    License: core.sequence({ Username: string(), Password: string() }),
  })
  const CareProvider = core.sequence({ Nihii, ...parties })
  const Sender = core.sequence(parties)
  const Request = core.sequence({ IsTest: boolean })
  const references = { InputReference: optional(string()), NIPReference: optional(string()) }
  const outputReferences = { ...references, OutputReference: optional(string()) }
  const Period = core.sequence({ Start: zonelessDate, End: zonelessDate })
  const CareReceiver = core.sequence({
    Ssin: optional(string()),
    RegNrWithMut: optional(string()),
    Mutuality: optional(string()),
  })
  const when = { ReferenceDate: zonelessDate, Period: optional(Period) }
  return {
    Nihii,
    Id,
    parties,
    Package,
    /** With the number, as all but the newest commons demand it. */
    CareProvider,
    /** The number may be absent. */
    CareProviderWithoutNumber: core.sequence({ Nihii: optional(Nihii), ...parties }),
    Sender,
    Request,
    references,
    outputReferences,
    CareReceiver,
    when,
  }
}

type Types = ReturnType<typeof coreTypes>

/** A NIHII number with the word for the role. */
export type NihiiElement = Infer<Types['Nihii']>
/** A person or organisation: one of the numbers. */
export type IdElement = Infer<Types['Id']>
/** Software and its licence. */
export type PackageElement = Infer<Types['Package']>
/** For whom the request is. */
export type CareProviderElement = Infer<Types['CareProvider']>
/** Who sends when it is not the care provider. */
export type SenderElement = Infer<Types['Sender']>
/** Whom a request is about. */
export type CareReceiverElement = Infer<Types['CareReceiver']>
