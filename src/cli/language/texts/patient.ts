import type { Texts } from '../types.js'

/** Consent, therapeutic links, access, cards: help and messages. */
export const patientTexts: Texts = {
  'the consent of a patient: get, declare, revoke': {
    fr: 'le consentement éclairé d’un patient : consulter, déclarer, retirer',
    nl: 'de geïnformeerde toestemming van een patiënt: raadplegen, aangeven, intrekken',
  },
  'the last state known: given, revoked, none, deceased': {
    fr: 'le dernier état connu : donné, retiré, aucun, décédé',
    nl: 'de laatst bekende toestand: gegeven, ingetrokken, geen, overleden',
  },
  'declare it, with the card of the patient': {
    fr: 'le déclarer, avec la carte du patient',
    nl: 'ze aangeven, met de kaart van de patiënt',
  },
  'day on which the patient consented; today in Belgium by default': {
    fr: 'jour où le patient a consenti ; par défaut aujourd’hui en Belgique',
    nl: 'dag waarop de patiënt toestemde; standaard vandaag in België',
  },
  'ask first, and declare only what is not there': {
    fr: 'demander d’abord, et ne déclarer que ce qui n’existe pas',
    nl: 'eerst navragen, en alleen aangeven wat er niet is',
  },
  'take it back, with the card of the patient': {
    fr: 'le retirer, avec la carte du patient',
    nl: 'ze intrekken, met de kaart van de patiënt',
  },
  'day on which the patient took it back; today in Belgium by default': {
    fr: 'jour où le patient l’a retiré ; par défaut aujourd’hui en Belgique',
    nl: 'dag waarop de patiënt ze introk; standaard vandaag in België',
  },
  'signed {0}': { fr: 'signé le {0}', nl: 'ondertekend op {0}' },
  'revoked {0}': { fr: 'retiré le {0}', nl: 'ingetrokken op {0}' },
  'therapeutic links with a patient: list, declare, revoke, has': {
    fr: 'liens thérapeutiques avec un patient : lister, déclarer, révoquer, vérifier s’il en existe',
    nl: 'therapeutische relaties met een patiënt: oplijsten, aangeven, intrekken, hebben',
  },
  'list the links that the caller may see': {
    fr: 'lister les liens que l’appelant peut voir',
    nl: 'de relaties oplijsten die de oproeper mag zien',
  },
  'of this type only': { fr: 'de ce type seulement', nl: 'alleen van dit type' },
  'which ones; active by default': { fr: 'lesquels ; active par défaut', nl: 'welke; standaard active' },
  'that hold in the period from this day on; with --until': {
    fr: 'en vigueur dans la période qui commence ce jour ; avec --until',
    nl: 'die gelden in de periode vanaf deze dag; met --until',
  },
  'to this day; with --from': { fr: 'jusqu’à ce jour ; avec --from', nl: 'tot en met deze dag; met --from' },
  '1 to 1000': { fr: 'de 1 à 1000', nl: '1 tot 1000' },
  'declare a link from today on': {
    fr: 'déclarer un lien à partir d’aujourd’hui',
    nl: 'een relatie aangeven vanaf vandaag',
  },
  'gpconsultation of physicians, consultation of all others by default': {
    fr: 'par défaut gpconsultation pour les médecins, consultation pour tous les autres',
    nl: 'standaard gpconsultation voor artsen, consultation voor alle anderen',
  },
  'what was done with the card; reading it by default': {
    fr: 'ce qui a été fait avec la carte ; par défaut sa lecture',
    nl: 'wat er met de kaart gebeurde; standaard lezen',
  },
  'the signature of the patient over the link, instead of --proof': {
    fr: 'la signature du patient sur le lien, au lieu de --proof',
    nl: 'de handtekening van de patiënt over de relatie, in plaats van --proof',
  },
  'first day that the link does not cover; the platform’s own by default': {
    fr: 'premier jour que le lien ne couvre pas ; par défaut celui de la plateforme',
    nl: 'eerste dag die de relatie niet dekt; standaard die van het platform',
  },
  '256 characters at most': { fr: '256 caractères au plus', nl: 'hoogstens 256 tekens' },
  'revoke a link': { fr: 'révoquer un lien', nl: 'een relatie intrekken' },
  'first day of the link, as list shows it; today by default': {
    fr: 'premier jour du lien, comme list le montre ; par défaut aujourd’hui',
    nl: 'eerste dag van de relatie, zoals list die toont; standaard vandaag',
  },
  'whether the caller has an active link: yes or no': {
    fr: 'si l’appelant a un lien actif : yes ou no',
    nl: 'of de oproeper een actieve relatie heeft: yes of no',
  },
  'give --proof or --cms': { fr: 'indiquez --proof ou --cms', nl: 'geef --proof of --cms' },
  'expected a number from 1 to 1000': {
    fr: 'un nombre de 1 à 1000 est attendu',
    nl: 'een getal van 1 tot 1000 wordt verwacht',
  },
  'no link': { fr: 'aucun lien', nl: 'geen relatie' },
  'there may be more: ask by type or period': {
    fr: 'il y en a peut-être d’autres : précisez le type ou la période',
    nl: 'er zijn er misschien meer: geef een type of periode op',
  },
  '  revoked': { fr: '  révoqué', nl: '  ingetrokken' },
  'before {0}': { fr: 'jusqu’à la veille du {0}', nl: 'tot vóór {0}' },
  'whether the caller may read the data of a patient, and why': {
    fr: 'si l’appelant peut lire les données d’un patient, et pourquoi',
    nl: 'of de oproeper de gegevens van een patiënt mag lezen, en waarom',
  },
  'types of documents wanted, for instance sumehr; may be repeated': {
    fr: 'types de documents voulus, par exemple sumehr ; peut être répété',
    nl: 'gewenste types van documenten, bijvoorbeeld sumehr; mag herhaald worden',
  },
  'which role may read which types: @FILE or JSON, {"persphysician": ["sumehr"]}': {
    fr: 'quel rôle peut lire quels types : @FILE ou JSON, {"persphysician": ["sumehr"]}',
    nl: 'welke rol welke types mag lezen: @FILE of JSON, {"persphysician": ["sumehr"]}',
  },
  'break the glass where there is no link: 10 to 200 characters': {
    fr: 'passer outre en urgence (break the glass) quand il n’y a pas de lien : 10 à 200 caractères',
    nl: 'noodtoegang nemen (break the glass) als er geen relatie is: 10 tot 200 tekens',
  },
  'file that keeps each use of the glass; goes with --emergency': {
    fr: 'fichier qui conserve chaque accès d’urgence ; va avec --emergency',
    nl: 'bestand dat elke noodtoegang bewaart; gaat samen met --emergency',
  },
  '--emergency and --emergency-record go together': {
    fr: '--emergency et --emergency-record vont ensemble',
    nl: '--emergency en --emergency-record gaan samen',
  },
  ' via {0}': { fr: ' par {0}', nl: ' via {0}' },
  'documents: {0}': { fr: 'documents : {0}', nl: 'documenten: {0}' },
  'The patient has excluded this provider or organisation.': {
    fr: 'Le patient a exclu ce prestataire ou cette organisation.',
    nl: 'De patiënt heeft deze zorgverlener of organisatie uitgesloten.',
  },
  'Nothing opens this, an emergency included; only the patient takes it back.': {
    fr: 'Rien ne lève cela, pas même une urgence ; seul le patient peut y revenir.',
    nl: 'Niets heft dit op, ook een noodgeval niet; alleen de patiënt kan erop terugkomen.',
  },
  'The patient has given no consent to the exchange of his data, or has taken it back.': {
    fr: 'Le patient n’a pas donné son consentement éclairé à l’échange de ses données, ou l’a retiré.',
    nl: 'De patiënt gaf geen geïnformeerde toestemming voor de uitwisseling van zijn gegevens, of trok ze in.',
  },
  'Ask the patient; declare the consent with his card (`consent.declare`).': {
    fr: 'Demandez-le au patient ; déclarez le consentement avec sa carte (`consent.declare`).',
    nl: 'Vraag het de patiënt; geef de toestemming aan met zijn kaart (`consent.declare`).',
  },
  'The patient has died; access then follows other law.': {
    fr: 'Le patient est décédé ; l’accès suit alors d’autres règles.',
    nl: 'De patiënt is overleden; voor de toegang gelden dan andere regels.',
  },
  'Ask the keeper of the file; nothing is read by way of this answer.': {
    fr: 'Adressez-vous au gardien du dossier ; rien ne se lit par cette réponse.',
    nl: 'Vraag het de beheerder van het dossier; via dit antwoord wordt niets gelezen.',
  },
  'There is no therapeutic link between the patient and the provider.': {
    fr: 'Il n’y a pas de lien thérapeutique entre le patient et le prestataire.',
    nl: 'Er is geen therapeutische relatie tussen de patiënt en de zorgverlener.',
  },
  'Declare one with the card of the patient (`therlink.declare`); in an emergency, break the glass with a reason.':
    {
      fr: 'Déclarez-en un avec la carte du patient (`therlink.declare`) ; en urgence, passez outre (break the glass) avec une raison.',
      nl: 'Geef er een aan met de kaart van de patiënt (`therlink.declare`); neem in een noodgeval noodtoegang (break the glass) met een reden.',
    },
  'The access matrix gives this profession none of the types that were asked for.': {
    fr: 'La matrice d’accès ne donne à cette profession aucun des types demandés.',
    nl: 'De toegangsmatrix geeft dit beroep geen van de gevraagde types.',
  },
  'Ask for types that the profession may read.': {
    fr: 'Demandez des types que la profession peut lire.',
    nl: 'Vraag types die het beroep mag lezen.',
  },
  'Treat it as a refusal and ask again later.': {
    fr: 'Traitez cela comme un refus et redemandez plus tard.',
    nl: 'Behandel het als een weigering en vraag het later opnieuw.',
  },
  'Treat it as a refusal; read the errors of the service and correct the question.': {
    fr: 'Traitez cela comme un refus ; lisez les erreurs du service et corrigez la question.',
    nl: 'Behandel het als een weigering; lees de fouten van de dienst en verbeter de vraag.',
  },
  'The consent register did not answer.': {
    fr: 'Le registre des consentements n’a pas répondu.',
    nl: 'Het register van toestemmingen antwoordde niet.',
  },
  'The consent register refused the question.': {
    fr: 'Le registre des consentements a refusé la question.',
    nl: 'Het register van toestemmingen weigerde de vraag.',
  },
  'The register of therapeutic links did not answer.': {
    fr: 'Le registre des liens thérapeutiques n’a pas répondu.',
    nl: 'Het register van therapeutische relaties antwoordde niet.',
  },
  'The register of therapeutic links refused the question.': {
    fr: 'Le registre des liens thérapeutiques a refusé la question.',
    nl: 'Het register van therapeutische relaties weigerde de vraag.',
  },
  'The exclusions did not answer.': {
    fr: 'Le registre des exclusions n’a pas répondu.',
    nl: 'Het register van uitsluitingen antwoordde niet.',
  },
  'The exclusions refused the question.': {
    fr: 'Le registre des exclusions a refusé la question.',
    nl: 'Het register van uitsluitingen weigerde de vraag.',
  },
  'Providers may not ask for exclusions.': {
    fr: 'Les prestataires ne peuvent pas consulter les exclusions.',
    nl: 'Zorgverleners mogen de uitsluitingen niet raadplegen.',
  },
  'The hub decides; its refusal wins.': {
    fr: 'Le hub décide ; son refus l’emporte.',
    nl: 'De hub beslist; zijn weigering geldt.',
  },
  'No access matrix was given.': {
    fr: 'Aucune matrice d’accès n’a été donnée.',
    nl: 'Er is geen toegangsmatrix gegeven.',
  },
  'The hub leaves out what the profession may not read.': {
    fr: 'Le hub omet ce que la profession ne peut pas lire.',
    nl: 'De hub laat weg wat het beroep niet mag lezen.',
  },
  'There is no therapeutic link: the glass is broken.': {
    fr: 'Il n’y a pas de lien thérapeutique : accès d’urgence (break the glass).',
    nl: 'Er is geen therapeutische relatie: noodtoegang (break the glass).',
  },
  'Pass the same reason to every call of a hub; each use stands in the audit trail of the patient.': {
    fr: 'Donnez la même raison à chaque appel d’un hub ; chaque usage figure dans la trace d’audit du patient.',
    nl: 'Geef bij elke oproep van een hub dezelfde reden; elk gebruik staat in het auditspoor van de patiënt.',
  },
  'identity cards: verify': { fr: 'cartes d’identité : vérifier', nl: 'identiteitskaarten: verifiëren' },
  'whether a card is that of a person and valid, asked from the authentic source': {
    fr: 'si une carte est celle d’une personne et valable, demandé à la source authentique',
    nl: 'of een kaart van een persoon is en geldig, gevraagd aan de authentieke bron',
  },
  'the card: @FILE, - for stdin, or JSON: {"ssin","cardNumber"}, or {"barcode"} of an ISI+ card': {
    fr: 'la carte : @FILE, - pour stdin, ou JSON : {"ssin","cardNumber"}, ou {"barcode"} d’une carte ISI+',
    nl: 'de kaart: @FILE, - voor stdin, of JSON: {"ssin","cardNumber"}, of {"barcode"} van een ISI+-kaart',
  },
  'why it is asked, in the words that were agreed on': {
    fr: 'pourquoi on le demande, dans les termes convenus',
    nl: 'waarom het gevraagd wordt, in de afgesproken bewoordingen',
  },
}
