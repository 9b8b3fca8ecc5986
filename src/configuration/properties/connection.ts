/** Properties of files, keys, session and transport. */
import { ignored, mapped, used, type OfficialProperty } from './description.js'

const jks = (setting: string): string =>
  `a Java keystore (JKS) is not readable here: export its certificates (keytool -exportcert -rfc) and name the PEM files in ${setting}`
const needsNone = 'certificates in PEM need no password'
const credentials =
  'user and password of a proxy stand in its address, and that in the variable EHEALTH_HTTP_PROXY_URL'

/** Properties of spec soap-security §6.3, §6.4, §7.3 and sts-iam §2.1 that a connection is made of. */
export const connectionProperties: readonly OfficialProperty[] = [
  ...mapped('acc, prd and int become acceptance, production and integration', ['environment'], {
    setting: 'environment',
    translation: 'environment',
  }),
  ...used('says whether values are trimmed when this file is read', [
    'configuration.properties.trim',
    'remove.trail.withspaces',
  ]),
  ...used('folder of the keystores', ['KEYSTORE_DIR']),
  ...mapped('the keystore of the caller', ['sessionmanager.holderofkey.keystore'], {
    setting: 'keystore.file',
    translation: 'keystore',
  }),
  ...used('entry of the keystore', ['sessionmanager.holderofkey.alias'], {
    setting: 'keystore.alias',
    translation: 'alias',
  }),
  ...mapped('the keystore opens without password', ['sessionmanager.holderofkey.emptypassword'], {
    setting: 'keystore.emptyPassword',
    translation: 'empty-password',
  }),
  ...mapped('signs the token requests, where it is another one', ['sessionmanager.identification.keystore'], {
    setting: 'identification.file',
    translation: 'keystore',
  }),
  ...mapped('entry of that keystore', ['sessionmanager.identification.alias'], {
    setting: 'identification.alias',
    translation: 'alias',
  }),
  ...mapped('that keystore opens without password', ['sessionmanager.identification.emptypassword'], {
    setting: 'identification.emptyPassword',
    translation: 'empty-password',
  }),
  ...ignored('what is sealed is opened with the keys in the keystore of the caller', [
    'sessionmanager.encryption.{keystore,alias,emptypassword}',
  ]),
  ...ignored(
    'a password does not belong into a file: EHEALTH_KEYSTORE_PASSWORD, or passwordEnv or passwordFile of the keystore',
    ['sessionmanager.{identification,holderofkey,encryption}.password'],
    { hidden: 'secret', attention: true, source: 'etee §1.6' },
  ),
  ...mapped('hours become a duration', ['sessionmanager.validity.token'], {
    setting: 'validity',
    translation: 'validity',
    duration: true,
  }),
  ...mapped('the profession with that code', ['main.kmehr.quality'], {
    setting: 'as.profession',
    translation: 'profession',
    source: 'sts-iam §2.1',
  }),
  ...used('SSIN of the caller', ['user.inss'], {
    setting: 'as.ssin',
    translation: 'text',
    hidden: 'personal',
  }),
  ...used('NIHII number of the caller', ['user.nihii'], {
    setting: 'as.nihii',
    translation: 'text',
    hidden: 'personal',
  }),
  ...ignored('the token tells the name', ['user.{firstname,lastname}'], { hidden: 'personal' }),
  ...ignored(
    'the profession decides what the STS is asked for; further ones go into the option attributes of the profession',
    ['sessionmanager.{samlattribute,samlattributedesignator}.N'],
    { hidden: 'personal' },
  ),
  ...ignored('a token is renewed in the last tenth of its life, always', [
    'sessionmanager.activate.autorenew',
    'be.ehealth.technicalconnector.session.renew.RenewStrategyFactory',
    'be.ehealth.technicalconnector.session.renew.SlidingWindowRenewStrategy.{threshold,divider}',
  ]),
  ...ignored('the own encryption token is looked up when it is needed', ['sessionmanager.fetch.etk']),
  ...ignored('cards are not read here: a credential of your own goes into identification', [
    'sessionmanager.disable.{eidpresent,eiddiscovery}',
    'be.ehealth.technicalconnector.beid.{instantiator,beidcardadaptor.class,beidinfo.cache}',
    'be.ehealth.technicalconnector.beid.impl.commons-eid.{logoff,cardreaderstickiness,autorecovery}',
    'be.ehealth.technicalconnector.service.sts.security.impl.beidcredential.cache',
  ]),
  ...ignored(jks('trust.signers'), ['CAKEYSTORE_LOCATION'], { attention: true }),
  ...ignored(
    jks('trust.tls'),
    ['truststore_location', 'connector.configurationmodule.ssl.trustore.location'],
    {
      attention: true,
      source: 'soap-security §6.3',
    },
  ),
  ...ignored(jks('trust.timestampAuthority'), ['timestamp.signature.keystore.path'], {
    attention: true,
    source: 'timestamp §3',
  }),
  ...ignored(
    needsNone,
    [
      'CAKEYSTORE_PASSWORD',
      'truststore_password',
      'connector.configurationmodule.ssl.trustore.password',
      'timestamp.signature.keystore.pwd',
      'be.fgov.ehealth.technicalconnector.bootstrap.tsl.keystore.pwd',
    ],
    { hidden: 'secret' },
  ),
  ...ignored('every certificate counts, here as there', ['timestamp.signature.cert.alias.N'], {
    source: 'timestamp §3',
  }),
  ...ignored(
    'certificates of servers are always checked',
    ['connector.configurationmodule.ssl.verifcation.flavour'],
    {
      translation: 'flavour',
      source: 'soap-security §6.3',
    },
  ),
  ...ignored('see the events of a connection (`on`)', ['connector.configurationmodule.ssl.debug'], {
    source: 'soap-security §6.3',
  }),
  ...mapped('time to wait for an answer', ['connector.soaphandler.connection.request.timeout'], {
    setting: 'http.idleTimeout',
    translation: 'timeout',
    duration: true,
    source: 'soap-security §6.4',
  }),
  ...mapped('time until a connection stands', ['connector.soaphandler.connection.connection.timeout'], {
    setting: 'http.connectTimeout',
    translation: 'timeout',
    duration: true,
    source: 'soap-security §6.4',
  }),
  ...mapped('the proxy on the way to the platform', ['https.{proxyHost,proxyPort}'], {
    setting: 'http.proxy.url',
    translation: 'proxy',
    source: 'soap-security §6.4',
  }),
  ...mapped('hosts to reach without it', ['http.nonProxyHosts'], {
    setting: 'http.proxy.bypass',
    translation: 'proxy-bypass',
    source: 'soap-security §6.4',
  }),
  ...ignored(credentials, ['https.proxyUser'], {
    attention: true,
    hidden: 'personal',
    source: 'soap-security §6.4',
  }),
  ...ignored(credentials, ['https.proxyPassword'], {
    attention: true,
    hidden: 'secret',
    source: 'soap-security §6.4',
  }),
  ...ignored(
    'Java takes it for plain HTTP alone, and the platform is spoken to over https: https.proxyHost names the proxy, `http.proxy.url` here',
    ['http.{proxyHost,proxyPort}'],
    { attention: true, source: 'soap-security §6.4' },
  ),
  ...ignored('of a proxy for plain HTTP, which is not spoken', ['http.proxyUser'], {
    hidden: 'personal',
    source: 'soap-security §6.4',
  }),
  ...ignored('of a proxy for plain HTTP, which is not spoken', ['http.proxyPassword'], {
    hidden: 'secret',
    source: 'soap-security §6.4',
  }),
  ...ignored(
    'SOCKS is not spoken: a proxy that opens tunnels (CONNECT) goes into `http.proxy.url`',
    ['socksProxyHost', 'socksProxyPort'],
    { attention: true, source: 'soap-security §6.4' },
  ),
  ...mapped(
    'what is sent before the name of the connector',
    ['be.ehealth.technicalconnector.handler.mimeheaders.user-agent.prefix'],
    { setting: 'userAgent', translation: 'user-agent', source: 'soap-security §1.4' },
  ),
  ...mapped('who runs the software', ['be.ehealth.technicalconnector.handler.mime-headers.from.value'], {
    setting: 'from',
    translation: 'text',
    hidden: 'personal',
    source: 'soap-security §1.4',
  }),
  ...ignored(
    'names of programs and addresses are checked with rules of our own',
    [
      'be.ehealth.technicalconnector.handler.mimeheaders.user-agent.parts-regex',
      'be.ehealth.technicalconnector.handler.mime-headers.from.regex',
    ],
    { source: 'soap-security §1.4' },
  ),
]
