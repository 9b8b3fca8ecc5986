import type { Texts } from '../types.js'

/** Options of the commands that talk to a platform. */
export const connectionTexts: Texts = {
  'Connection options:': { fr: 'Options de connexion :', nl: 'Opties van de verbinding:' },
  'PKCS#11 library of a card or HSM that holds the keys': {
    fr: 'bibliothèque PKCS#11 d’une carte ou d’un HSM qui détient les clés',
    nl: 'PKCS#11-bibliotheek van een kaart of HSM met de sleutels',
  },
  'label of the token; the only one by default': {
    fr: 'libellé de la carte ou du HSM ; par défaut, le seul présent',
    nl: 'label van de kaart of HSM; standaard de enige die er is',
  },
  'id of its slot': { fr: 'identifiant de son slot', nl: 'id van het slot' },
  'environment variable that holds the PIN; asked for at a terminal by default': {
    fr: 'variable d’environnement qui contient le code PIN ; par défaut, il est demandé au terminal',
    nl: 'omgevingsvariabele met de pincode; standaard gevraagd op de terminal',
  },
  'label of the key to authenticate with; `authentication`, or the only one, by default': {
    fr: 'libellé de la clé d’authentification ; par défaut `authentication`, ou la seule présente',
    nl: 'label van de sleutel voor authenticatie; standaard `authentication`, of de enige die er is',
  },
  'configuration file (.json, .js); what is given here goes before it': {
    fr: 'fichier de configuration (.json, .js) ; ce qui est donné ici l’emporte',
    nl: 'configuratiebestand (.json, .js); wat hier gegeven wordt, gaat voor',
  },
  'where the platform is': { fr: 'où se trouve la plateforme', nl: 'waar het platform zich bevindt' },
  'keystore of the caller (.p12)': {
    fr: 'keystore de l’appelant (.p12)',
    nl: 'keystore van de oproeper (.p12)',
  },
  'environment variable that holds its password': {
    fr: 'variable d’environnement qui contient son mot de passe',
    nl: 'omgevingsvariabele met het wachtwoord ervan',
  },
  'file that holds its password': {
    fr: 'fichier qui contient son mot de passe',
    nl: 'bestand met het wachtwoord ervan',
  },
  'certificates with which the STS signs': {
    fr: 'certificats avec lesquels le STS signe',
    nl: 'certificaten waarmee de STS ondertekent',
  },
  'roots of eHealth and eID certificates': {
    fr: 'racines des certificats eHealth et eID',
    nl: 'rootcertificaten van eHealth- en eID-certificaten',
  },
  'roots of the servers; the public ones by default': {
    fr: 'racines des serveurs ; par défaut les racines publiques',
    nl: 'rootcertificaten van de servers; standaard de publieke',
  },
  'directory of a running ehealth simulator, instead of all of the above': {
    fr: 'répertoire d’un « ehealth simulator » en marche, au lieu de tout ce qui précède',
    nl: "map van een draaiende 'ehealth simulator', in plaats van al het bovenstaande",
  },
  'who calls, of that simulator: physician, nurse, hospital, or another one that it was started with': {
    fr: 'qui appelle, dans ce simulateur : physician, nurse, hospital, ou un autre avec lequel il a été démarré',
    nl: 'wie oproept, in die simulator: physician, nurse, hospital, of een andere waarmee hij gestart is',
  },
  'print JSON': { fr: 'afficher du JSON', nl: 'JSON tonen' },
  'who calls: physician, nurse, hospital, … (docs/professions.md)': {
    fr: 'qui appelle : physician, nurse, hospital, … (docs/professions.md)',
    nl: 'wie oproept: physician, nurse, hospital, … (docs/professions.md)',
  },
  'SSIN of the caller; the one in the keystore by default': {
    fr: 'NISS de l’appelant ; par défaut celui du keystore',
    nl: 'INSZ van de oproeper; standaard dat van de keystore',
  },
  'NIHII number of the caller; for an organisation the one in the keystore by default': {
    fr: 'numéro INAMI de l’appelant ; pour une organisation, par défaut celui du keystore',
    nl: 'RIZIV-nummer van de oproeper; voor een organisatie standaard dat van de keystore',
  },
  'CBE number of the caller; the one in the keystore by default': {
    fr: 'numéro BCE de l’appelant ; par défaut celui du keystore',
    nl: 'KBO-nummer van de oproeper; standaard dat van de keystore',
  },
  'EHP number of the caller; the one in the keystore by default': {
    fr: 'numéro EHP de l’appelant ; par défaut celui du keystore',
    nl: 'EHP-nummer van de oproeper; standaard dat van de keystore',
  },
  'NIHII number of the pharmacy of a pharmacist': {
    fr: 'numéro INAMI de la pharmacie d’un pharmacien',
    nl: 'RIZIV-nummer van de apotheek van een apotheker',
  },
  'SSIN of the holder of the pharmacy; the caller by default': {
    fr: 'NISS du titulaire de la pharmacie ; par défaut l’appelant',
    nl: 'INSZ van de titularis van de apotheek; standaard de oproeper',
  },
  'number of the campus of a hospital': {
    fr: 'numéro du site d’un hôpital',
    nl: 'nummer van de campus van een ziekenhuis',
  },
  'quality of a care professional without NIHII number': {
    fr: 'qualité d’un prestataire de soins sans numéro INAMI',
    nl: 'hoedanigheid van een zorgverlener zonder RIZIV-nummer',
  },
  'keep every exchange, byte for byte; the files hold patient data': {
    fr: 'conserver chaque échange, octet par octet ; les fichiers contiennent des données de patients',
    nl: 'elke uitwisseling bewaren, byte voor byte; de bestanden bevatten gegevens van patiënten',
  },
  'show what happens on the wire, on stderr: never content or secrets': {
    fr: 'montrer sur stderr ce qui passe sur le réseau : jamais de contenu ni de secrets',
    nl: 'op stderr tonen wat er over het netwerk gaat: nooit inhoud of geheimen',
  },
  'Application ID that was issued for this environment; 0 for physicians by default': {
    fr: 'Application ID délivré pour cet environnement ; 0 par défaut pour les médecins',
    nl: 'Application ID dat voor deze omgeving toegekend is; standaard 0 voor artsen',
  },
  'ask OCSP responders and lists whether certificates were revoked; off by default. An unknown status is refused (require) or a warning (prefer)':
    {
      fr: 'demander aux répondeurs OCSP et aux listes si des certificats sont révoqués ; off par défaut. Un statut inconnu est refusé (require) ou donne un avertissement (prefer)',
      nl: 'bij OCSP-responders en lijsten navragen of certificaten ingetrokken zijn; standaard off. Een onbekende status wordt geweigerd (require) of geeft een waarschuwing (prefer)',
    },
  'revocation lists to look into before anybody is asked (DER or PEM)': {
    fr: 'listes de révocation à consulter avant toute demande (DER ou PEM)',
    nl: 'intrekkingslijsten om in te kijken voor er iets gevraagd wordt (DER of PEM)',
  },
  'the patient: @FILE, - for stdin, or JSON with ssin, eidCard or isiCard, firstName, familyName': {
    fr: 'le patient : @FILE, - pour stdin, ou du JSON avec ssin, eidCard ou isiCard, firstName, familyName',
    nl: 'de patiënt: @FILE, - voor stdin, of JSON met ssin, eidCard of isiCard, firstName, familyName',
  },
  'give --environment, --config or --simulator': {
    fr: 'indiquez --environment, --config ou --simulator',
    nl: 'geef --environment, --config of --simulator',
  },
  'give --keystore, --config or --simulator': {
    fr: 'indiquez --keystore, --config ou --simulator',
    nl: 'geef --keystore, --config of --simulator',
  },
  '--persona goes with --simulator': {
    fr: '--persona va avec --simulator',
    nl: '--persona gaat samen met --simulator',
  },
  '--simulator brings environment, keystore, identity and trust: give nothing beside it': {
    fr: '--simulator apporte environnement, keystore, identité et confiance : n’indiquez rien à côté',
    nl: '--simulator brengt omgeving, keystore, identiteit en vertrouwen mee: geef er niets naast',
  },
  'give --persona with --simulator': {
    fr: 'indiquez --persona avec --simulator',
    nl: 'geef --persona bij --simulator',
  },
  'Did you mean {0}? The professions stand in docs/professions.md.': {
    fr: 'Vouliez-vous dire {0} ? Les professions figurent dans docs/professions.md.',
    nl: 'Bedoelde u {0}? De beroepen staan in docs/professions.md.',
  },
  '{0} has no keystore there yet: start the simulator with --personas {1} (there are {2})': {
    fr: '{0} n’y a pas encore de keystore : démarrez le simulateur avec --personas {1} (il y a {2})',
    nl: '{0} heeft daar nog geen keystore: start de simulator met --personas {1} (er zijn {2})',
  },
  '--persona is one of {0}': {
    fr: '--persona est l’un de ceux-ci : {0}',
    nl: '--persona is een van deze: {0}',
  },
  '{0} is no directory of a simulator: start one with ehealth simulator --dir {1}': {
    fr: '{0} n’est pas le répertoire d’un simulateur : démarrez-en un avec ehealth simulator --dir {1}',
    nl: '{0} is geen map van een simulator: start er een met ehealth simulator --dir {1}',
  },
  '{0} was not written by ehealth simulator': {
    fr: '{0} n’a pas été écrit par ehealth simulator',
    nl: '{0} is niet geschreven door ehealth simulator',
  },
  '--crl goes with --revocation require or prefer': {
    fr: '--crl va avec --revocation require ou prefer',
    nl: '--crl gaat samen met --revocation require of prefer',
  },
  '--token-label, --slot, --pin-env and --key-label go with --pkcs11': {
    fr: '--token-label, --slot, --pin-env et --key-label vont avec --pkcs11',
    nl: '--token-label, --slot, --pin-env en --key-label gaan samen met --pkcs11',
  },
  '--slot takes the id of a slot, a number': {
    fr: '--slot attend l’identifiant d’un slot, un nombre',
    nl: '--slot vraagt het id van een slot, een getal',
  },
  'the token wants a PIN and nobody is there to give it': {
    fr: 'la carte demande un code PIN et personne n’est là pour le donner',
    nl: 'de kaart vraagt een pincode en er is niemand om die te geven',
  },
  'Give --pin-env, or run the command at a terminal.': {
    fr: 'Indiquez --pin-env, ou lancez la commande dans un terminal.',
    nl: 'Geef --pin-env, of voer de opdracht uit in een terminal.',
  },
}
