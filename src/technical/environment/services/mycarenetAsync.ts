/** The mailboxes of the insurers' own server (GenericAsync). */
import { both, service, wsdlAction, type ServiceData } from './description.js'

function mailbox(title: string, path: string, project: string, more: Partial<ServiceData> = {}): ServiceData {
  return service({
    title: `GenericAsync: ${title}`,
    path,
    host: 'mycarenet',
    security: 'saml-timestamp',
    soapAction: wsdlAction('urn:be:cin:nip:async:generic:'),
    environments: both,
    properties: [`endpoint.genericasync.${project}.v1`],
    source: 'memberdata-mycarenet §2.2',
    note: 'The names of the properties are inferred; the action ends with post:msg, get:query or confirm:hash.',
    ...more,
  })
}

/** By analogy with MyCareNet (inferred): the caller gives the address that his region gave him (§10, 4). */
const regional = (region: string): ServiceData =>
  mailbox(`MemberData of ${region}`, `/${region.toLowerCase()}/bed/GenAsync/memberData`, '', {
    environments: {},
    properties: [],
    note: 'No source gives an address: give it in `endpoints`. The path is that of the simulator only (inferred).',
  })

const invoicing = '/mycarenet-ws/async/generic/hcpfac'

/** Services of spec memberdata-mycarenet §2.2; of WalCareNet and IrisCareNet no address was found. */
export const mycarenetAsyncServices = {
  memberDataAsync: mailbox('MemberData', '/mycarenet/bed/GenAsync/memberData', 'memberdata'),
  walCareNetMemberDataAsync: regional('WalCareNet'),
  irisCareNetMemberDataAsync: regional('IrisCareNet'),
  eAgreementAsync: mailbox('eAgreement', '/mcn/bed/ehealth/GenAsync/eagreement', 'eagreement'),
  invoicingAsync: mailbox('invoices (eFact)', invoicing, 'invoicing', {
    urls: {
      acceptance: `https://pilot.mycarenet.be${invoicing}`,
      production: `https://prod.mycarenet.be${invoicing}`,
    },
    note: 'Port 9443 was seen too. The names of the properties are inferred.',
  }),
  invoicingMediPrimaAsync: mailbox('invoices, MediPrima', `${invoicing}_12`, 'mediprima.invoicing', {
    urls: {
      acceptance: `https://pilot.mycarenet.be${invoicing}_12`,
      production: `https://prod.mycarenet.be${invoicing}_12`,
    },
    environments: { acceptance: 'inferred', production: 'inferred' },
    note: 'The chapter gives the end of the path only; host and names of the properties are inferred.',
  }),
  globalMedicalFileAsync: mailbox('global medical file', '/mycarenet-ws/async/generic/gmd', 'dmg', {
    urls: { production: 'https://prod.mycarenet.be/nip/mycarenet-ws/async/generic/gmd' },
  }),
  administrationAsync: mailbox('administrative notifications', '/mycarenet-ws/async/generic/adm', 'adm', {
    environments: { acceptance: 'inferred', production: 'inferred' },
    note: 'The chapter gives the end of the path only; host and names of the properties are inferred.',
  }),
}
