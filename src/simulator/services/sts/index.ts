/** The security token service at all its addresses, one policy behind them (spec sts-iam §1.9, §11). */
import type { SimulatedService } from '../../service.js'
import type { StsOptions } from './orders.js'
import { createSaml11 } from './saml11.js'
import { createWsTrust } from './wsTrust.js'

export type { StsOptions } from './orders.js'

export function createSts(options: StsOptions): SimulatedService[] {
  return [createWsTrust(options), ...createSaml11(options)]
}
