/** Paths of the platform's services (spec soap-security §6.2); the same on every host. */
export const servicePaths = {
  sts: '/IAM/SecurityTokenService/v1',
  etkDepot: '/EtkDepot/v1',
  ehboxPublication: '/ehBoxPublication/v3',
  ehboxConsultation: '/ehBoxConsultation/v3',
} as const

/** A service of the platform that has an endpoint. */
export type ServiceName = keyof typeof servicePaths
