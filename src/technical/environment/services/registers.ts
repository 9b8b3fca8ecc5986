/** National register and Crossroads Bank. */
import { action, service, wsdlAction, type ServiceData } from './description.js'

const rn = 'urn:be:fgov:ehealth:'
const old = 'http://ehealth.fgov.be/consultRN/identifyPerson/'

/** The services of the first generation: own certificate, one path each; `stem` where a WSDL was found. */
function firstGeneration(operation: string, version: string, title: string, stem?: string): ServiceData {
  return service({
    title,
    path: `/consultRN/${operation}/${version}`,
    uddi: `consultrn${operation.toLowerCase()}:${version}`,
    security: 'x509',
    soapAction: { stems: stem === undefined ? [] : [stem] },
    source: 'rn-consult §2',
  })
}

/** Their mocks, which answer in the acceptance environment only. */
function mock(operation: string, stem?: string): ServiceData {
  return service({
    title: `Mock of ${operation}`,
    path: `/consultRN-mock/${operation}/v1`,
    uddi: `consultrn${operation.toLowerCase()}-mock:v1`,
    security: 'x509',
    soapAction: { stems: stem === undefined ? [] : [stem] },
    environments: { acceptance: 'confirmed' },
    source: 'rn-consult §2',
  })
}

/** Named in the documentation; the path is that of their siblings. */
function withoutKey(name: string): ServiceData {
  return service({
    title: `RN Consult ${name}`,
    path: `/rnconsult/${name}/v1`,
    security: 'unknown',
    securityEvidence: 'inferred',
    environments: { acceptance: 'inferred', production: 'inferred' },
    source: 'rn-consult §2',
    note: 'In no list of UDDI keys.',
  })
}

/** Services of spec rn-consult §2. */
export const registerServices = {
  personService: service({
    title: 'RN Consult PersonService',
    path: '/rnconsult/PersonService/v1',
    uddi: 'rnconsult:personservice:v1',
    security: 'saml-hok',
    soapAction: action(`${rn}rn:personservice:protocol:v1:`),
    environments: { acceptance: 'confirmed', production: 'confirmed', integration: 'inferred' },
    properties: ['endpoint.consultrnv2.personservice'],
    source: 'rn-consult §2',
    note: 'The host of the integration environment was seen in a comment of a client.',
  }),
  cbssPersonService: service({
    title: 'RN Consult CbssPersonService',
    path: '/rnconsult/CbssPersonService/v1',
    uddi: 'rnconsult:cbsspersonservice:v1',
    security: 'saml-hok',
    soapAction: action(`${rn}rn:cbsspersonservice:protocol:v1:`),
    properties: ['endpoint.consultrnv2.cbsspersonservice'],
    source: 'rn-consult §2',
  }),
  personInfoService: withoutKey('PersonInfoService'),
  inscriptionService: withoutKey('InscriptionService'),
  personNotificationService: withoutKey('PersonNotificationService'),
  ssinHistory: service({
    title: 'SSIN history',
    path: '/consultRN/SsinHistory/v1',
    uddi: 'ssinhistory:v1',
    security: 'x509',
    soapAction: action(`${rn}consultrn:ssinhistory:protocol:v1:`),
    properties: ['endpoint.ssinhistory'],
    source: 'rn-consult §2',
  }),
  managePerson: service({
    title: 'Manage person, holder-of-key',
    path: '/consultRN/samlHoK/managePerson/v2',
    uddi: 'consultrnsamlhokmanageperson:v2',
    security: 'saml-hok',
    soapAction: action(`${rn}consultrn:manageperson:protocol:v2:`),
    properties: ['endpoint.consultrn.manageperson'],
    source: 'rn-consult §2',
  }),
  identifyPersonHok: service({
    title: 'Identify person, holder-of-key',
    path: '/consultRN/samlHoK/identifyPerson/v1',
    uddi: 'consultrnsamlhokidentifyperson:v1',
    security: 'saml-hok',
    soapAction: wsdlAction(),
    properties: ['endpoint.consultrn.identifyperson'],
    source: 'rn-consult §2',
  }),
  phoneticSearchHok: service({
    title: 'Phonetic search, holder-of-key',
    path: '/consultRN/samlHoK/phoneticSearch/v1',
    uddi: 'consultrnsamlhokphoneticsearch:v1',
    security: 'saml-hok',
    soapAction: wsdlAction(),
    properties: ['endpoint.consultrn.phoneticsearch'],
    source: 'rn-consult §2',
  }),
  identifyPerson: firstGeneration('identifyPerson', 'v1', 'Identify person', `${old}searchPersonBySSIN/`),
  phoneticSearch: firstGeneration('phoneticSearch', 'v1', 'Phonetic search', `${old}phoneticSearch/`),
  manageInscription: firstGeneration('manageInscription', 'v1', 'Manage inscription'),
  mutationSender: firstGeneration('mutationSender', 'v2', 'Mutation sender'),
  mutationSenderV1: firstGeneration('mutationSender', 'v1', 'Mutation sender, first version'),
  personHistory: firstGeneration('personHistory', 'v1', 'Person history'),
  familyComposition: firstGeneration('familyComposition', 'v1', 'Family composition'),
  managePersonV1: service({
    title: 'Manage person, first version',
    path: '/consultRN/managePerson/v1',
    security: 'x509',
    securityEvidence: 'inferred',
    environments: {},
    source: 'rn-consult §1, §9',
    note: 'Its messages are in the schema, its address in no list: the path is that of its siblings.',
  }),
  identifyPersonMock: mock('identifyPerson', `${old}searchPersonBySSIN/`),
  phoneticSearchMock: mock('phoneticSearch', `${old}phoneticSearch/`),
  manageInscriptionMock: mock('manageInscription'),
  mutationSenderMock: mock('mutationSender'),
  personHistoryMock: mock('personHistory'),
  familyCompositionMock: mock('familyComposition'),
}
