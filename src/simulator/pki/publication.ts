/** Where the simulator's authorities publish lists and answer OCSP: the addresses that stand in their certificates. */

/** Authorities that publish. */
export const publishingRoles = ['root', 'issuing'] as const

export type PublishingRole = (typeof publishingRoles)[number]

/** Addresses of one authority. */
export interface Publication {
  readonly crl: string
  readonly ocsp: string
  /** The certificate of the authority itself. */
  readonly certificate: string
}

/** Paths below the address of the server. */
export const publishedPaths = {
  crl: (role: PublishingRole) => `/pki/${role}.crl`,
  certificate: (role: PublishingRole) => `/pki/${role}.cer`,
  ocsp: '/pki/ocsp',
} as const

/** @param url of the server, without slash at the end */
export const publicationOf = (url: string, role: PublishingRole): Publication => ({
  crl: url + publishedPaths.crl(role),
  ocsp: url + publishedPaths.ocsp,
  certificate: url + publishedPaths.certificate(role),
})
