/** Registers of diseases, births, emergencies and the like: endpoints without a connector (spec connector-inventory §9). */
import { service, type ServiceData } from './description.js'

const operations = ['Consult', 'Delete', 'Send', 'Update'] as const
type Operation = (typeof operations)[number]

/** Four services of one register, `/EcareOrtho/Consult/v1` and so on. */
function register<Name extends string>(
  name: Name,
  folder: string,
): Record<`${Name}${Operation}`, ServiceData> {
  return Object.fromEntries(
    operations.map((operation) => [
      `${name}${operation}`,
      endpoint(
        `${folder}, ${operation.toLowerCase()}`,
        `/${folder}/${operation}/v1`,
        `${folder}${operation}`.toLowerCase(),
      ),
    ]),
  ) as Record<`${Name}${Operation}`, ServiceData>
}

function endpoint(title: string, path: string, key: string, more: Partial<ServiceData> = {}): ServiceData {
  return service({ title, path, uddi: `${key}:v1`, security: 'unknown', ...more })
}

/** Services of spec soap-security §6.2. Two of smureg are missing: the chapter does not give their paths. */
export const otherRegisterServices = {
  ...register('qermidDefib', 'QermidDefib'),
  ...register('qermidTuCo', 'QermidTuCo'),
  ...register('ecareOrtho', 'EcareOrtho'),
  ...register('ecarePacemaker', 'EcarePacemaker'),
  ...register('ecareTardis', 'EcareTardis'),
  eCarmedConsult: endpoint('eCarmed, consultation', '/eCarmed/Consult/v1', 'ecarmedconsult'),
  eBirthMedicalForm: endpoint('eBirth, medical form', '/ebirth/medicalform/v1', 'ebirthmedicalform'),
  eBirthNotification: endpoint('eBirth, notification', '/ebirth/notification/v1', 'ebirthnotification'),
  belRai: endpoint('BelRAI', '/BelRAI/v1', 'belrai'),
  rct: endpoint('RCT', '/rct/v1', 'rct'),
  sadmi: endpoint('Sadmi', '/Sadmi/v1', 'sadmi'),
  sadmiMonitoring: endpoint('Sadmi, monitoring', '/Sadmi/Monitoring/v1', 'sadmimonitoring', {
    uddi: 'sadmimonitoring:v2',
    environments: { production: 'confirmed' },
    note: 'The key says v2, the path v1.',
  }),
  sadn: endpoint('Sadn', '/Sadn/v1', 'sadn'),
  ureg: endpoint('Ureg', '/Ureg/v1', 'ureg'),
  cobrhaConsultation: endpoint('CoBRHA, consultation', '/WsCoBRHACons/v1', 'wscobrhacons'),
  cobrhaPublication: endpoint('CoBRHA, publication', '/WsCoBRHAPub/v1', 'wscobrhapub'),
}
