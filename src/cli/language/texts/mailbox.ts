import type { Texts } from '../types.js'

/** Help of the eHealthBox commands. */
export const mailboxTexts: Texts = {
  'the eHealthBox: list, read, send and move messages, absences, a mail loop': {
    fr: 'l’eHealthBox : lister, lire, envoyer et déplacer des messages, absences, traitement continu',
    nl: 'de eHealthBox: berichten oplijsten, lezen, verzenden en verplaatsen, afwezigheden, doorlopende verwerking',
  },
  'how full the box is': { fr: 'taux de remplissage de la boîte', nl: 'hoe vol de postbus is' },
  'say from which share on it is nearly full; 90': {
    fr: 'dire à partir de quel pourcentage elle est presque pleine ; 90',
    nl: 'zeggen vanaf welk percentage ze bijna vol is; 90',
  },
  'another of your boxes, QUALITY:TYPE:NUMBER': {
    fr: 'une autre de vos boîtes, QUALITY:TYPE:NUMBER',
    nl: 'een andere van uw postbussen, QUALITY:TYPE:NUMBER',
  },
  'list a folder, newest first; E is encrypted, A has annexes, ! is important': {
    fr: 'lister un dossier, le plus récent d’abord ; E : chiffré, A : avec annexes, ! : important',
    nl: 'een map oplijsten, nieuwste eerst; E: versleuteld, A: met bijlagen, !: belangrijk',
  },
  'which folder': { fr: 'quel dossier', nl: 'welke map' },
  'of all your boxes at once': { fr: 'de toutes vos boîtes à la fois', nl: 'van al uw postbussen tegelijk' },
  'only these': { fr: 'seulement ceux-ci', nl: 'alleen deze' },
  'only titles with this in them': {
    fr: 'seulement les titres qui contiennent ceci',
    nl: 'alleen titels waarin dit voorkomt',
  },
  'only from this day on, YYYY-MM-DD': {
    fr: 'seulement à partir de ce jour, YYYY-MM-DD',
    nl: 'alleen vanaf deze dag, YYYY-MM-DD',
  },
  'only up to this day, YYYY-MM-DD': {
    fr: 'seulement jusqu’à ce jour, YYYY-MM-DD',
    nl: 'alleen tot en met deze dag, YYYY-MM-DD',
  },
  'only what is important': { fr: 'seulement ce qui est important', nl: 'alleen wat belangrijk is' },
  'how many at most': { fr: 'nombre maximal', nl: 'hoeveel er hoogstens zijn' },
  'read a message: opened, verified, and thereby marked as read': {
    fr: 'lire un message : déchiffré, vérifié, et par là marqué comme lu',
    nl: 'een bericht lezen: ontsleuteld, geverifieerd, en daardoor als gelezen gemarkeerd',
  },
  'MessageId, as listed': { fr: 'MessageId, comme dans la liste', nl: 'MessageId, zoals in de lijst' },
  'where it lies': { fr: 'où il se trouve', nl: 'waar het ligt' },
  'directory for body and annexes; nothing of them is shown then': {
    fr: 'répertoire pour le corps et les annexes ; rien n’en est alors montré',
    nl: 'map voor inhoud en bijlagen; er wordt dan niets van getoond',
  },
  'an older name of --save': { fr: 'un ancien nom de --save', nl: 'een oudere naam van --save' },
  'show what can be read where not all of it can': {
    fr: 'montrer ce qui est lisible quand tout ne l’est pas',
    nl: 'tonen wat leesbaar is als niet alles dat is',
  },
  'send a message': { fr: 'envoyer un message', nl: 'een bericht verzenden' },
  'QUALITY:TYPE:NUMBER, for instance NURSE:SSIN:…, HOSPITAL:NIHII:…; QUALITY:ALL for everybody': {
    fr: 'QUALITY:TYPE:NUMBER, par exemple NURSE:SSIN:…, HOSPITAL:NIHII:… ; QUALITY:ALL pour tout le monde',
    nl: 'QUALITY:TYPE:NUMBER, bijvoorbeeld NURSE:SSIN:…, HOSPITAL:NIHII:…; QUALITY:ALL voor iedereen',
  },
  'title; travels unencrypted, always: never name a patient in it': {
    fr: 'titre ; toujours transmis en clair : n’y nommez jamais un patient',
    nl: 'titel; wordt altijd onversleuteld verzonden: noem er nooit een patiënt in',
  },
  'the message, UTF-8 text or HTML; - for stdin': {
    fr: 'le message, texte UTF-8 ou HTML ; - pour stdin',
    nl: 'het bericht, UTF-8-tekst of HTML; - voor stdin',
  },
  'files to go with it': { fr: 'fichiers à joindre', nl: 'bestanden om bij te voegen' },
  'seal body and annexes for the recipients': {
    fr: 'chiffrer le corps et les annexes pour les destinataires',
    nl: 'inhoud en bijlagen versleutelen voor de bestemmelingen',
  },
  'ask for receipts of publication, arrival and reading': {
    fr: 'demander des accusés de publication, de réception et de lecture',
    nl: 'bewijzen van publicatie, ontvangst en lezing vragen',
  },
  'mark it as important': { fr: 'le marquer comme important', nl: 'het als belangrijk markeren' },
  'publish news; the same --publication-id again publishes a new version': {
    fr: 'publier une nouvelle ; le même --publication-id en publie une nouvelle version',
    nl: 'nieuws publiceren; met dezelfde --publication-id verschijnt een nieuwe versie',
  },
  '1 to 13 characters; made up when omitted': {
    fr: '1 à 13 caractères ; choisi automatiquement si omis',
    nl: '1 tot 13 tekens; zelf gekozen als het ontbreekt',
  },
  'send from another of your boxes, QUALITY:TYPE:NUMBER': {
    fr: 'envoyer depuis une autre de vos boîtes, QUALITY:TYPE:NUMBER',
    nl: 'verzenden vanuit een andere van uw postbussen, QUALITY:TYPE:NUMBER',
  },
  'send to the substitutes of recipients who are out of office': {
    fr: 'envoyer aux remplaçants des destinataires absents',
    nl: 'naar de vervangers van afwezige bestemmelingen verzenden',
  },
  'deliver also to recipients who are out of office': {
    fr: 'remettre aussi aux destinataires absents',
    nl: 'ook bij afwezige bestemmelingen bezorgen',
  },
  'move messages to their bin, or out of it': {
    fr: 'déplacer des messages vers leur corbeille, ou hors de celle-ci',
    nl: 'berichten naar hun prullenbak verplaatsen, of eruit',
  },
  'MessageIds, as listed': { fr: 'MessageIds, comme dans la liste', nl: 'MessageIds, zoals in de lijst' },
  'where they are': { fr: 'où ils se trouvent', nl: 'waar ze liggen' },
  'where to; the bin of that folder': {
    fr: 'vers où ; par défaut la corbeille de ce dossier',
    nl: 'waarheen; standaard de prullenbak van die map',
  },
  'delete messages for good': {
    fr: 'supprimer définitivement des messages',
    nl: 'berichten definitief verwijderen',
  },
  'what the recipients have done with a message that you sent': {
    fr: 'ce que les destinataires ont fait d’un message que vous avez envoyé',
    nl: 'wat de bestemmelingen gedaan hebben met een bericht dat u verzond',
  },
  'MessageId that send gave': { fr: 'MessageId donné par send', nl: 'MessageId dat send gaf' },
  'your out-of-office periods': { fr: 'vos périodes d’absence', nl: 'uw periodes van afwezigheid' },
  'past, present and future periods': {
    fr: 'périodes passées, présentes et futures',
    nl: 'voorbije, huidige en komende periodes',
  },
  'declare a period': { fr: 'déclarer une période', nl: 'een periode aangeven' },
  'first day, YYYY-MM-DD': { fr: 'premier jour, YYYY-MM-DD', nl: 'eerste dag, YYYY-MM-DD' },
  'last day, YYYY-MM-DD': { fr: 'dernier jour, YYYY-MM-DD', nl: 'laatste dag, YYYY-MM-DD' },
  'who takes over, QUALITY:TYPE:NUMBER; five at most': {
    fr: 'qui prend le relais, QUALITY:TYPE:NUMBER ; cinq au plus',
    nl: 'wie overneemt, QUALITY:TYPE:NUMBER; hoogstens vijf',
  },
  'delete periods': { fr: 'supprimer des périodes', nl: 'periodes verwijderen' },
  'ids, as listed': { fr: 'identifiants, comme dans la liste', nl: 'id’s, zoals in de lijst' },
  'hand over every message that comes, once; stops cleanly on SIGINT and SIGTERM': {
    fr: 'transmettre chaque message qui arrive, une seule fois ; s’arrête proprement sur SIGINT et SIGTERM',
    nl: 'elk bericht dat binnenkomt één keer doorgeven; stopt netjes bij SIGINT en SIGTERM',
  },
  'what is remembered over restarts': {
    fr: 'ce qui est retenu d’un démarrage à l’autre',
    nl: 'wat onthouden wordt tussen twee starts',
  },
  'between two looks': { fr: 'entre deux consultations', nl: 'tussen twee keer kijken' },
  'write body and annexes of each message there': {
    fr: 'y écrire le corps et les annexes de chaque message',
    nl: 'inhoud en bijlagen van elk bericht daar schrijven',
  },
  'run it for each message, as JSON on stdin; exit code 0 is success': {
    fr: 'l’exécuter pour chaque message, en JSON sur stdin ; le code de sortie 0 est un succès',
    nl: 'het uitvoeren voor elk bericht, als JSON op stdin; exitcode 0 is een succes',
  },
  'what becomes of a message that was handled': {
    fr: 'ce que devient un message traité',
    nl: 'wat er met een verwerkt bericht gebeurt',
  },
  'how often a message is tried': {
    fr: 'nombre d’essais par message',
    nl: 'hoe vaak een bericht geprobeerd wordt',
  },
  'look once and end': { fr: 'consulter une seule fois et s’arrêter', nl: 'één keer kijken en stoppen' },
}
