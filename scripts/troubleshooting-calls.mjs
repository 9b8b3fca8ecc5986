/** What newcomers meet first once calls go out; the form is that of troubleshooting.mjs. */
const at = (symptom, codes, todo) => ({ symptom, codes, todo })

export const situationsOfCalls = [
  at(
    {
      en: 'No connection, to the simulator or the platform',
      fr: 'Pas de connexion, avec le simulateur ou la plateforme',
      nl: 'Geen verbinding, met de simulator of het platform',
    },
    ['transport.connect', 'transport.connect-timeout'],
    {
      en: 'Is the simulator running (`ehealth simulator`)? For the platform: network, proxy and firewall, port 443.',
      fr: 'Le simulateur tourne-t-il (`ehealth simulator`) ? Pour la plateforme : réseau, proxy et pare-feu, port 443.',
      nl: 'Loopt de simulator (`ehealth simulator`)? Voor het platform: netwerk, proxy en firewall, poort 443.',
    },
  ),
  at(
    {
      en: 'A proxy stands in between',
      fr: 'Un proxy est sur le chemin',
      nl: 'Er staat een proxy tussen',
    },
    ['transport.proxy'],
    {
      en: 'Give it: `http: { proxy }` of `connect()`, see [Proxy](transport.md#proxy). `details.status` 407 wants credentials.',
      fr: 'Donnez-le : `http: { proxy }` de `connect()`, voir [Proxy](transport.md#proxy). `details.status` 407 demande des identifiants.',
      nl: 'Geef hem op: `http: { proxy }` van `connect()`, zie [Proxy](transport.md#proxy). `details.status` 407 vraagt aanmeldgegevens.',
    },
  ),
  at(
    {
      en: 'The certificate of a server is not trusted: something on the way opens TLS',
      fr: 'Le certificat d’un serveur n’est pas de confiance : quelque chose sur le chemin ouvre le TLS',
      nl: 'Het certificaat van een server wordt niet vertrouwd: iets onderweg opent TLS',
    },
    ['transport.tls'],
    {
      en: 'Exempt the hosts of the platform from the inspection, or trust its root: `trust.tls`, `--trust-tls FILE`. Never switch the check off.',
      fr: 'Exemptez les hôtes de la plateforme de l’inspection, ou faites confiance à sa racine : `trust.tls`, `--trust-tls FILE`. Ne désactivez jamais le contrôle.',
      nl: 'Stel de servers van het platform vrij van de inspectie, of vertrouw haar root: `trust.tls`, `--trust-tls FILE`. Zet de controle nooit uit.',
    },
  ),
  at(
    {
      en: 'A call takes too long or breaks',
      fr: 'Un appel dure trop longtemps ou se rompt',
      nl: 'Een oproep duurt te lang of breekt af',
    },
    ['transport.timeout', 'transport.idle-timeout', 'transport.reset'],
    {
      en: 'Whether it was carried out is unknown: read first, then repeat a write. [Time-outs](transport.md) can be set.',
      fr: 'On ignore s’il a été exécuté : lisez d’abord, puis répétez une écriture. Les [délais](transport.md) se règlent.',
      nl: 'Of hij is uitgevoerd, is onbekend: lees eerst, herhaal dan een schrijfbewerking. [Tijdslimieten](transport.md) zijn instelbaar.',
    },
  ),
  at(
    {
      en: 'The answer is a page for people: maintenance, login',
      fr: 'La réponse est une page pour humains : maintenance, connexion',
      nl: 'Het antwoord is een pagina voor mensen: onderhoud, aanmelding',
    },
    ['transport.content', 'transport.http'],
    {
      en: 'Try later. If it stays, look at what answers: `--debug`, or the recording.',
      fr: 'Réessayez plus tard. Si cela dure, regardez qui répond : `--debug`, ou l’enregistrement.',
      nl: 'Probeer later opnieuw. Blijft het, kijk dan wie antwoordt: `--debug`, of de opname.',
    },
  ),
  at(
    {
      en: 'The platform does not accept who calls',
      fr: 'La plateforme n’accepte pas l’appelant',
      nl: 'Het platform aanvaardt de aanroeper niet',
    },
    ['SOA-01001', 'SOA-01002', 'fault.not-authenticated', 'fault.not-authorised'],
    {
      en: '01001: clock, certificate and token, in this order. 01002: the right is missing; ask the platform, with the ticket `platform.id`.',
      fr: '01001 : l’horloge, le certificat et le jeton, dans cet ordre. 01002 : le droit manque ; demandez-le à la plateforme, avec le ticket `platform.id`.',
      nl: '01001: klok, certificaat en token, in deze volgorde. 01002: het recht ontbreekt; vraag het aan het platform, met het ticket `platform.id`.',
    },
  ),
  at(
    {
      en: 'The platform is not available',
      fr: 'La plateforme n’est pas disponible',
      nl: 'Het platform is niet beschikbaar',
    },
    ['SOA-02001', 'SOA-02002', 'fault.unavailable', 'fault.temporarily-unavailable'],
    {
      en: 'Repeat a reading after a pause; before repeating a write, look whether it was carried out.',
      fr: 'Répétez une lecture après une pause ; avant de répéter une écriture, regardez si elle a été exécutée.',
      nl: 'Herhaal een leesbewerking na een pauze; kijk voor u een schrijfbewerking herhaalt of ze is uitgevoerd.',
    },
  ),
  at(
    {
      en: 'The platform cannot read the request',
      fr: 'La plateforme ne peut pas lire la demande',
      nl: 'Het platform kan de vraag niet lezen',
    },
    ['SOA-03001', 'SOA-03006', 'fault.malformed', 'fault.schema'],
    {
      en: 'A fault of this library, or of a contract of your own: record the call and report it, without data of patients.',
      fr: 'Une faute de cette bibliothèque, ou d’un contrat à vous : enregistrez l’appel et signalez-le, sans données de patients.',
      nl: 'Een fout van deze bibliotheek, of van een eigen contract: neem de oproep op en meld hem, zonder gegevens van patiënten.',
    },
  ),
  at(
    {
      en: 'No mailbox of that number and quality (status 802, 803)',
      fr: 'Pas de boîte de ce numéro et de cette qualité (statut 802, 803)',
      nl: 'Geen mailbox van dat nummer en die hoedanigheid (status 802, 803)',
    },
    ['ehbox.refused', 'ehbox.recipient'],
    {
      en: 'Look the recipient up: `me.addressBook`, `ehealth addressbook show TYPE:NUMBER`.',
      fr: 'Cherchez le destinataire : `me.addressBook`, `ehealth addressbook show TYPE:NUMBER`.',
      nl: 'Zoek de bestemmeling op: `me.addressBook`, `ehealth addressbook show TYPE:NUMBER`.',
    },
  ),
  at(
    {
      en: 'A recipient has no encryption token',
      fr: 'Un destinataire n’a pas de jeton de chiffrement',
      nl: 'Een bestemmeling heeft geen versleutelingstoken',
    },
    ['etk.not-found'],
    {
      en: 'Check number, type and application. He must register an encryption key; nobody can seal for him before.',
      fr: 'Vérifiez le numéro, le type et l’application. Il doit enregistrer une clé de chiffrement ; personne ne peut chiffrer pour lui avant.',
      nl: 'Controleer nummer, type en toepassing. Hij moet een versleutelingssleutel registreren; eerder kan niemand voor hem versleutelen.',
    },
  ),
  at(
    {
      en: 'A recipient is out of office, nothing was sent',
      fr: 'Un destinataire est absent, rien n’a été envoyé',
      nl: 'Een bestemmeling is afwezig, er werd niets verstuurd',
    },
    ['ehbox.no-substitute'],
    {
      en: '`outcome` is `out-of-office`: call `resend` with a choice, see [eHealthBox](ehbox.md); `--to-substitutes` or `--deliver-anyway` on the command line.',
      fr: '`outcome` vaut `out-of-office` : appelez `resend` avec un choix, voir [eHealthBox](ehbox.md) ; `--to-substitutes` ou `--deliver-anyway` en ligne de commande.',
      nl: '`outcome` is `out-of-office`: roep `resend` aan met een keuze, zie [eHealthBox](ehbox.md); `--to-substitutes` of `--deliver-anyway` op de opdrachtregel.',
    },
  ),
  at(
    {
      en: 'There is no message of that id (status 820)',
      fr: 'Il n’y a pas de message de cet identifiant (statut 820)',
      nl: 'Er is geen bericht met dat id (status 820)',
    },
    ['ehbox.refused', 'contract.invalid'],
    {
      en: 'List the folder again: it may have been moved or deleted. An id has 13 letters and digits.',
      fr: 'Listez le dossier à nouveau : il a pu être déplacé ou supprimé. Un identifiant a 13 lettres et chiffres.',
      nl: 'Toon de map opnieuw: het kan verplaatst of verwijderd zijn. Een id heeft 13 letters en cijfers.',
    },
  ),
  at(
    {
      en: 'A message does not open',
      fr: 'Un message ne s’ouvre pas',
      nl: 'Een bericht gaat niet open',
    },
    ['unseal.not-addressed', 'unseal.refused'],
    {
      en: 'Not addressed: give the older keystores, too. Refused: do not use the content; ask the sender.',
      fr: 'Pas adressé : donnez aussi les keystores plus anciens. Refusé : n’utilisez pas le contenu ; demandez à l’expéditeur.',
      nl: 'Niet geadresseerd: geef ook de oudere keystores. Geweigerd: gebruik de inhoud niet; vraag de afzender.',
    },
  ),
  at(
    {
      en: 'The patient gave no consent, or there is no link with him (`no-consent`, `no-link`)',
      fr: 'Le patient n’a pas donné de consentement éclairé, ou il n’y a pas de lien thérapeutique (`no-consent`, `no-link`)',
      nl: 'De patiënt gaf geen geïnformeerde toestemming, of er is geen therapeutische relatie (`no-consent`, `no-link`)',
    },
    ['consent.card-required', 'therlink.names-required'],
    {
      en: 'Read his eID and declare both: `me.consent`, `me.therlink`. See [Consent, links and access](patient-access.md).',
      fr: 'Lisez son eID et déclarez les deux : `me.consent`, `me.therlink`. Voir [Consent, links and access](patient-access.md).',
      nl: 'Lees zijn eID en registreer beide: `me.consent`, `me.therlink`. Zie [Consent, links and access](patient-access.md).',
    },
  ),
  at(
    {
      en: 'A licence or an Application ID is missing',
      fr: 'Une licence ou un Application ID manque',
      nl: 'Een licentie of een Application ID ontbreekt',
    },
    ['mycarenet.licence', 'rn-consult.application-id'],
    {
      en: 'CIN/NIC gives the licence, the platform the Application ID; both are [settings](configuration.md).',
      fr: 'Le CIN donne la licence, la plateforme l’Application ID ; tous deux sont des [réglages](configuration.md).',
      nl: 'Het NIC geeft de licentie, het platform het Application ID; beide zijn [instellingen](configuration.md).',
    },
  ),
]
