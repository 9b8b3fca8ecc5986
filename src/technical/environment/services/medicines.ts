/** Medicines, reimbursement, public welfare, prescriptions. */
import { action, ehealth, service, type ServiceData } from './description.js'

function dics(version: 'v1' | 'v2' | 'v3' | 'v4' | 'v5', more: Partial<ServiceData> = {}): ServiceData {
  return service({
    title: `Medicines reference (DICS), ${version}`,
    path: `/Dics/${version}`,
    uddi: `dics:${version}`,
    security: 'x509',
    soapAction: action(`${ehealth}dics:protocol:${version}:`),
    source: 'connector-inventory §1',
    ...more,
  })
}

function recipe(part: string, uddi: string, more: Partial<ServiceData> = {}): ServiceData {
  return service({ title: `Recip-e, ${part}`, path: '', uddi, security: 'unknown', ...more })
}

/** Services of spec connector-inventory §1 and §5, soap-security §6.2. */
export const medicineServices = {
  dics: dics('v5', { properties: ['endpoint.dicsv5'] }),
  dicsV4: dics('v4', { properties: ['endpoint.dicsv4'] }),
  dicsV3: dics('v3', { source: 'connector-inventory §4' }),
  dicsV2: dics('v2', {
    soapAction: { stems: [] },
    securityEvidence: 'inferred',
    source: 'soap-security §6.2',
  }),
  dicsV1: dics('v1', {
    soapAction: { stems: [] },
    securityEvidence: 'inferred',
    source: 'soap-security §6.2',
  }),
  civics: service({
    title: 'Rules of chapter IV (CIVICS), v2',
    path: '/ChapIVInformation/Consultation/v2',
    uddi: 'samcivics:v2',
    security: 'x509',
    soapAction: action(`${ehealth}civics:service:v2:`),
    properties: ['endpoint.civicsv2'],
    source: 'connector-inventory §1',
    note: 'The namespace is samcivics, the action civics.',
  }),
  civicsV1: service({
    title: 'Rules of chapter IV, v1',
    path: '/ChapIVInformation/Consultation/v1',
    uddi: 'chapivinformationconsultation:v1',
    security: 'x509',
    securityEvidence: 'inferred',
  }),
  mediPrimaConsult: service({
    title: 'MediPrima consultation, v2',
    path: '/MediPrima/Consult/v2',
    uddi: 'mediprimaconsult:v2',
    security: 'saml-hok',
    soapAction: action(`${ehealth}mediprima:protocol:v2:`),
    properties: ['endpoint.mediprimav2.consultation'],
    source: 'connector-inventory §1',
  }),
  mediPrimaConsultV1: service({
    title: 'MediPrima consultation, v1',
    path: '/MediPrima/Consult/v1',
    uddi: 'mediprimaconsult:v1',
    security: 'saml-hok',
    soapAction: action(`${ehealth}mediprima:protocol:v1:`),
    properties: ['endpoint.mediprima.consultation'],
    source: 'connector-inventory §1',
  }),
  mediPrimaUma: service({
    title: 'Urgent medical aid (UMA)',
    path: '/MediPrima/UMA/v1',
    uddi: 'mediprimauma:v1',
    security: 'saml-hok',
    soapAction: action(`${ehealth}mediprima:uma:protocol:v1:`),
    properties: ['endpoint.mediprimauma'],
    source: 'connector-inventory §1',
    note: 'The operations end with Attestion.',
  }),
  recipePrescriber: recipe('prescriber', 'recip-eprescriber:v1', { path: '/Recip-e/v1/Prescriber_v1' }),
  recipePatient: recipe('patient', 'recip-epatient:v1', { path: '/Recip-e/v1/Patient_v1' }),
  recipeTechnical: recipe('technical', 'recip-etechnical:v1', { path: '/Recip-e/v1/Technical_v1' }),
  recipeExecutor: recipe('executor', 'recip-eexecutor:v1', {
    path: '/Recip-e/v2/Executor_v2',
    environments: { production: 'confirmed' },
    note: 'The key says v1, the path v2. Acceptance has pilots below /pilot/Recip-e/ whose paths are not known.',
  }),
}
