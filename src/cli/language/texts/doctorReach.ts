import type { Texts } from '../types.js'

/** What the doctor finds on the way to the platform, in its trust, and in files of the official connector. */
export const doctorReachTexts: Texts = {
  'has no known address in {0}': {
    fr: 'n’a pas d’adresse connue en {0}',
    nl: 'heeft geen bekend adres in {0}',
  },
  'Nothing, unless this service is needed: then give its address (`endpoints` of the configuration).': {
    fr: 'Rien, sauf si ce service est nécessaire : indiquez alors son adresse (`endpoints` de la configuration).',
    nl: 'Niets, tenzij deze dienst nodig is: geef dan het adres ervan (`endpoints` van de configuratie).',
  },
  '{0} answers ({1}) in {2} ms': { fr: '{0} répond ({1}) en {2} ms', nl: '{0} antwoordt ({1}) na {2} ms' },
  'Give the name and password of the proxy.': {
    fr: 'Indiquez le nom et le mot de passe du proxy.',
    nl: 'Geef de naam en het wachtwoord van de proxy.',
  },
  'its certificate is for another name': {
    fr: 'son certificat est pour un autre nom',
    nl: 'het certificaat ervan is voor een andere naam',
  },
  'Check the address; a proxy or virus scanner that opens TLS answers like this.': {
    fr: 'Vérifiez l’adresse ; un proxy ou un antivirus qui ouvre TLS répond ainsi.',
    nl: 'Controleer het adres; een proxy of virusscanner die TLS opent, antwoordt zo.',
  },
  'its certificate is not valid at this time': {
    fr: 'son certificat n’est pas valable en ce moment',
    nl: 'het certificaat ervan is nu niet geldig',
  },
  'Check the clock of this machine first; else the server is at fault: report it to the platform.': {
    fr: 'Vérifiez d’abord l’horloge de cette machine ; sinon le serveur est en faute : signalez-le à la plateforme.',
    nl: 'Controleer eerst de klok van deze machine; anders ligt het aan de server: meld het aan het platform.',
  },
  'its certificate is not trusted': {
    fr: 'son certificat n’est pas de confiance',
    nl: 'het certificaat ervan wordt niet vertrouwd',
  },
  'Give --trust-tls with the root of the server; behind a proxy or virus scanner that opens TLS, the root of that one, or have the platform excepted from it.':
    {
      fr: 'Indiquez --trust-tls avec la racine du serveur ; derrière un proxy ou un antivirus qui ouvre TLS, la racine de celui-ci, ou faites-en exempter la plateforme.',
      nl: 'Geef --trust-tls met de root van de server; achter een proxy of virusscanner die TLS opent, de root daarvan, of laat er het platform van uitzonderen.',
    },
  'its name is not known': { fr: 'son nom est inconnu', nl: 'de naam ervan is onbekend' },
  'Check the DNS of this machine and the internet connection; behind a proxy, give the proxy.': {
    fr: 'Vérifiez le DNS de cette machine et la connexion à internet ; derrière un proxy, indiquez le proxy.',
    nl: 'Controleer de DNS van deze machine en de internetverbinding; geef achter een proxy de proxy.',
  },
  'the proxy does not let through': { fr: 'le proxy ne laisse pas passer', nl: 'de proxy laat niet door' },
  'Check address, name and password of the proxy, and that it allows the platform on port 443.': {
    fr: 'Vérifiez l’adresse, le nom et le mot de passe du proxy, et qu’il autorise la plateforme sur le port 443.',
    nl: 'Controleer adres, naam en wachtwoord van de proxy, en of hij het platform op poort 443 toelaat.',
  },
  'no connection': { fr: 'pas de connexion', nl: 'geen verbinding' },
  'Check network, proxy and firewall: outgoing port 443 (recovery hosts 9443) must be open.': {
    fr: 'Vérifiez réseau, proxy et pare-feu : le port sortant 443 (9443 pour les hôtes de secours) doit être ouvert.',
    nl: 'Controleer netwerk, proxy en firewall: uitgaande poort 443 (9443 voor noodhosts) moet open zijn.',
  },
  '{0}: {1} ({2})': { fr: '{0} : {1} ({2})', nl: '{0}: {1} ({2})' },
  'this environment publishes none': {
    fr: 'cet environnement n’en publie pas',
    nl: 'deze omgeving publiceert er geen',
  },
  'cannot be verified': { fr: 'ne peut être vérifiée', nl: 'kan niet geverifieerd worden' },
  'Give --trust-signers.': { fr: 'Indiquez --trust-signers.', nl: 'Geef --trust-signers.' },
  '{0} services, issued {1}': { fr: '{0} services, émise le {1}', nl: '{0} diensten, uitgegeven op {1}' },
  '{0}, all at their usual endpoints': {
    fr: '{0}, tous à leur adresse habituelle',
    nl: '{0}, alle op hun gewone adres',
  },
  '{0}; at a recovery endpoint: {1}': {
    fr: '{0} ; à une adresse de secours : {1}',
    nl: '{0}; op een noodadres: {1}',
  },
  'Nothing, if the program follows the list (business continuity); else it may not reach these services.': {
    fr: 'Rien, si le programme suit la liste (business continuity) ; sinon il peut ne pas atteindre ces services.',
    nl: 'Niets, als het programma de lijst volgt (business continuity); anders bereikt het deze diensten misschien niet.',
  },
  'cannot be compared: no endpoint answered': {
    fr: 'comparaison impossible : aucun service n’a répondu',
    nl: 'kan niet vergeleken worden: geen enkele dienst antwoordde',
  },
  'See the endpoints above.': { fr: 'Voyez les services ci-dessus.', nl: 'Zie de diensten hierboven.' },
  'agrees with the platform': { fr: 'd’accord avec la plateforme', nl: 'gelijk met het platform' },
  '{0} s behind the platform': {
    fr: '{0} s de retard sur la plateforme',
    nl: '{0} s achter op het platform',
  },
  '{0} s ahead of the platform': { fr: '{0} s d’avance sur la plateforme', nl: '{0} s voor op het platform' },
  'Let the machine set its clock by a time server (NTP); the platform refuses messages that are off by more than a minute.':
    {
      fr: 'Faites régler l’horloge de la machine par un serveur de temps (NTP) ; la plateforme refuse les messages décalés de plus d’une minute.',
      nl: 'Laat de machine haar klok gelijkzetten via een tijdserver (NTP); het platform weigert berichten die meer dan een minuut afwijken.',
    },
  'tokens cannot be verified': {
    fr: 'les jetons ne peuvent être vérifiés',
    nl: 'tokens kunnen niet geverifieerd worden',
  },
  'Give --trust-sts with the signing certificate of the STS, from the platform’s portal.': {
    fr: 'Indiquez --trust-sts avec le certificat de signature du STS, pris sur le portail de la plateforme.',
    nl: 'Geef --trust-sts met het handtekeningcertificaat van de STS, van het portaal van het platform.',
  },
  'seals cannot be verified': {
    fr: 'les messages chiffrés ne peuvent être vérifiés',
    nl: 'versleutelde berichten kunnen niet geverifieerd worden',
  },
  'Give --trust-signers with the roots of eHealth and eID certificates, from the platform’s portal.': {
    fr: 'Indiquez --trust-signers avec les racines des certificats eHealth et eID, prises sur le portail de la plateforme.',
    nl: 'Geef --trust-signers met de roots van eHealth- en eID-certificaten, van het portaal van het platform.',
  },
  'no server can be trusted': {
    fr: 'aucun serveur n’est de confiance',
    nl: 'geen enkele server wordt vertrouwd',
  },
  'Give --trust-tls, or leave it out for the public roots.': {
    fr: 'Indiquez --trust-tls, ou omettez-le pour les racines publiques.',
    nl: 'Geef --trust-tls, of laat het weg voor de publieke roots.',
  },
  'Give a file with certificates in PEM or DER.': {
    fr: 'Indiquez un fichier avec des certificats en PEM ou DER.',
    nl: 'Geef een bestand met certificaten in PEM of DER.',
  },
  '{0} The old ones may stay while both are in use.': {
    fr: '{0} Les anciens peuvent rester tant que les deux servent.',
    nl: '{0} De oude mogen blijven zolang beide in gebruik zijn.',
  },
  '{0} certificate': { fr: '{0} certificat', nl: '{0} certificaat' },
  '{0} certificates': { fr: '{0} certificats', nl: '{0} certificaten' },
  '{0}, none of them valid now': { fr: '{0}, aucun valable maintenant', nl: '{0}, geen ervan nu geldig' },
  '{0}, {1} not valid now': { fr: '{0}, {1} non valables maintenant', nl: '{0}, {1} nu niet geldig' },
  '{0}, one ends on {1}, in {2} days': {
    fr: '{0}, l’un expire le {1}, dans {2} jours',
    nl: '{0}, één eindigt op {1}, over {2} dagen',
  },
  '--properties judges a file and nothing else: give at most --json beside it': {
    fr: '--properties juge un fichier et rien d’autre : n’indiquez au plus que --json à côté',
    nl: '--properties beoordeelt een bestand en niets anders: geef er hoogstens --json naast',
  },
  '{0} properties for {1}: {2}; {3} marked ! need a hand.': {
    fr: '{0} propriétés pour {1} : {2} ; {3} marquées ! sont à traiter à la main.',
    nl: '{0} eigenschappen voor {1}: {2}; {3} met ! moeten met de hand.',
  },
  '--json gives the settings for a configuration file.': {
    fr: '--json donne les réglages pour un fichier de configuration.',
    nl: '--json geeft de instellingen voor een configuratiebestand.',
  },
}
