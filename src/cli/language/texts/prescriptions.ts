import type { Texts } from '../types.js'

/** The archive of a hospital's prescriptions: help and messages. */
export const prescriptionsTexts: Texts = {
  'take prescriptions in, have them stamped every five minutes and keep the proof; one line of JSON tells when it is ready; stops cleanly on SIGINT and SIGTERM':
    {
      fr: 'recevoir des prescriptions, les faire horodater toutes les cinq minutes et garder la preuve ; une ligne de JSON dit quand tout est prêt ; s’arrête proprement sur SIGINT et SIGTERM',
      nl: 'voorschriften aannemen, ze elke vijf minuten laten stempelen en het bewijs bewaren; één regel JSON zegt wanneer alles klaar is; stopt netjes bij SIGINT en SIGTERM',
    },
  'take prescriptions over HTTP on this port; 0 for any free one': {
    fr: 'recevoir des prescriptions par HTTP sur ce port ; 0 pour n’importe quel port libre',
    nl: 'voorschriften via HTTP aannemen op deze poort; 0 voor om het even welke vrije',
  },
  'address to listen on': { fr: 'adresse d’écoute', nl: 'adres om op te luisteren' },
  'environment variable with the token that callers must send': {
    fr: 'variable d’environnement avec le jeton que les appelants doivent envoyer',
    nl: 'omgevingsvariabele met het token dat oproepers moeten meesturen',
  },
  'file with that token': { fr: 'fichier avec ce jeton', nl: 'bestand met dat token' },
  'take what is put into this directory': {
    fr: 'prendre ce qui est déposé dans ce répertoire',
    nl: 'aannemen wat in deze map gezet wordt',
  },
  'name of the system that writes there': {
    fr: 'nom du système qui y écrit',
    nl: 'naam van het systeem dat daar schrijft',
  },
  'name of the hospital at the platform, tsa_…': {
    fr: 'nom de l’hôpital auprès de la plateforme, tsa_…',
    nl: 'naam van het ziekenhuis bij het platform, tsa_…',
  },
  'between two bags': { fr: 'entre deux lots', nl: 'tussen twee bundels' },
  'most entries of a bag': {
    fr: 'nombre maximal d’entrées d’un lot',
    nl: 'hoogste aantal vermeldingen in een bundel',
  },
  'while the platform cannot be reached: go on sealing, or hold entries': {
    fr: 'tant que la plateforme est injoignable : continuer à sceller, ou retenir les entrées',
    nl: 'zolang het platform onbereikbaar is: blijven verzegelen, of vermeldingen vasthouden',
  },
  'send bags again that the platform refused': {
    fr: 'renvoyer les lots que la plateforme a refusés',
    nl: 'bundels die het platform weigerde opnieuw verzenden',
  },
  'file of the archive': { fr: 'fichier de l’archive', nl: 'bestand van het archief' },
  'certificates of time stamp authorities or of their issuers; those of the environment by default': {
    fr: 'certificats d’autorités d’horodatage ou de leurs émetteurs ; par défaut celles de l’environnement',
    nl: 'certificaten van tijdstempelautoriteiten of van hun uitgevers; standaard die van de omgeving',
  },
  'show when a prescription was stamped, with everything that proves it; exit code 0 if proven': {
    fr: 'montrer quand une prescription a été horodatée, avec tout ce qui le prouve ; code de sortie 0 si c’est prouvé',
    nl: 'tonen wanneer een voorschrift gestempeld is, met alles wat het bewijst; exitcode 0 als het bewezen is',
  },
  'the prescription; - for stdin': {
    fr: 'la prescription ; - pour stdin',
    nl: 'het voorschrift; - voor stdin',
  },
  'the prescription, --digest or --ref': {
    fr: 'la prescription, --digest ou --ref',
    nl: 'het voorschrift, --digest of --ref',
  },
  'its SHA-256 instead, in base64 or hexadecimal': {
    fr: 'son SHA-256 à la place, en base64 ou hexadécimal',
    nl: 'de SHA-256 ervan in de plaats, in base64 of hexadecimaal',
  },
  'its number in the journal instead': {
    fr: 'son numéro dans le journal à la place',
    nl: 'het nummer ervan in het journaal in de plaats',
  },
  "examine the archive and compare it with the platform's, both ways; exit code 0 if everything is there": {
    fr: 'examiner l’archive et la comparer avec celle de la plateforme, dans les deux sens ; code de sortie 0 si tout y est',
    nl: 'het archief onderzoeken en met dat van het platform vergelijken, in beide richtingen; exitcode 0 als alles er is',
  },
  'start (ISO 8601); an hour before the end of the last good audit by default': {
    fr: 'début (ISO 8601) ; par défaut une heure avant la fin du dernier bon audit',
    nl: 'begin (ISO 8601); standaard een uur voor het einde van de laatste goede audit',
  },
  'end (ISO 8601); 15 minutes ago by default': {
    fr: 'fin (ISO 8601) ; par défaut il y a 15 minutes',
    nl: 'einde (ISO 8601); standaard 15 minuten geleden',
  },
  'do not ask the platform': { fr: 'ne pas interroger la plateforme', nl: 'het platform niet bevragen' },
  'which stamps are asked back: all, none, or how many a day': {
    fr: 'quels horodatages sont redemandés : all, none, ou combien par jour',
    nl: 'welke stempels teruggevraagd worden: all, none, of hoeveel per dag',
  },
  'prescriptions, each of which must be in the journal': {
    fr: 'prescriptions, dont chacune doit être dans le journal',
    nl: 'voorschriften, die elk in het journaal moeten staan',
  },
  'write stamped bags into a directory, to be verified without this program': {
    fr: 'écrire des lots horodatés dans un répertoire, vérifiables sans ce programme',
    nl: 'gestempelde bundels in een map schrijven, te verifiëren zonder dit programma',
  },
  'an empty directory, or one that is not there yet': {
    fr: 'un répertoire vide, ou qui n’existe pas encore',
    nl: 'een lege map, of een map die er nog niet is',
  },
  'bags sealed from then on (ISO 8601)': {
    fr: 'lots scellés à partir de ce moment (ISO 8601)',
    nl: 'bundels die vanaf dan verzegeld zijn (ISO 8601)',
  },
  'bags sealed until then (ISO 8601)': {
    fr: 'lots scellés jusqu’à ce moment (ISO 8601)',
    nl: 'bundels die tot dan verzegeld zijn (ISO 8601)',
  },
  'then remove bags that were sealed before this, as far as they are exported and confirmed by an audit': {
    fr: 'ensuite supprimer les lots scellés avant cela, pour autant qu’ils soient exportés et confirmés par un audit',
    nl: 'daarna bundels verwijderen die hiervoor verzegeld zijn, voor zover ze geëxporteerd zijn en door een audit bevestigd',
  },
  'give --port, --watch or both': {
    fr: 'indiquez --port, --watch ou les deux',
    nl: 'geef --port, --watch of beide',
  },
  'give --intake-token-env or --intake-token-file with --port': {
    fr: 'indiquez --intake-token-env ou --intake-token-file avec --port',
    nl: 'geef --intake-token-env of --intake-token-file bij --port',
  },
  'expected 1 to 10000': {
    fr: 'un nombre de 1 à 10000 est attendu',
    nl: 'een getal van 1 tot 10000 wordt verwacht',
  },
  'give one of FILE, --digest and --ref': {
    fr: 'indiquez l’un de ceux-ci : FILE, --digest, --ref',
    nl: 'geef een van deze: FILE, --digest, --ref',
  },
  'expected a number of the journal': {
    fr: 'un numéro du journal est attendu',
    nl: 'een nummer van het journaal wordt verwacht',
  },
  'give --hospital or --offline': {
    fr: 'indiquez --hospital ou --offline',
    nl: 'geef --hospital of --offline',
  },
  'expected all, none, or a number': {
    fr: 'all, none ou un nombre est attendu',
    nl: 'all, none of een getal wordt verwacht',
  },
  'give --tsa: the environment trusts no time stamp authority': {
    fr: 'indiquez --tsa : l’environnement ne fait confiance à aucune autorité d’horodatage',
    nl: 'geef --tsa: de omgeving vertrouwt geen enkele tijdstempelautoriteit',
  },
  '{0} is no archive: there is no such file': {
    fr: '{0} n’est pas une archive : ce fichier n’existe pas',
    nl: '{0} is geen archief: dat bestand bestaat niet',
  },
  '{0} bags, {1} entries, {2} stamps; {3} open': {
    fr: '{0} lots, {1} entrées, {2} horodatages ; {3} ouverts',
    nl: '{0} bundels, {1} vermeldingen, {2} stempels; {3} open',
  },
  '{0} bags removed, {1} kept': {
    fr: '{0} lots supprimés, {1} gardés',
    nl: '{0} bundels verwijderd, {1} bewaard',
  },
}
