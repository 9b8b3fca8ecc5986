import type { Texts } from '../types.js'

/** Help and messages of demo, init, simulator, completion, and the steps of the demonstration. */
export const setupTexts: Texts = {
  'the main job end to end on a fresh embedded simulator; fails unless every step was verified': {
    fr: 'le parcours principal de bout en bout sur un nouveau simulateur intégré ; échoue si une étape n’est pas vérifiée',
    nl: 'het hoofdwerk van begin tot eind op een nieuwe ingebouwde simulator; mislukt als een stap niet geverifieerd is',
  },
  'keep every exchange of the clients, byte for byte': {
    fr: 'conserver chaque échange des clients, octet par octet',
    nl: 'elke uitwisseling van de clients bewaren, byte voor byte',
  },
  'print one JSON document': { fr: 'afficher un seul document JSON', nl: 'één JSON-document tonen' },
  'write a starter project: TypeScript, one program, one test on the simulator': {
    fr: 'écrire un projet de base : TypeScript, un programme, un test sur le simulateur',
    nl: 'een startproject schrijven: TypeScript, één programma, één test op de simulator',
  },
  'an empty folder, or one that is not there yet': {
    fr: 'un dossier vide, ou qui n’existe pas encore',
    nl: 'een lege map, of een die er nog niet is',
  },
  'the folder is not empty': { fr: 'le dossier n’est pas vide', nl: 'de map is niet leeg' },
  'Name an empty folder, or one that is not there yet.': {
    fr: 'Nommez un dossier vide, ou qui n’existe pas encore.',
    nl: 'Noem een lege map, of een die er nog niet is.',
  },
  'the folder cannot be written: {0}': {
    fr: 'impossible d’écrire dans le dossier : {0}',
    nl: 'kan niet in de map schrijven: {0}',
  },
  'Next: {0}': { fr: 'Ensuite : {0}', nl: 'Daarna: {0}' },
  'run the platform on this machine until SIGINT or SIGTERM; one line of JSON tells when it is ready': {
    fr: 'faire tourner la plateforme sur cette machine jusqu’à SIGINT ou SIGTERM ; une ligne de JSON dit quand elle est prête',
    nl: 'het platform op deze machine laten draaien tot SIGINT of SIGTERM; één regel JSON zegt wanneer het klaar is',
  },
  'TCP port on loopback; any free one by default': {
    fr: 'port TCP local ; n’importe quel port libre par défaut',
    nl: 'lokale TCP-poort; standaard om het even welke vrije',
  },
  'where keystores, certificates and state are kept; made if it is not there': {
    fr: 'où sont gardés keystores, certificats et état ; créé s’il n’existe pas',
    nl: 'waar keystores, certificaten en toestand bewaard worden; gemaakt als het er niet is',
  },
  'who else gets a keystore: names of professions, or all (that takes a minute)': {
    fr: 'qui d’autre reçoit un keystore : noms de professions, ou all (cela prend une minute)',
    nl: 'wie nog een keystore krijgt: namen van beroepen, of all (dat duurt een minuut)',
  },
  'keep every exchange, byte for byte': {
    fr: 'conserver chaque échange, octet par octet',
    nl: 'elke uitwisseling bewaren, byte voor byte',
  },
  'plain HTTP, for peers that cannot be given a root': {
    fr: 'HTTP sans TLS, pour ceux à qui on ne peut pas donner de racine',
    nl: 'HTTP zonder TLS, voor wie geen root kan krijgen',
  },
  'scripted trouble: a JSON list of plans, see docs/simulator.md': {
    fr: 'pannes programmées : une liste JSON de plans, voir docs/simulator.md',
    nl: 'geplande storingen: een JSON-lijst van plannen, zie docs/simulator.md',
  },
  'the ready line is JSON in any case': {
    fr: 'la ligne qui annonce qu’elle est prête est de toute façon du JSON',
    nl: 'de regel die zegt dat het klaar is, is in elk geval JSON',
  },
  '{0} is no JSON list of plans': {
    fr: '{0} n’est pas une liste JSON de plans',
    nl: '{0} is geen JSON-lijst van plannen',
  },
  'print the program that lets a shell complete commands, options and their choices': {
    fr: 'afficher le programme qui permet à un shell de compléter commandes, options et choix',
    nl: 'het programma tonen waarmee een shell opdrachten, opties en keuzes aanvult',
  },
  'which shell': { fr: 'quel shell', nl: 'welke shell' },
  'every step verified': { fr: 'chaque étape vérifiée', nl: 'elke stap geverifieerd' },
  'not verified': { fr: 'non vérifié', nl: 'niet geverifieerd' },
  '{0}: {1} steps in {2} ms': { fr: '{0} : {1} étapes en {2} ms', nl: '{0}: {1} stappen in {2} ms' },
  simulator: { fr: 'simulateur', nl: 'simulator' },
  'physician: session': { fr: 'médecin : session', nl: 'arts: sessie' },
  'physician: recipients': { fr: 'médecin : destinataires', nl: 'arts: bestemmelingen' },
  'physician: send': { fr: 'médecin : envoi', nl: 'arts: verzending' },
  'nurse: list': { fr: 'infirmière : liste', nl: 'verpleegkundige: lijst' },
  'nurse: read': { fr: 'infirmière : lecture', nl: 'verpleegkundige: lezen' },
  'hospital: read': { fr: 'hôpital : lecture', nl: 'ziekenhuis: lezen' },
  'physician: acknowledgements': { fr: 'médecin : accusés de réception', nl: 'arts: ontvangstbewijzen' },
  'nurse: move to the bin': {
    fr: 'infirmière : mise à la corbeille',
    nl: 'verpleegkundige: naar prullenbak',
  },
  'physician: may read nothing yet': { fr: 'médecin : aucun accès encore', nl: 'arts: nog geen toegang' },
  'physician: consent': { fr: 'médecin : consentement éclairé', nl: 'arts: geïnformeerde toestemming' },
  'physician: therapeutic link': { fr: 'médecin : lien thérapeutique', nl: 'arts: therapeutische relatie' },
  'physician: may read': { fr: 'médecin : accès permis', nl: 'arts: toegang toegestaan' },
  'a changed byte is refused': { fr: 'un octet modifié est refusé', nl: 'een gewijzigde byte geweigerd' },
  'the platform, embedded, at {0}': {
    fr: 'la plateforme, embarquée, à {0}',
    nl: 'het platform, ingebouwd, op {0}',
  },
  'token of the STS verified, {0} attributes granted, until {1}': {
    fr: 'jeton du STS vérifié, {0} attributs accordés, jusqu’au {1}',
    nl: 'token van de STS geverifieerd, {0} attributen toegekend, tot {1}',
  },
  'encryption tokens of nurse and hospital verified, RSA {0} and {1}': {
    fr: 'jetons de chiffrement de l’infirmière et de l’hôpital vérifiés, RSA {0} et {1}',
    nl: 'encryptietokens van verpleegkundige en ziekenhuis geverifieerd, RSA {0} en {1}',
  },
  'sealed letter with an annex of {0} bytes accepted as {1}': {
    fr: 'lettre chiffrée avec une annexe de {0} octets acceptée sous {1}',
    nl: 'versleutelde brief met een bijlage van {0} bytes aanvaard als {1}',
  },
  '{0} message in INBOX: “{1}” from {2}': {
    fr: '{0} message dans INBOX : « {1} » de {2}',
    nl: '{0} bericht in INBOX: “{1}” van {2}',
  },
  '{0} fields unsealed, signatures verified, author {1}, annex identical': {
    fr: '{0} champs déchiffrés, signatures vérifiées, auteur {1}, annexe identique',
    nl: '{0} velden ontsleuteld, handtekeningen geverifieerd, auteur {1}, bijlage identiek',
  },
  'published, received and read by nurse and hospital': {
    fr: 'publié, reçu et lu par l’infirmière et l’hôpital',
    nl: 'gepubliceerd, ontvangen en gelezen door verpleegkundige en ziekenhuis',
  },
  'moved from INBOX to BININBOX': {
    fr: 'déplacé de INBOX vers BININBOX',
    nl: 'verplaatst van INBOX naar BININBOX',
  },
  'denied: {0}': { fr: 'refusé : {0}', nl: 'geweigerd: {0}' },
  'declared with the card of the patient, signed {0}': {
    fr: 'déclaré avec la carte du patient, signé le {0}',
    nl: 'aangegeven met de kaart van de patiënt, ondertekend op {0}',
  },
  '{0} declared by reading the eID, until before {1}': {
    fr: '{0} déclaré par lecture de l’eID, jusqu’à la veille du {1}',
    nl: '{0} aangegeven door de eID te lezen, tot vóór {1}',
  },
  'allowed via {0}; {1}': { fr: 'permis par {0} ; {1}', nl: 'toegestaan via {0}; {1}' },
  '{0} of {1} refused: {2}': { fr: '{0} sur {1} refusés : {2}', nl: '{0} van {1} geweigerd: {2}' },
  '{0} exchanges are missing in the recording': {
    fr: '{0} échanges manquent dans l’enregistrement',
    nl: '{0} uitwisselingen ontbreken in de opname',
  },
}
