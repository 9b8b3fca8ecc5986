/**
 * What newcomers meet first, in three languages: symptom, names that a message or a finding of `ehealth doctor` shows, and what
 * to do. The names are codes of the catalogue, findings of the doctor, codes of the platform, or Node's and TypeScript's own.
 * French is written with ordinary spaces; the page gets no-break spaces.
 */
const at = (symptom, codes, todo) => ({ symptom, codes, todo })

export const situations = [
  at(
    {
      en: 'The package or a subpath of it is not found',
      fr: 'Le paquet ou un de ses sous-chemins est introuvable',
      nl: 'Het pakket of een subpad ervan wordt niet gevonden',
    },
    ['ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED', 'TS2307'],
    {
      en: 'Run `npm install ehealth-connectors` in this very project; import a subpath of the reference; in `tsconfig.json`, `"module": "nodenext"`.',
      fr: 'Exécutez `npm install ehealth-connectors` dans ce projet ; importez un sous-chemin de la référence ; dans `tsconfig.json`, `"module": "nodenext"`.',
      nl: 'Voer `npm install ehealth-connectors` uit in dit project; importeer een subpad uit de referentie; in `tsconfig.json`, `"module": "nodenext"`.',
    },
  ),
  at(
    {
      en: '`require()` of the package is refused',
      fr: '`require()` du paquet est refusé',
      nl: '`require()` van het pakket wordt geweigerd',
    },
    ['ERR_REQUIRE_ESM', 'node.too-old'],
    {
      en: 'Update Node.js to 20.19 or later; the package is ESM, which older versions load with `import` only.',
      fr: 'Passez à Node.js 20.19 ou plus récent ; le paquet est en ESM, que les versions plus anciennes ne chargent que par `import`.',
      nl: 'Ga naar Node.js 20.19 of nieuwer; het pakket is ESM, dat oudere versies alleen met `import` laden.',
    },
  ),
  at(
    {
      en: 'A syntax error at `await using`',
      fr: 'Une erreur de syntaxe à `await using`',
      nl: 'Een syntaxisfout bij `await using`',
    },
    ['SyntaxError'],
    {
      en: 'Node.js runs it unaided from 24 on. Before, compile with TypeScript 5.2 or later (`"target": "es2023"`), or call `me.close()` in `finally`.',
      fr: 'Node.js ne l’exécute seul qu’à partir de la version 24. Avant, compilez avec TypeScript 5.2 ou plus récent (`"target": "es2023"`), ou appelez `me.close()` dans `finally`.',
      nl: 'Node.js voert het pas vanaf versie 24 zelf uit. Compileer daarvoor met TypeScript 5.2 of nieuwer (`"target": "es2023"`), of roep `me.close()` aan in `finally`.',
    },
  ),
  at(
    {
      en: 'An option is refused',
      fr: 'Une option est refusée',
      nl: 'Een optie wordt geweigerd',
    },
    ['configuration.invalid'],
    {
      en: '`path` names the option and `hint` the one that was probably meant.',
      fr: '`path` nomme l’option et `hint` celle qui était sans doute voulue.',
      nl: '`path` noemt de optie en `hint` die welke waarschijnlijk bedoeld was.',
    },
  ),
  at(
    {
      en: 'The password of the keystore is wrong or missing',
      fr: 'Le mot de passe du keystore est faux ou manque',
      nl: 'Het wachtwoord van de keystore is fout of ontbreekt',
    },
    ['keystore.password', 'configuration.invalid'],
    {
      en: 'Try it alone: `ehealth keystore inspect FILE`. Is the environment variable set that holds it?',
      fr: 'Essayez-le seul : `ehealth keystore inspect FILE`. La variable d’environnement qui le contient est-elle définie ?',
      nl: 'Probeer het apart: `ehealth keystore inspect FILE`. Is de omgevingsvariabele gezet die het bevat?',
    },
  ),
  at(
    {
      en: 'The keystore is not there, or is another kind of file',
      fr: 'Le keystore n’est pas là, ou est un autre type de fichier',
      nl: 'De keystore is er niet, of is een ander soort bestand',
    },
    ['keystore.not-found', 'keystore.malformed'],
    {
      en: 'Check the path from the working directory; give the `.p12` file itself, no PEM and no Java keystore.',
      fr: 'Vérifiez le chemin à partir du répertoire de travail ; donnez le fichier `.p12` lui-même, ni PEM ni keystore Java.',
      nl: 'Controleer het pad vanaf de werkmap; geef het `.p12`-bestand zelf, geen PEM en geen Java-keystore.',
    },
  ),
  at(
    {
      en: 'The certificate has ended',
      fr: 'Le certificat a expiré',
      nl: 'Het certificaat is verlopen',
    },
    ['certificate.expired', 'certificate.ends-soon'],
    {
      en: 'Renew it with the certificate manager of the platform, and keep the old keystore: it opens older messages.',
      fr: 'Renouvelez-le avec le Certificate Manager de la plateforme, et gardez l’ancien keystore : il ouvre les messages plus anciens.',
      nl: 'Vernieuw het met de Certificate Manager van het platform, en bewaar de oude keystore: die opent oudere berichten.',
    },
  ),
  at(
    {
      en: 'The keystore has no encryption key, or another one than the published one',
      fr: 'Le keystore n’a pas de clé de chiffrement, ou une autre que celle publiée',
      nl: 'De keystore heeft geen versleutelingssleutel, of een andere dan de gepubliceerde',
    },
    ['keystore.no-encryption-key', 'ehbox.sender-key', 'etk.own-key'],
    {
      en: 'Give the keystore of the last renewal; without an encryption key, register one with the certificate manager.',
      fr: 'Donnez le keystore du dernier renouvellement ; sans clé de chiffrement, enregistrez-en une avec le Certificate Manager.',
      nl: 'Geef de keystore van de laatste vernieuwing; registreer zonder versleutelingssleutel er een met de Certificate Manager.',
    },
  ),
  at(
    {
      en: 'The PIN of a card or HSM is refused',
      fr: 'Le code PIN d’une carte ou d’un HSM est refusé',
      nl: 'De pincode van een kaart of HSM wordt geweigerd',
    },
    ['keystore.pin', 'keystore.pin-locked', 'keystore.addon'],
    {
      en: 'Do not try at random: `ehealth keystore tokens` shows what is left of the attempts. A locked PIN needs the PUK.',
      fr: 'N’essayez pas au hasard : `ehealth keystore tokens` montre les essais qui restent. Un code PIN bloqué demande le code PUK.',
      nl: 'Probeer niet lukraak: `ehealth keystore tokens` toont hoeveel pogingen er overblijven. Een geblokkeerde pincode vraagt de PUK-code.',
    },
  ),
  at(
    {
      en: 'The clock of this machine is off',
      fr: 'L’horloge de cette machine n’est pas à l’heure',
      nl: 'De klok van deze machine staat verkeerd',
    },
    ['clock.skew', 'fault.not-authenticated', 'token.not-yet-valid', 'signature.timestamp'],
    {
      en: 'Synchronise it; the message says by how much it is off. `correctClock: true` of `connect()` bridges the gap.',
      fr: 'Synchronisez-la ; le message dit de combien elle s’écarte. `correctClock: true` de `connect()` comble l’écart.',
      nl: 'Synchroniseer ze; de boodschap zegt hoeveel ze afwijkt. `correctClock: true` van `connect()` overbrugt het verschil.',
    },
  ),
  at(
    {
      en: 'No certificate of the STS is trusted, or another one signs',
      fr: 'Aucun certificat du STS n’est de confiance, ou un autre signe',
      nl: 'Geen certificaat van de STS wordt vertrouwd, of een ander ondertekent',
    },
    ['configuration.invalid', 'token.untrusted', 'trust.missing'],
    {
      en: 'Give the certificate that the platform publishes for this environment: `trust: { sts: [pem] }`, `--trust-sts FILE` or `EHEALTH_TRUST_STS`.',
      fr: 'Donnez le certificat que la plateforme publie pour cet environnement : `trust: { sts: [pem] }`, `--trust-sts FILE` ou `EHEALTH_TRUST_STS`.',
      nl: 'Geef het certificaat dat het platform voor deze omgeving publiceert: `trust: { sts: [pem] }`, `--trust-sts FILE` of `EHEALTH_TRUST_STS`.',
    },
  ),
  at(
    {
      en: 'The STS gives no token, or does not confirm the profession',
      fr: 'Le STS ne donne pas de jeton, ou ne confirme pas la profession',
      nl: 'De STS geeft geen token, of bevestigt het beroep niet',
    },
    ['token.refused', 'token.attribute'],
    {
      en: 'Does `as` name the holder of this certificate, with his own numbers, for this environment? `ehealth token` shows every attribute.',
      fr: '`as` nomme-t-il le titulaire de ce certificat, avec ses propres numéros, pour cet environnement ? `ehealth token` montre chaque attribut.',
      nl: 'Noemt `as` de houder van dit certificaat, met zijn eigen nummers, voor deze omgeving? `ehealth token` toont elk attribuut.',
    },
  ),
  at(
    {
      en: 'A service is missing on `me`',
      fr: 'Un service manque sur `me`',
      nl: 'Een dienst ontbreekt op `me`',
    },
    ['TS2339', 'service.not-offered', 'service.no-connector'],
    {
      en: 'The platform does not offer it to this profession: see [the table](professions.md). Others are [called by their WSDL](any-service.md).',
      fr: "La plateforme ne l’offre pas à cette profession : voir [le tableau](professions.md). D’autres s'[appellent par leur WSDL](any-service.md).",
      nl: 'Het platform biedt hem niet aan voor dit beroep: zie [de tabel](professions.md). Andere worden [met hun WSDL aangeroepen](any-service.md).',
    },
  ),
  at(
    {
      en: 'An SSIN, a NIHII or a CBE number is refused',
      fr: 'Un NISS, un numéro INAMI ou BCE est refusé',
      nl: 'Een INSZ, een RIZIV- of KBO-nummer wordt geweigerd',
    },
    ['identifier.check-digit', 'identifier.length', 'identifier.profession', 'identifier.format'],
    {
      en: '`ehealth identifier -` says which rule it breaks. Keep numbers as text: a leading zero belongs to them.',
      fr: '`ehealth identifier -` dit quelle règle il enfreint. Gardez les numéros comme texte : un zéro au début en fait partie.',
      nl: '`ehealth identifier -` zegt welke regel het breekt. Bewaar nummers als tekst: een nul vooraan hoort erbij.',
    },
  ),
]
