import type { Texts } from '../types.js'

/** Time stamps and the archive of prescriptions: help and messages. */
export const timestampTexts: Texts = {
  'time stamps: have a document stamped, verify a stamp, ask the archive; the prescriptions of a hospital': {
    fr: 'horodatages : faire horodater un document, vérifier un horodatage, interroger l’archive ; les prescriptions d’un hôpital',
    nl: 'tijdstempels: een document laten stempelen, een stempel verifiëren, het archief bevragen; de voorschriften van een ziekenhuis',
  },
  'have a document stamped and archived, or a hash stamped; the token is verified before it is kept': {
    fr: 'faire horodater et archiver un document, ou horodater une empreinte ; le jeton est vérifié avant d’être gardé',
    nl: 'een document laten stempelen en archiveren, of een hash laten stempelen; het token wordt geverifieerd voor het bewaard wordt',
  },
  'the document; - for stdin': { fr: 'le document ; - pour stdin', nl: 'het document; - voor stdin' },
  'the document': { fr: 'le document', nl: 'het document' },
  'a digest instead of a document, in hexadecimal digits or base64': {
    fr: 'une empreinte au lieu d’un document, en hexadécimal ou en base64',
    nl: 'een hash in plaats van een document, in hexadecimale cijfers of base64',
  },
  'of the digest; sha256 by default': {
    fr: 'de l’empreinte ; sha256 par défaut',
    nl: 'van de hash; standaard sha256',
  },
  'send only the hash of the document: it is not archived': {
    fr: 'n’envoyer que l’empreinte du document : il n’est pas archivé',
    nl: 'alleen de hash van het document verzenden: het wordt niet gearchiveerd',
  },
  'of the document': { fr: 'du document', nl: 'van het document' },
  'v2.1-cert (default), v2.1, v2.0, v1.0, oasis, or a URI': {
    fr: 'v2.1-cert (par défaut), v2.1, v2.0, v1.0, oasis, ou une URI',
    nl: 'v2.1-cert (standaard), v2.1, v2.0, v1.0, oasis, of een URI',
  },
  'comes back in the answer; made up by default': {
    fr: 'revient dans la réponse ; choisi d’office par défaut',
    nl: 'komt terug in het antwoord; standaard zelf gekozen',
  },
  'certificates of time stamp authorities; those of the environment by default': {
    fr: 'certificats d’autorités d’horodatage ; par défaut celles de l’environnement',
    nl: 'certificaten van tijdstempelautoriteiten; standaard die van de omgeving',
  },
  'where the token goes; - for stdout': {
    fr: 'où écrire le jeton ; - pour stdout',
    nl: 'waar het token terechtkomt; - voor stdout',
  },
  'where the answer of the authority goes, as it was received': {
    fr: 'où écrire la réponse de l’autorité, telle que reçue',
    nl: 'waar het antwoord van de autoriteit terechtkomt, zoals het ontvangen is',
  },
  'judge a time stamp offline, every check of it': {
    fr: 'juger un horodatage hors ligne, contrôle par contrôle',
    nl: 'een tijdstempel offline beoordelen, controle per controle',
  },
  'token, TimeStampResp, or either in base64; - for stdin': {
    fr: 'jeton, TimeStampResp, ou l’un des deux en base64 ; - pour stdin',
    nl: 'token, TimeStampResp, of een van beide in base64; - voor stdin',
  },
  'the time stamp': { fr: 'l’horodatage', nl: 'de tijdstempel' },
  'what it is about': { fr: 'ce sur quoi il porte', nl: 'waarover het gaat' },
  'the digest of it instead, in hexadecimal digits or base64': {
    fr: 'à la place, son empreinte, en hexadécimal ou en base64',
    nl: 'in de plaats de hash ervan, in hexadecimale cijfers of base64',
  },
  'certificates of time stamp authorities, or of who issues them': {
    fr: 'certificats d’autorités d’horodatage, ou de leurs émetteurs',
    nl: 'certificaten van tijdstempelautoriteiten, of van hun uitgevers',
  },
  'the present: no stamp may be of later (ISO 8601)': {
    fr: 'le présent : aucun horodatage ne peut être postérieur (ISO 8601)',
    nl: 'het heden: geen stempel mag van later zijn (ISO 8601)',
  },
  'accepted policies; the one of the platform by default': {
    fr: 'politiques acceptées ; par défaut celle de la plateforme',
    nl: 'aanvaarde policy’s; standaard die van het platform',
  },
  'another policy is an error, not a warning': {
    fr: 'une autre politique est une erreur, pas un avertissement',
    nl: 'een andere policy is een fout, geen waarschuwing',
  },
  'get archived stamps; with --from and --to: does the archive of the hospital have all of the period?': {
    fr: 'chercher des horodatages archivés ; avec --from et --to : l’archive de l’hôpital a-t-elle tout de la période ?',
    nl: 'gearchiveerde stempels ophalen; met --from en --to: heeft het archief van het ziekenhuis alles van de periode?',
  },
  'SERIAL@MILLISECONDS of each stamp': {
    fr: 'SERIAL@MILLISECONDS de chaque horodatage',
    nl: 'SERIAL@MILLISECONDS van elke stempel',
  },
  'identifier that the platform gave the hospital, tsa_…': {
    fr: 'identifiant que la plateforme a donné à l’hôpital, tsa_…',
    nl: 'identificatie die het platform het ziekenhuis gaf, tsa_…',
  },
  'more of them: JSON, [{ "serial": "…", "genTimeMs": … }]': {
    fr: 'd’autres : JSON, [{ "serial": "…", "genTimeMs": … }]',
    nl: 'nog andere: JSON, [{ "serial": "…", "genTimeMs": … }]',
  },
  'first instant of the period (ISO 8601)': {
    fr: 'premier instant de la période (ISO 8601)',
    nl: 'eerste tijdstip van de periode (ISO 8601)',
  },
  'last instant of the period': {
    fr: 'dernier instant de la période',
    nl: 'laatste tijdstip van de periode',
  },
  'write SERIAL.document, .token and .response.xml of each stamp there': {
    fr: 'y écrire SERIAL.document, .token et .response.xml de chaque horodatage',
    nl: 'SERIAL.document, .token en .response.xml van elke stempel daar schrijven',
  },
  'give --out for the token, or --json': {
    fr: 'indiquez --out pour le jeton, ou --json',
    nl: 'geef --out voor het token, of --json',
  },
  '--hash stands instead of a document': {
    fr: '--hash remplace un document',
    nl: '--hash staat in de plaats van een document',
  },
  '--algorithm goes with --hash': {
    fr: '--algorithm va avec --hash',
    nl: '--algorithm gaat samen met --hash',
  },
  '--signature, --data and --hash say the same: give one': {
    fr: '--signature, --data et --hash disent la même chose : indiquez l’un d’eux',
    nl: '--signature, --data en --hash zeggen hetzelfde: geef er een van',
  },
  '--hash takes a digest of {0} octets in hexadecimal digits or base64': {
    fr: '--hash attend une empreinte de {0} octets en hexadécimal ou en base64',
    nl: '--hash vraagt een hash van {0} bytes in hexadecimale cijfers of base64',
  },
  '--out does not go with a period': {
    fr: '--out ne va pas avec une période',
    nl: '--out gaat niet samen met een periode',
  },
  'give stamps, or --from and --to': {
    fr: 'indiquez des horodatages, ou --from et --to',
    nl: 'geef stempels, of --from en --to',
  },
  'a stamp is SERIAL@MILLISECONDS': {
    fr: 'un horodatage est SERIAL@MILLISECONDS',
    nl: 'een stempel is SERIAL@MILLISECONDS',
  },
  '{0} is no list of stamps': {
    fr: '{0} n’est pas une liste d’horodatages',
    nl: '{0} is geen lijst van stempels',
  },
  '--from and --to go together': { fr: '--from et --to vont ensemble', nl: '--from en --to gaan samen' },
  'the platform answered {0} ({1})': {
    fr: 'la plateforme a répondu {0} ({1})',
    nl: 'het platform antwoordde {0} ({1})',
  },
  '{0} octets': { fr: '{0} octets', nl: '{0} bytes' },
  'an answer that cannot be read: {0}': {
    fr: 'une réponse illisible : {0}',
    nl: 'een onleesbaar antwoord: {0}',
  },
}
