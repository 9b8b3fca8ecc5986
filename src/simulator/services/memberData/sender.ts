/** Who sends a message of MyCareNet, judged as its envelope check does (spec memberdata-mycarenet §1.3, §3.2). */
import type { CareProviderElement, OriginElement } from '../../../business/mycarenet/contract.js'
import { isNihii } from '../../../technical/identifiers/index.js'
import { businessRefusal, soaRefusal } from '../../refusal.js'
import type { Caller } from '../../service.js'
import type { MyCareNetSimulation } from './settings.js'

/** The care provider of a message that was let in. */
export interface Admitted {
  /** 11 digits. */
  readonly nihii: string
  readonly quality: string
}

/**
 * Refuses a token that certifies nothing: neither a number nor a recognition.
 *
 * @throws Refusal SOA-01002
 */
export function authorise({ attributes }: Caller): void {
  const certified = attributes.some(
    ({ name, values: [value = ''] }) =>
      /(:boolean|:nihii11)$/.test(name) && value !== '' && value !== 'false',
  )
  if (!certified) throw soaRefusal('SOA-01002')
}

/** @throws Refusal with the code of MyCareNet, as far as codes are known (inferred: the form of the fault) */
export function admit(origin: OriginElement, caller: Caller, settings: MyCareNetSimulation): Admitted {
  const { Package, SiteID, CareProvider, Sender } = origin
  if (Package.License.Username.trim() === '' || Package.License.Password === '')
    throw businessRefusal('INVALID_LICENSE', 'no licence')
  if (settings.strictSender === true) refuseEmpty(SiteID, CareProvider, Sender)
  const { Quality = '', Value = '' } = CareProvider?.Nihii ?? {}
  if (Value.length !== 11 || !isNihii(Value)) throw soaRefusal('SOA-03007', 'CareProvider.Nihii.Value')
  if (Quality.trim() === '') throw soaRefusal('SOA-03007', 'CareProvider.Nihii.Quality')
  const named = CareProvider?.PhysicalPerson?.Ssin ?? ''
  const [proven = ''] = caller.values('urn:be:fgov:person:ssin')
  if (named !== '' && proven !== '' && named !== proven)
    throw businessRefusal(`INCORRECT_INSS_${Quality.toUpperCase()}_SAML`, 'the SSIN is not that of the token')
  return { nihii: Value, quality: Quality }
}

function refuseEmpty(
  site: string | undefined,
  careProvider: CareProviderElement | undefined,
  sender: OriginElement['Sender'],
): void {
  if (sender !== undefined && (sender.PhysicalPerson ?? sender.Organization) === undefined)
    throw businessRefusal('FORBIDDEN_COMMON_INPUT_ORIGIN_INPUT_SENDER', 'the sender is empty')
  if (site === '' || careProvider?.PhysicalPerson?.Cbe === '')
    throw soaRefusal('SOA-03007', 'an element without content')
}
