/** Properties of business connectors: what they say goes into the calls of a program here. */
import { ignored, used, type OfficialProperty } from './description.js'

const perCall = 'goes into the call, not into a configuration'
const builtIn = 'built in: there is no class to name'
const own = { source: 'memberdata-mycarenet §1.10' } as const

/** Properties of the chapters on services. */
export const businessProperties: readonly OfficialProperty[] = [
  ...ignored('addresses of the identity provider are not called', ['endpoint.idp.saml2.{post,artifact}']),
  ...ignored(
    'which service is meant cannot be told from the name: put the address into endpoints by hand',
    ['endpoint.genericasync.*.v1'],
    { attention: true, source: 'memberdata-mycarenet §2.2' },
  ),
  ...ignored('no service here has it yet', [
    'endpoint.vaccinnet.vaccination.v2',
    'threshold.genericasync.*.v1',
    'security.{outgoing,incoming}.message.genasync.*',
    'GENERICASYNC*.validation.xades.*',
    'be.fgov.ehealth.technicalconnector.services.daas.{template,validate-attribute-values}',
    'be.fgov.ehealth.technicalconnector.services.validation.schematron',
  ]),
  ...used('user name of the licence of MyCareNet', ['mycarenet.licence.username'], {
    ...own,
    setting: 'mycarenet.username',
    translation: 'text',
  }),
  ...used('name of the software', ['package.name'], {
    ...own,
    setting: 'mycarenet.package',
    translation: 'text',
  }),
  ...ignored(
    'one licence for all services: mycarenet.licence.username',
    ['*.package.{name,licence.username}'],
    own,
  ),
  ...ignored(
    'a password does not belong into a file: EHEALTH_MYCARENET_PASSWORD, or passwordEnv or passwordFile of mycarenet',
    ['mycarenet.licence.password', '*.package.licence.password'],
    { ...own, hidden: 'secret', attention: true },
  ),
  ...ignored(perCall, ['*.keydepot.{identifiertype,identifiervalue,application}'], own),
  ...ignored(
    builtIn,
    ['*.{encryptedrequestobjectbuilder,notencryptedrequestobjectbuilder,responseobjectbuilder}.class'],
    own,
  ),
  ...ignored(perCall, ['mycarenet.*'], { ...own, hidden: 'personal' }),
  ...ignored(
    'the author of a message comes from the caller',
    [
      'kmehr.*',
      'careprovider.{inss,nihii,firstname,lastname}',
      'pharmacy.{nihii,name}',
      'pharmacy-holder.{ssin,nihii,firstname,lastname}',
    ],
    { hidden: 'personal', source: 'consent-therlink-hub §1.10' },
  ),
  ...ignored(
    perCall,
    ['{wsconsent,therlink}.maxrows', 'therlink.application.{name,id}', 'therlink.enduser.hcpartytype'],
    {
      source: 'consent-therlink-hub §3.6',
    },
  ),
  ...ignored(
    builtIn,
    [
      'wsconsent.{ConsentBuilder,patientinfobuilder}.class',
      'be.ehealth.businessconnector.wsconsent.builders.*.class',
      'therlink.{requestobjectbuilder,commonobjectbuilder,proofbuilder}.class',
    ],
    { source: 'consent-therlink-hub §3.6' },
  ),
  ...ignored(
    'which hub is called is a matter of the call',
    ['{hub,hubv3}.{id,application,request.create-author}', 'encryption.{actor.id,actor.cd,application.id}'],
    { source: 'consent-therlink-hub §5.7' },
  ),
  ...ignored(
    builtIn,
    [
      'be.ehealth.businessconnector.ehbox.api.domain.message.idgenerator',
      'be.ehealth.businessconnector.ehbox.v3.validator',
    ],
    { source: 'ehealthbox §5.3' },
  ),
  ...ignored('content is never guessed to be base64', ['ehboxv3.try.to.base64decode.content'], {
    source: 'ehealthbox §5.3',
  }),
  ...ignored(perCall, ['ehbox.application.name'], { source: 'ehealthbox §5.3' }),
  ...ignored(
    'certificates are not requested here',
    [
      'authentication.key.{algorithm,size}',
      'csr.signature.algorithm',
      'dummycert.subject',
      'etk.challenge.{cipher,digest}',
    ],
    { source: 'sts-iam §7' },
  ),
]
