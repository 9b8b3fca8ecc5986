import type { Texts } from '../types.js'

/** What the doctor looks at and finds, and what to do. */
export const doctorTexts: Texts = {
  '{0} in order, {1} to look at, {2} failed': {
    fr: '{0} en ordre, {1} à examiner, {2} en échec',
    nl: '{0} in orde, {1} na te kijken, {2} mislukt',
  },
  'look at configuration, keystore, trust, endpoints, clock, own encryption token and STS; exit 1 when something fails':
    {
      fr: 'examiner configuration, keystore, confiance, services, horloge, votre propre jeton de chiffrement et STS ; code de sortie 1 si quelque chose échoue',
      nl: 'configuratie, keystore, vertrouwen, diensten, klok, eigen encryptietoken en STS nakijken; exitcode 1 als iets mislukt',
    },
  'days before the end of a certificate at which to warn; 90 for your own, 30 for others': {
    fr: 'jours avant la fin d’un certificat à partir desquels avertir ; 90 pour les vôtres, 30 pour les autres',
    nl: 'dagen voor het einde van een certificaat waarop gewaarschuwd wordt; 90 voor uw eigen, 30 voor andere',
  },
  'instead: what of this file of the official connector is used, mapped and ignored': {
    fr: 'à la place : ce qui, dans ce fichier du connecteur officiel, est utilisé, traduit ou ignoré',
    nl: 'in de plaats: wat uit dit bestand van de officiële connector gebruikt, vertaald en genegeerd wordt',
  },
  '--warn-days takes a number of days': {
    fr: '--warn-days attend un nombre de jours',
    nl: '--warn-days vraagt een aantal dagen',
  },
  keystore: { fr: 'keystore', nl: 'keystore' },
  configuration: { fr: 'configuration', nl: 'configuratie' },
  platform: { fr: 'plateforme', nl: 'platform' },
  token: { fr: 'jeton', nl: 'token' },
  clock: { fr: 'horloge', nl: 'klok' },
  'service list': { fr: 'liste des services', nl: 'dienstenlijst' },
  'own encryption token': { fr: 'jeton de chiffrement', nl: 'eigen encryptietoken' },
  'card key': { fr: 'clé de la carte', nl: 'sleutel van de kaart' },
  'certificate chain': { fr: 'chaîne de certificats', nl: 'certificaatketen' },
  'authentication key': { fr: 'clé d’authentification', nl: 'authenticatiesleutel' },
  'encryption keys': { fr: 'clés de chiffrement', nl: 'encryptiesleutels' },
  'trust: sts': { fr: 'confiance : sts', nl: 'vertrouwen: sts' },
  'trust: signers': { fr: 'confiance : signataires', nl: 'vertrouwen: signers' },
  'trust: servers': { fr: 'confiance : serveurs', nl: 'vertrouwen: servers' },
  'not looked at': { fr: 'non examiné', nl: 'niet nagekeken' },
  '{0} (the platform: {1})': { fr: '{0} (la plateforme : {1})', nl: '{0} (het platform: {1})' },
  '(not shown)': { fr: '(non montré)', nl: '(niet getoond)' },
  note: { fr: 'note', nl: 'noot' },
  'Give --keystore, --pkcs11 or --config.': {
    fr: 'Indiquez --keystore, --pkcs11 ou --config.',
    nl: 'Geef --keystore, --pkcs11 of --config.',
  },
  'Give --environment, --config or --simulator.': {
    fr: 'Indiquez --environment, --config ou --simulator.',
    nl: 'Geef --environment, --config of --simulator.',
  },
  'Mend the trust in servers first.': {
    fr: 'Réparez d’abord la confiance dans les serveurs.',
    nl: 'Herstel eerst het vertrouwen in servers.',
  },
  'Mend the keystore first.': { fr: 'Réparez d’abord le keystore.', nl: 'Herstel eerst de keystore.' },
  'Mend the card first.': { fr: 'Réparez d’abord la carte.', nl: 'Herstel eerst de kaart.' },
  'Mend the trust first.': { fr: 'Réparez d’abord la confiance.', nl: 'Herstel eerst het vertrouwen.' },
  'The platform takes no request with a certificate that is not valid.': {
    fr: 'La plateforme n’accepte aucune demande avec un certificat non valable.',
    nl: 'Het platform aanvaardt geen verzoek met een certificaat dat niet geldig is.',
  },
  'Say who calls: --as with --ssin and --nihii, or `as` in the configuration.': {
    fr: 'Dites qui appelle : --as avec --ssin et --nihii, ou `as` dans la configuration.',
    nl: 'Zeg wie oproept: --as met --ssin en --nihii, of `as` in de configuratie.',
  },
  'Remove it, or write it as meant.': {
    fr: 'Enlevez-le, ou écrivez ce que vous vouliez dire.',
    nl: 'Verwijder het, of schrijf het zoals bedoeld.',
  },
  'Install Node.js 20.19 or later.': {
    fr: 'Installez Node.js 20.19 ou plus récent.',
    nl: 'Installeer Node.js 20.19 of recenter.',
  },
  '{0} encryption key': { fr: '{0} clé de chiffrement', nl: '{0} encryptiesleutel' },
  '{0} encryption keys': { fr: '{0} clés de chiffrement', nl: '{0} encryptiesleutels' },
  'opens: authentication key ({0}), {1}, {2} certificates': {
    fr: 's’ouvre : clé d’authentification ({0}), {1}, {2} certificats',
    nl: 'gaat open: authenticatiesleutel ({0}), {1}, {2} certificaten',
  },
  'Renew the certificate with the certificate manager of the platform before that day; keep the old keystore for old messages.':
    {
      fr: 'Renouvelez le certificat avec le gestionnaire de certificats de la plateforme avant ce jour ; gardez l’ancien keystore pour les anciens messages.',
      nl: 'Vernieuw het certificaat voor die dag met de certificaatbeheerder van het platform; bewaar de oude keystore voor oude berichten.',
    },
  'Check the password (capitals, spaces at the end, keyboard layout) and that it belongs to this very file; after a renewal both change.':
    {
      fr: 'Vérifiez le mot de passe (majuscules, espaces à la fin, disposition du clavier) et qu’il est bien celui de ce fichier ; après un renouvellement, les deux changent.',
      nl: 'Controleer het wachtwoord (hoofdletters, spaties op het einde, toetsenbordindeling) en of het bij dit bestand hoort; na een vernieuwing veranderen beide.',
    },
  'Take the keystore that the certificate manager made, or name the entry; `ehealth keystore inspect FILE` lists what is in it.':
    {
      fr: 'Prenez le keystore fait par le gestionnaire de certificats, ou nommez l’entrée ; `ehealth keystore inspect FILE` montre ce qu’il contient.',
      nl: 'Neem de keystore die de certificaatbeheerder maakte, of noem de ingang; `ehealth keystore inspect FILE` toont wat erin zit.',
    },
  'the keystore holds no issuing authority of its certificate': {
    fr: 'le keystore ne contient aucune autorité émettrice de son certificat',
    nl: 'de keystore bevat geen uitgevende autoriteit van zijn certificaat',
  },
  'Take the keystore as the certificate manager made it: exporting or converting it lost the authorities.': {
    fr: 'Prenez le keystore tel que le gestionnaire de certificats l’a fait : l’exporter ou le convertir a perdu les autorités.',
    nl: 'Neem de keystore zoals de certificaatbeheerder die maakte: bij exporteren of omzetten gingen de autoriteiten verloren.',
  },
  'its certificate ended on {0}': {
    fr: 'son certificat a expiré le {0}',
    nl: 'het certificaat ervan eindigde op {0}',
  },
  'Ask for a new certificate: one that has ended is no longer renewed. Old messages still open with this keystore.':
    {
      fr: 'Demandez un nouveau certificat : un certificat qui a expiré n’est plus renouvelé. Les anciens messages s’ouvrent encore avec ce keystore.',
      nl: 'Vraag een nieuw certificaat: een certificaat dat afgelopen is, wordt niet meer vernieuwd. Oude berichten gaan nog open met deze keystore.',
    },
  'its certificate is valid from {0} only': {
    fr: 'son certificat n’est valable qu’à partir du {0}',
    nl: 'het certificaat ervan is pas geldig vanaf {0}',
  },
  'Check the clock of this machine; a new certificate starts at the minute it was made.': {
    fr: 'Vérifiez l’horloge de cette machine ; un nouveau certificat commence à la minute où il a été fait.',
    nl: 'Controleer de klok van deze machine; een nieuw certificaat begint op de minuut waarop het gemaakt is.',
  },
  'its certificate ends on {0}, in {1} days': {
    fr: 'son certificat expire le {0}, dans {1} jours',
    nl: 'het certificaat ervan eindigt op {0}, over {1} dagen',
  },
  'none: nothing that is sealed for this actor can be opened': {
    fr: 'aucune : rien de ce qui est chiffré pour cet acteur ne peut être ouvert',
    nl: 'geen: niets wat voor deze actor versleuteld is, kan geopend worden',
  },
  'Finish the registration of an encryption key with the certificate manager, or open the keystore that holds it.':
    {
      fr: 'Achevez l’enregistrement d’une clé de chiffrement avec le gestionnaire de certificats, ou ouvrez le keystore qui la contient.',
      nl: 'Rond de registratie van een encryptiesleutel met de certificaatbeheerder af, of open de keystore die hem bevat.',
    },
  '{0}, the newest until {1}': { fr: '{0}, la plus récente jusqu’au {1}', nl: '{0}, de nieuwste tot {1}' },
  'Renew the certificate: a new encryption key comes with it.': {
    fr: 'Renouvelez le certificat : une nouvelle clé de chiffrement vient avec.',
    nl: 'Vernieuw het certificaat: daar hoort een nieuwe encryptiesleutel bij.',
  },
  'given to a {0} until {1}, {2} of {3} attributes granted': {
    fr: 'donné à {0} jusqu’au {1}, {2} attributs accordés sur {3}',
    nl: 'gegeven aan {0} tot {1}, {2} van {3} attributen toegekend',
  },
  'Check the profession (--as) and the numbers (--ssin, --nihii); if they are right, the holder is not registered as such: ask the NIHDI or the platform.':
    {
      fr: 'Vérifiez la profession (--as) et les numéros (--ssin, --nihii) ; s’ils sont exacts, le titulaire n’est pas enregistré comme tel : adressez-vous à l’INAMI ou à la plateforme.',
      nl: 'Controleer het beroep (--as) en de nummers (--ssin, --nihii); als die juist zijn, is de houder niet als dusdanig geregistreerd: vraag het aan het RIZIV of het platform.',
    },
  'Compare the numbers with the certificate (`ehealth keystore inspect`), and the environment with the keystore: those of acceptance are not known in production.':
    {
      fr: 'Comparez les numéros avec le certificat (`ehealth keystore inspect`), et l’environnement avec le keystore : ceux d’acceptation ne sont pas connus en production.',
      nl: 'Vergelijk de nummers met het certificaat (`ehealth keystore inspect`), en de omgeving met de keystore: die van acceptatie zijn niet bekend in productie.',
    },
  'The STS signs with a new certificate, or somebody else answers: take the certificate from the platform’s portal and give it as --trust-sts.':
    {
      fr: 'Le STS signe avec un nouveau certificat, ou quelqu’un d’autre répond : prenez le certificat sur le portail de la plateforme et indiquez-le avec --trust-sts.',
      nl: 'De STS ondertekent met een nieuw certificaat, of iemand anders antwoordt: neem het certificaat van het portaal van het platform en geef het met --trust-sts.',
    },
  'published, and its key is the newest one of the keystore': {
    fr: 'publié, et sa clé est la plus récente du keystore',
    nl: 'gepubliceerd, en de sleutel ervan is de nieuwste van de keystore',
  },
  'published, but of an older key of the keystore': {
    fr: 'publié, mais d’une clé plus ancienne du keystore',
    nl: 'gepubliceerd, maar van een oudere sleutel van de keystore',
  },
  'Activate the token of the newest key with the certificate manager; until then others seal with the older one.':
    {
      fr: 'Activez le jeton de la clé la plus récente avec le gestionnaire de certificats ; d’ici là, les autres chiffrent avec la plus ancienne.',
      nl: 'Activeer het token van de nieuwste sleutel met de certificaatbeheerder; tot dan versleutelen anderen met de oudere.',
    },
  'published, but its key is not in the keystore: what others seal for this actor cannot be opened': {
    fr: 'publié, mais sa clé n’est pas dans le keystore : ce que d’autres chiffrent pour cet acteur ne peut être ouvert',
    nl: 'gepubliceerd, maar de sleutel ervan zit niet in de keystore: wat anderen voor deze actor versleutelen, kan niet geopend worden',
  },
  'Open the keystore that was made at the last renewal; if it is lost, register a new encryption key.': {
    fr: 'Ouvrez le keystore fait lors du dernier renouvellement ; s’il est perdu, enregistrez une nouvelle clé de chiffrement.',
    nl: 'Open de keystore die bij de laatste vernieuwing gemaakt is; als die verloren is, registreer dan een nieuwe encryptiesleutel.',
  },
  'Register and activate an encryption key with the certificate manager: without it nobody can seal for this actor.':
    {
      fr: 'Enregistrez et activez une clé de chiffrement avec le gestionnaire de certificats : sans elle, personne ne peut chiffrer pour cet acteur.',
      nl: 'Registreer en activeer een encryptiesleutel met de certificaatbeheerder: zonder kan niemand voor deze actor versleutelen.',
    },
}
