import type { Texts } from '../types.js'

/** Help and messages of the commands that work on keys, tokens, sealed content and signatures. */
export const keysTexts: Texts = {
  'look into keystores of the platform, cards and HSMs': {
    fr: 'examiner les keystores de la plateforme, les cartes et les HSM',
    nl: 'keystores van het platform, kaarten en HSM’s bekijken',
  },
  'list cards and HSMs; with --token-label or --slot the keys of one, never a key itself': {
    fr: 'lister les cartes et HSM ; avec --token-label ou --slot, les clés de l’un d’eux, jamais une clé elle-même',
    nl: 'kaarten en HSM’s oplijsten; met --token-label of --slot de sleutels van één ervan, nooit een sleutel zelf',
  },
  'show identity, certificates, encryption keys and the renewal window; never a key': {
    fr: 'montrer l’identité, les certificats, les clés de chiffrement et la période de renouvellement ; jamais une clé',
    nl: 'identiteit, certificaten, encryptiesleutels en vernieuwingsperiode tonen; nooit een sleutel',
  },
  'the .p12 file': { fr: 'le fichier .p12', nl: 'het .p12-bestand' },
  'environment variable that holds the password': {
    fr: 'variable d’environnement qui contient le mot de passe',
    nl: 'omgevingsvariabele met het wachtwoord',
  },
  'file that holds the password': {
    fr: 'fichier qui contient le mot de passe',
    nl: 'bestand met het wachtwoord',
  },
  'entry of the authentication key': {
    fr: 'entrée de la clé d’authentification',
    nl: 'ingang van de authenticatiesleutel',
  },
  '{0}, {1} to {2}': { fr: '{0}, du {1} au {2}', nl: '{0}, {1} tot {2}' },
  'no such entry': { fr: 'entrée inexistante', nl: 'die ingang is er niet' },
  'other key': { fr: 'autre clé', nl: 'andere sleutel' },
  'encryption key': { fr: 'clé de chiffrement', nl: 'encryptiesleutel' },
  'give --pkcs11': { fr: 'indiquez --pkcs11', nl: 'geef --pkcs11' },
  'no token in any slot': {
    fr: 'aucune carte ni HSM dans les slots',
    nl: 'in geen enkel slot zit een kaart of HSM',
  },
  'slot {0}': { fr: 'slot n° {0}', nl: 'slot nr. {0}' },
  'PIN on the reader': { fr: 'code PIN sur le lecteur', nl: 'pincode op de lezer' },
  'PIN attempts: {0}': { fr: 'essais du code PIN : {0}', nl: 'pogingen van de pincode: {0}' },
  'until {0}': { fr: 'jusqu’au {0}', nl: 'tot {0}' },
  'tell what a number is: SSIN, NIHII, CBE, EHP, card, code; no network': {
    fr: 'dire ce qu’est un numéro : NISS, INAMI, BCE, EHP, carte, code ; sans réseau',
    nl: 'zeggen wat een nummer is: INSZ, RIZIV, KBO, EHP, kaart, code; zonder netwerk',
  },
  'the number; - reads it from stdin, so that it stays out of the history of the shell': {
    fr: 'le numéro ; - le lit sur stdin, pour qu’il reste hors de l’historique du shell',
    nl: 'het nummer; - leest het van stdin, zodat het niet in de geschiedenis van de shell komt',
  },
  'look at this kind only': {
    fr: 'n’examiner que ce genre de numéro',
    nl: 'alleen dit soort nummer bekijken',
  },
  'no {0}: {1} ({2})': { fr: 'n’est pas un {0} : {1} ({2})', nl: 'geen {0}: {1} ({2})' },
  'SSIN (national number)': { fr: 'NISS (numéro national)', nl: 'INSZ (rijksregisternummer)' },
  'NIHII number': { fr: 'numéro INAMI', nl: 'RIZIV-nummer' },
  'CBE number': { fr: 'numéro BCE', nl: 'KBO-nummer' },
  'EHP number': { fr: 'numéro EHP', nl: 'EHP-nummer' },
  'card number': { fr: 'numéro de carte', nl: 'kaartnummer' },
  'NIS code of a municipality': { fr: 'code INS d’une commune', nl: 'NIS-code van een gemeente' },
  'postal code': { fr: 'code postal', nl: 'postcode' },
  'site number of a hospital': {
    fr: 'numéro de site d’un hôpital',
    nl: 'vestigingsnummer van een ziekenhuis',
  },
  birthDate: { fr: 'date de naissance', nl: 'geboortedatum' },
  sex: { fr: 'sexe', nl: 'geslacht' },
  century: { fr: 'siècle', nl: 'eeuw' },
  'ask the STS for a token and show who you are: attributes, validity, keys': {
    fr: 'demander un jeton au STS et montrer qui vous êtes : attributs, validité, clés',
    nl: 'de STS om een token vragen en tonen wie u bent: attributen, geldigheid, sleutels',
  },
  'print the assertion itself, and nothing else: whoever has it and the key is you': {
    fr: 'afficher l’assertion elle-même, et rien d’autre : quiconque l’a, avec la clé, est vous',
    nl: 'de assertie zelf tonen, en niets anders: wie haar heeft, met de sleutel, bent u',
  },
  '--raw prints the assertion alone: not with --json': {
    fr: '--raw n’affiche que l’assertion : pas avec --json',
    nl: '--raw toont alleen de assertie: niet met --json',
  },
  '{0} to {1}, {2} minutes left': {
    fr: 'du {0} au {1}, encore {2} minutes',
    nl: '{0} tot {1}, nog {2} minuten',
  },
  granted: { fr: 'accordé', nl: 'toegekend' },
  'encryption tokens: look them up, look into them': {
    fr: 'jetons de chiffrement (ETK) : les chercher, les examiner',
    nl: 'encryptietokens (ETK): opzoeken, bekijken',
  },
  'look an encryption token up in the depot, and verify it': {
    fr: 'chercher un jeton de chiffrement dans le dépôt, et le vérifier',
    nl: 'een encryptietoken in het depot opzoeken, en verifiëren',
  },
  'type of the number, for instance SSIN, NIHII-HOSPITAL, CBE': {
    fr: 'type du numéro, par exemple SSIN, NIHII-HOSPITAL, CBE',
    nl: 'type van het nummer, bijvoorbeeld SSIN, NIHII-HOSPITAL, CBE',
  },
  'the number': { fr: 'le numéro', nl: 'het nummer' },
  'application of the owner; empty: the token without one': {
    fr: 'application du titulaire ; vide : le jeton sans application',
    nl: 'toepassing van de eigenaar; leeg: het token zonder toepassing',
  },
  'where the token goes (DER)': { fr: 'où écrire le jeton (DER)', nl: 'waar het token terechtkomt (DER)' },
  'read and verify a token from a file; offline, unless --revocation asks for more': {
    fr: 'lire et vérifier un jeton dans un fichier ; hors ligne, sauf si --revocation demande plus',
    nl: 'een token uit een bestand lezen en verifiëren; offline, tenzij --revocation meer vraagt',
  },
  'the token (DER)': { fr: 'le jeton (DER)', nl: 'het token (DER)' },
  'anchors of its owner (PEM or DER), or directories of them': {
    fr: 'ancres de confiance de son titulaire (PEM ou DER), ou répertoires de celles-ci',
    nl: 'vertrouwensankers van de eigenaar (PEM of DER), of mappen ermee',
  },
  'certificates that may sign tokens, or that issue such; any otherwise': {
    fr: 'certificats qui peuvent signer des jetons, ou qui émettent ceux-ci ; n’importe lesquels sinon',
    nl: 'certificaten die tokens mogen ondertekenen, of die zulke uitgeven; anders om het even welke',
  },
  'type of the number that the token must be for': {
    fr: 'type du numéro pour lequel le jeton doit être',
    nl: 'type van het nummer waarvoor het token moet zijn',
  },
  'the number that the token must be for': {
    fr: 'le numéro pour lequel le jeton doit être',
    nl: 'het nummer waarvoor het token moet zijn',
  },
  'the application that the token must be for': {
    fr: 'l’application pour laquelle le jeton doit être',
    nl: 'de toepassing waarvoor het token moet zijn',
  },
  'judge at this instant (ISO 8601)': {
    fr: 'juger à cet instant (ISO 8601)',
    nl: 'op dit tijdstip beoordelen (ISO 8601)',
  },
  'the file of the token': { fr: 'le fichier du jeton', nl: 'het bestand van het token' },
  'give --trust: what leads nowhere proves nothing': {
    fr: 'indiquez --trust : ce qui ne mène nulle part ne prouve rien',
    nl: 'geef --trust: wat nergens toe leidt, bewijst niets',
  },
  '--type and --value belong together': {
    fr: '--type et --value vont ensemble',
    nl: '--type en --value horen samen',
  },
  'secret keys for messages whose readers are not known: make them, fetch them': {
    fr: 'clés secrètes pour des messages dont les lecteurs ne sont pas connus : les créer, les chercher',
    nl: 'geheime sleutels voor berichten waarvan de lezers niet bekend zijn: maken, ophalen',
  },
  'make a key for readers of a kind; tells its identifier': {
    fr: 'créer une clé pour une catégorie de lecteurs ; donne son identifiant',
    nl: 'een sleutel maken voor een soort lezers; geeft het identificatienummer ervan',
  },
  'who may read it: person:SSIN, any-doctor, doctor[:NIHII], dentist[:NIHII], midwife[:NIHII], nurse[:NIHII], physiotherapist[:NIHII], any-pharmacy, any-insurer, organisation:CBE, enterprise:CBE, or NAMESPACE,NAME[,VALUE]':
    {
      fr: 'qui peut le lire : person:SSIN, any-doctor, doctor[:NIHII], dentist[:NIHII], midwife[:NIHII], nurse[:NIHII], physiotherapist[:NIHII], any-pharmacy, any-insurer, organisation:CBE, enterprise:CBE, ou NAMESPACE,NAME[,VALUE]',
      nl: 'wie het mag lezen: person:SSIN, any-doctor, doctor[:NIHII], dentist[:NIHII], midwife[:NIHII], nurse[:NIHII], physiotherapist[:NIHII], any-pharmacy, any-insurer, organisation:CBE, enterprise:CBE, of NAMESPACE,NAME[,VALUE]',
    },
  'who may not, although allowed': {
    fr: 'qui ne le peut pas, bien qu’autorisé',
    nl: 'wie het niet mag, hoewel toegelaten',
  },
  'send the element DeletionStrategy': {
    fr: 'envoyer l’élément DeletionStrategy',
    nl: 'het element DeletionStrategy meesturen',
  },
  'new file that gets the 16 octets, for its owner alone; - for stdout': {
    fr: 'nouveau fichier qui reçoit les 16 octets, pour son seul propriétaire ; - pour stdout',
    nl: 'nieuw bestand dat de 16 bytes krijgt, alleen voor de eigenaar; - voor stdout',
  },
  'fetch a key by its identifier, or the one that a message names': {
    fr: 'chercher une clé par son identifiant, ou celle qu’un message désigne',
    nl: 'een sleutel ophalen met het identificatienummer ervan, of die welke een bericht noemt',
  },
  'its identifier in base64': {
    fr: 'son identifiant en base64',
    nl: 'het identificatienummer ervan in base64',
  },
  'the sealed message that names it, instead of the identifier': {
    fr: 'le message chiffré qui la désigne, au lieu de l’identifiant',
    nl: 'het versleutelde bericht dat haar noemt, in plaats van het identificatienummer',
  },
  'what the answer is sealed for': {
    fr: 'pour quoi la réponse est chiffrée',
    nl: 'waarvoor het antwoord versleuteld wordt',
  },
  'give the identifier or --message': {
    fr: 'indiquez l’identifiant ou --message',
    nl: 'geef het identificatienummer of --message',
  },
  'the identifier of the key': {
    fr: 'l’identifiant de la clé',
    nl: 'het identificatienummer van de sleutel',
  },
  'the message names no key: it is for known recipients': {
    fr: 'le message ne désigne aucune clé : il est pour des destinataires connus',
    nl: 'het bericht noemt geen sleutel: het is voor bekende bestemmelingen',
  },
  'the message names several keys: give the identifier of one': {
    fr: 'le message désigne plusieurs clés : indiquez l’identifiant de l’une d’elles',
    nl: 'het bericht noemt verschillende sleutels: geef het identificatienummer van één ervan',
  },
  '--json goes with --out FILE: stdout is taken by the key': {
    fr: '--json va avec --out FILE : stdout est pris par la clé',
    nl: '--json gaat samen met --out FILE: stdout is bezet door de sleutel',
  },
  'a reader is one of {0}, or NAMESPACE,NAME[,VALUE]': {
    fr: 'un lecteur est l’un de ceux-ci : {0}, ou NAMESPACE,NAME[,VALUE]',
    nl: 'een lezer is een van deze: {0}, of NAMESPACE,NAME[,VALUE]',
  },
  'this kind of reader needs a number: KIND:NUMBER': {
    fr: 'ce genre de lecteur demande un numéro : KIND:NUMBER',
    nl: 'dit soort lezer vraagt een nummer: KIND:NUMBER',
  },
  birthDateKnownTo: { fr: 'date de naissance connue au', nl: 'geboortedatum bekend tot op' },
  sexKnownAtIssue: { fr: 'sexe connu à la délivrance', nl: 'geslacht bekend bij toekenning' },
  holder: { fr: 'titulaire', nl: 'houder' },
  historicProvince: { fr: 'province historique', nl: 'historische provincie' },
  modulus: { fr: 'modulus', nl: 'modulus' },
  qualification: { fr: 'qualification', nl: 'bekwaming' },
  of: { fr: 'de', nl: 'van' },
  vat: { fr: 'TVA', nl: 'btw' },
  checkDigitsFit: { fr: 'chiffres de contrôle exacts', nl: 'controlecijfers kloppen' },
  checked: { fr: 'contrôlé', nl: 'gecontroleerd' },
}
