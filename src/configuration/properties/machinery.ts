/** Properties of the official connector's own machinery. */
import { ignored, type OfficialProperty } from './description.js'

const builtIn = 'built in: there is no class to name'
const options = 'an option of seal() and unseal(), not of a configuration'
const fixed = 'not configurable: it is what the platform demands'
const technical = 'be.ehealth.technicalconnector'
const bootstrap = 'be.fgov.ehealth.technicalconnector.bootstrap'
const module = `${technical}.config.impl.ConfigurationModule`

/** Properties of spec soap-security §7, sts-iam, etee §4 and xml-signature that nothing here answers to. */
export const machineryProperties: readonly OfficialProperty[] = [
  ...ignored('a configuration is always checked', [
    `${technical}.config.impl.ConfigValidatorImpl.throwErrorOnInvalidconfig`,
  ]),
  ...ignored(builtIn, [
    'crypto.{classname,certificatechecker.classname,revocationstatuschecker.classname}',
    `${technical}.handler.wssecurity`,
    'connector.genericwssender.implementation.class',
    'timestamp.validator.factory',
    'be.fgov.ehealth.technicalconnector.signature.timestampgenerator',
    'signature.signaturebuilder.class.N',
    `${technical}.idgenerator.*.classname`,
    `${technical}.utils.connectorcryptoutils.{default_algo_name,default_keysize}`,
  ]),
  ...ignored('a cache of your own goes into the option cache', [
    `${technical}.cache.{memory.impl,persistent.impl}`,
  ]),
  ...ignored(options, [
    'be.fgov.ehealth.etee.crypto.policies.OCSPOption.{CLOCK_SKEW,CONNECTION_TIMEOUT,READ_TIMEOUT,INJECT_RESPONSE,CONNECTION_USER_INTERACTION,OCSP_URI,CERT_STORE,CERT_STORE.CERT.N,CERT_STORE.CRL.N}',
    'be.fgov.ehealth.etee.crypto.policies.SigningOption.{CLOCK_SKEW,SIGNING_TIME_EXPIRATION,SIGNING_TIME_TRUST_IMPLICIT,TSA_CERT_STORE}',
  ]),
  ...ignored('content is never written to a log', [
    `${technical}.service.etee.cryptoimpl.{dump_messages,dump_first_chars}`,
    'be.ehealth.businessconnector.mycarenet.memberdatasync.builders.impl.dumpMessages',
  ]),
  ...ignored(
    'unseal() tells every warning: the program decides',
    [`${technical}.service.etee.cryptoimpl.ignored_notification_errors.N`],
    { source: 'etee §4.6' },
  ),
  ...ignored('the KGSS of the platform is built in', [
    `${technical}.service.kgss.identifier.{type,value,applicationid,subtype}`,
  ]),
  ...ignored('tokens are asked for by WS-Trust unless the program says otherwise', ['service.sts.class'], {
    translation: 'sts-class',
  }),
  ...ignored('a detail of the SAML 1.1 profile, which is set in the program: sts.innerSignature', [
    `${technical}.service.sts.keyinfo`,
    `${technical}.service.sts.always.sign.inner.request`,
  ]),
  ...ignored('the program opens the browser: me.technical.signOn gives the page or the address', [
    `${technical}.service.sso.{autodiscovery.enabled,browserhandler.default}`,
    'browser',
  ]),
  ...ignored('always written, as the platform demands', [
    `${technical}.handler.wss4j.WSSecHeaderGeneratorWss4jImpl.mustUnderstand`,
  ]),
  ...ignored(fixed, ['security.outgoing.message.timestamp.expires.ttl'], { duration: true }),
  ...ignored(
    'SHA-256 with RSA or ECDSA, by the kind of the key',
    ['default.{rsa,ec}.{digest,signature}.method.algorithm'],
    { translation: 'algorithm', source: 'soap-security §2.5' },
  ),
  ...ignored('read nowhere, neither there nor here', ['default.{digest,signature}.method.algorithm'], {
    source: 'soap-security §2.5',
  }),
  ...ignored('SHA-1 is not written', ['intrahubv3.sha1feature.enabled'], {
    attention: true,
    source: 'soap-security §2.5',
  }),
  ...ignored('what may be repeated is decided by the operation', [
    `${technical}.handler.message.level.retry.activated`,
    `${technical}.handler.message.level.retry.xslt.location`,
  ]),
  ...ignored(
    'handlers are functions of the program: see the events of a connection (`on`)',
    [
      'connector.defaulthandlerchain.{beforesecurity,aftersecurity}.N',
      `${technical}.handler.SOAPHeaderLoggerHandler..N`,
    ],
    { source: 'soap-security §7.1' },
  ),
  ...ignored('the option record keeps exchanges', ['connector.output.dir']),
  ...ignored(
    'the action is always sent in quotes',
    [`${technical}.handler.soapactionhandler.wsi.complaint`],
    { source: 'soap-security §1.3' },
  ),
  ...ignored('answers are always read against their contract', ['validation.incoming.*'], {
    source: 'soap-security §4.3',
  }),
  ...ignored(
    'the service list is not followed by a configuration',
    [
      'bcp.local.cache.dir',
      `${technical}.bcp.status.endpoint`,
      `${bootstrap}.bcp.polling.{activated,interval.minutes}`,
      `${bootstrap}.bcp.endpointupdater.active`,
    ],
    { source: 'soap-security §6.6' },
  ),
  ...ignored('addresses stand in endpoints', ['uddi.local.cache.dir'], { source: 'soap-security §6.2' }),
  ...ignored(
    'trusted lists are not loaded: certificates stand in trust',
    [
      'endpoint.tsl.{appl,person,transport}',
      'truststoreupdater.local.cache',
      `${bootstrap}.tsl.keystore.{location,type}`,
      `${bootstrap}.tsl.autoupdater.active`,
    ],
    { source: 'soap-security §6.10' },
  ),
  ...ignored('the library writes no log: see the events of a connection (`on`)', [
    'connector.logger.{enabled,framework,through.config,console.enabled,file.enabled,file.filepath,level,patternlayout,fileconfig.location,fileconfig.type}',
    'connector.configurationmodule.logger.unload',
    'configmodule.enable.sysout.redirect',
  ]),
  ...ignored('errors have codes; their texts are English', ['locale.default.lang']),
  ...ignored('a matter of the JVM', [
    `${module}SecurityProvider.{cleanup.action,partial.N,add.securityproviders.N,activated,insertProviderAt}`,
    `${module}SystemProps.systemprop.N`,
    `${module}Bootstrap.module.N`,
    'configurationmodule.serviceloader.N',
    'connector.configmodule.N',
    `${technical}.shutdown.{runtime.shutdownhook,deletefileonexit.activated}`,
    `${technical}.config.{location,load,modules.load}`,
    `${technical}.config.impl.Configuration.use.*`,
    `${technical}.config.impl.configurationmodule.ehealth.time.active`,
  ]),
]
