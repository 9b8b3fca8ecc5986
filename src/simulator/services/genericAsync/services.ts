/** Everything of the insurers that goes by their own commons: mailboxes of the regions, invoices, the registration. */
import type { MyCareNetRegion } from '../../../business/mycarenet/contract.js'
import type { PersonaKeystore } from '../../pki/foundation.js'
import type { SimulatedService } from '../../service.js'
import type { MyCareNetSimulation } from '../memberData/index.js'
import { createRegistrationService } from '../registration/index.js'
import { createInsurersMailbox } from './index.js'
import { createInsurersKeys, type InsurersKeySetup } from './keys.js'
import { memberDataContent } from './memberData.js'
import type { InsurersKeys } from './types.js'

/** What the services are made with. */
export interface InsurersSetup extends Pick<InsurersKeySetup, 'anchors'> {
  readonly settings: MyCareNetSimulation
  /** Keys of a broker, made at first demand. */
  readonly broker: (region: MyCareNetRegion) => Promise<PersonaKeystore>
}

export function createInsurersServices({ settings, broker, anchors }: InsurersSetup): SimulatedService[] {
  const keysOf = (region: MyCareNetRegion): InsurersKeys =>
    createInsurersKeys({ keystore: async () => settings.keystore ?? broker(region), anchors })
  const federal = keysOf('mycarenet')
  const content = memberDataContent(settings)
  return [
    createInsurersMailbox('memberDataAsync', { content, keys: federal }),
    createInsurersMailbox('walCareNetMemberDataAsync', { content, keys: keysOf('walcarenet') }),
    createInsurersMailbox('irisCareNetMemberDataAsync', { content, keys: keysOf('iriscarenet') }),
    // taken, and never answered: what insurers say about invoices is not simulated
    createInsurersMailbox('invoicingAsync', { content: () => [], keys: federal }),
    createRegistrationService(federal),
  ]
}
