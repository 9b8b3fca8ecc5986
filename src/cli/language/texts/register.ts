import type { Texts } from '../types.js'

/** National register and MemberData: help and messages. */
export const registerTexts: Texts = {
  'the national register: look people up by number or by name, what became of numbers, new ones': {
    fr: 'le registre national : chercher des personnes par numéro ou par nom, ce que sont devenus des numéros, de nouveaux numéros',
    nl: 'het rijksregister: personen opzoeken op nummer of naam, wat er van nummers geworden is, nieuwe nummers',
  },
  'what the registers say of the person with a number, or with the one that replaced it': {
    fr: 'ce que les registres disent de la personne qui a un numéro, ou celui qui l’a remplacé',
    nl: 'wat de registers zeggen over de persoon met een nummer, of met het nummer dat het verving',
  },
  'national or BIS number: @FILE, - for stdin, or the number itself': {
    fr: 'numéro national ou BIS : @FILE, - pour stdin, ou le numéro lui-même',
    nl: 'rijksregister- of BIS-nummer: @FILE, - voor stdin, of het nummer zelf',
  },
  'everybody whose name sounds alike and whose birth fits, to choose from': {
    fr: 'tous ceux dont le nom se prononce de la même façon et dont la naissance correspond, pour choisir',
    nl: 'iedereen wiens naam hetzelfde klinkt en wiens geboorte past, om uit te kiezen',
  },
  'all criteria at once: @FILE, - for stdin, or JSON as the library takes it': {
    fr: 'tous les critères à la fois : @FILE, - pour stdin, ou du JSON tel que la bibliothèque le prend',
    nl: 'alle criteria ineens: @FILE, - voor stdin, of JSON zoals de bibliotheek het aanneemt',
  },
  'family name': { fr: 'nom de famille', nl: 'familienaam' },
  'given names in their order, three at most': {
    fr: 'prénoms dans leur ordre, trois au plus',
    nl: 'voornamen in hun volgorde, hoogstens drie',
  },
  'how given names are compared': {
    fr: 'comment les prénoms sont comparés',
    nl: 'hoe voornamen vergeleken worden',
  },
  'yyyy-mm-dd, yyyy-mm-00 or yyyy-00-00': {
    fr: 'yyyy-mm-dd, yyyy-mm-00 ou yyyy-00-00',
    nl: 'yyyy-mm-dd, yyyy-mm-00 of yyyy-00-00',
  },
  'how far the birth may be off, in the unit that the date is known to': {
    fr: 'de combien la naissance peut s’écarter, dans l’unité connue de la date',
    nl: 'hoeveel de geboorte mag afwijken, in de eenheid waarin de datum bekend is',
  },
  'of the person': { fr: 'de la personne', nl: 'van de persoon' },
  'number of the country of residence; 150 is Belgium': {
    fr: 'numéro du pays de résidence ; 150 est la Belgique',
    nl: 'nummer van het land van verblijf; 150 is België',
  },
  'number of the municipality, five digits': {
    fr: 'numéro de la commune, cinq chiffres',
    nl: 'nummer van de gemeente, vijf cijfers',
  },
  'how many people at most, up to 50': {
    fr: 'combien de personnes au plus, jusqu’à 50',
    nl: 'hoeveel personen er hoogstens zijn, tot 50',
  },
  'what became of a number: the one that holds now, and every other one of the person': {
    fr: 'ce qu’est devenu un numéro : celui qui vaut maintenant, et tous les autres de la personne',
    nl: 'wat er van een nummer geworden is: het nummer dat nu geldt, en elk ander van de persoon',
  },
  'search for somebody who has no number, and, by a decision, have one made: a BIS number is for good': {
    fr: 'chercher quelqu’un qui n’a pas de numéro et, sur décision, en faire créer un : un numéro BIS est définitif',
    nl: 'iemand zonder nummer zoeken en, na een beslissing, er een laten maken: een BIS-nummer is definitief',
  },
  'who it is: @FILE, - for stdin, or JSON as the library takes it': {
    fr: 'qui c’est : @FILE, - pour stdin, ou du JSON tel que la bibliothèque le prend',
    nl: 'wie het is: @FILE, - voor stdin, of JSON zoals de bibliotheek het aanneemt',
  },
  'numbers that he has or had, each may be @FILE': {
    fr: 'numéros qu’il a ou a eus, chacun peut être @FILE',
    nl: 'nummers die hij heeft of had, elk mag @FILE zijn',
  },
  'register him, if nobody is found or all who are found are named by --none-of': {
    fr: 'l’inscrire, si personne n’est trouvé ou si tous ceux qui sont trouvés sont nommés par --none-of',
    nl: 'hem inschrijven, als niemand gevonden wordt of als --none-of allen noemt die gevonden zijn',
  },
  'people whom you looked at and who are not he, each may be @FILE with one number a line': {
    fr: 'personnes que vous avez examinées et qui ne sont pas lui, chacune peut être @FILE avec un numéro par ligne',
    nl: 'personen die u bekeken hebt en die hem niet zijn, elk mag @FILE zijn met één nummer per regel',
  },
  'the number was replaced: keep {0}': {
    fr: 'le numéro a été remplacé : gardez {0}',
    nl: 'het nummer is vervangen: bewaar {0}',
  },
  deceased: { fr: 'décédé', nl: 'overleden' },
  '--none-of goes with --register': {
    fr: '--none-of va avec --register',
    nl: '--none-of gaat samen met --register',
  },
  'Nobody was found. Register this person?': {
    fr: 'Personne n’a été trouvé. Inscrire cette personne ?',
    nl: 'Er is niemand gevonden. Deze persoon inschrijven?',
  },
  'to register, give --register': {
    fr: 'pour inscrire, indiquez --register',
    nl: 'geef --register om in te schrijven',
  },
  'Is none of these {0} the person, and shall he be registered?': {
    fr: 'Aucune de ces {0} personnes n’est-elle la bonne, et faut-il l’inscrire ?',
    nl: 'Is geen van deze {0} de persoon, en moet hij ingeschreven worden?',
  },
  '{0} of these were not named by --none-of': {
    fr: '{0} d’entre elles ne sont pas nommées par --none-of',
    nl: '{0} van deze werden niet door --none-of genoemd',
  },
  'if he is none of these: --register --none-of with their numbers': {
    fr: 's’il n’est aucune d’elles : --register --none-of avec leurs numéros',
    nl: 'als hij geen van deze is: --register --none-of met hun nummers',
  },
  '--city goes with --country': { fr: '--city va avec --country', nl: '--city gaat samen met --country' },
  'give --last-name, or --criteria': {
    fr: 'indiquez --last-name, ou --criteria',
    nl: 'geef --last-name, of --criteria',
  },
  'give --birth-date, or --criteria': {
    fr: 'indiquez --birth-date, ou --criteria',
    nl: 'geef --birth-date, of --criteria',
  },
  'insurability and rights of patients': {
    fr: 'assurabilité et droits des patients',
    nl: 'verzekerbaarheid en rechten van patiënten',
  },
  'who insures a patient, from when to when, with which codes and rights': {
    fr: 'qui assure un patient, de quand à quand, avec quels codes et quels droits',
    nl: 'wie een patiënt verzekert, van wanneer tot wanneer, met welke codes en rechten',
  },
  'SSIN of the patient': { fr: 'NISS du patient', nl: 'INSZ van de patiënt' },
  'his number at a mutuality, in place of the SSIN': {
    fr: 'son numéro auprès d’une mutualité, au lieu du NISS',
    nl: 'zijn nummer bij een ziekenfonds, in plaats van het INSZ',
  },
  'the mutuality, 3 digits; goes with --member, or beside --patient': {
    fr: 'la mutualité, 3 chiffres ; va avec --member, ou à côté de --patient',
    nl: 'het ziekenfonds, 3 cijfers; gaat samen met --member, of staat naast --patient',
  },
  'the day that is meant; today by default': {
    fr: 'le jour concerné ; aujourd’hui par défaut',
    nl: 'de bedoelde dag; standaard vandaag',
  },
  'first day that is meant; goes with --until': {
    fr: 'premier jour concerné ; va avec --until',
    nl: 'eerste bedoelde dag; gaat samen met --until',
  },
  'first day that is no longer meant': {
    fr: 'premier jour qui n’est plus concerné',
    nl: 'eerste dag die niet meer bedoeld is',
  },
  'what is asked; several times; insurability by default': {
    fr: 'ce qui est demandé ; plusieurs fois possible ; par défaut insurability',
    nl: 'wat gevraagd wordt; mag herhaald worden; standaard insurability',
  },
  'the insurability for invoicing: with approvals of payment': {
    fr: 'l’assurabilité pour la facturation : avec engagements de paiement',
    nl: 'de verzekerbaarheid voor facturatie: met betalingsverbintenissen',
  },
  'the insurability of somebody in hospital': {
    fr: 'l’assurabilité d’une personne hospitalisée',
    nl: 'de verzekerbaarheid van iemand in het ziekenhuis',
  },
  'front door': { fr: 'porte d’entrée', nl: 'toegangspoort' },
  'seal question and answer': {
    fr: 'chiffrer la question et la réponse',
    nl: 'vraag en antwoord versleutelen',
  },
  'many patients through a mailbox of the insurers; goes on where it was when run again': {
    fr: 'de nombreux patients par une boîte des organismes assureurs ; reprend où elle en était si on la relance',
    nl: 'veel patiënten via een postbus van de verzekeringsinstellingen; gaat bij een nieuwe start verder waar ze was',
  },
  'directory that keeps questions and answers; it holds patient data': {
    fr: 'répertoire qui conserve questions et réponses ; il contient des données de patients',
    nl: 'map die vragen en antwoorden bewaart; ze bevat gegevens van patiënten',
  },
  'the questions, one a line: key and SSIN with a tab between them, or JSON; - for stdin. Without it, answers to what was asked before':
    {
      fr: 'les questions, une par ligne : clé et NISS séparés par une tabulation, ou JSON ; - pour stdin. Sans cette option, les réponses à ce qui a été demandé',
      nl: 'de vragen, één per regel: sleutel en INSZ met een tab ertussen, of JSON; - voor stdin. Zonder deze optie: antwoorden op wat eerder gevraagd is',
    },
  'name of these questions in the store; batch by default': {
    fr: 'nom de ces questions dans le répertoire --store ; batch par défaut',
    nl: 'naam van deze vragen in de opslag; standaard batch',
  },
  'questions per post, 1 to 10000; 1000 by default': {
    fr: 'questions par envoi, de 1 à 10000 ; 1000 par défaut',
    nl: 'vragen per zending, 1 tot 10000; standaard 1000',
  },
  'address of the mailbox; those of two regions are not published': {
    fr: 'adresse de la boîte ; celles de deux régions ne sont pas publiées',
    nl: 'adres van de postbus; die van twee gewesten zijn niet gepubliceerd',
  },
  'seal questions and answers': {
    fr: 'chiffrer les questions et les réponses',
    nl: 'vragen en antwoorden versleutelen',
  },
  'one round: post, fetch what is there, end': {
    fr: 'un seul tour : envoyer, chercher ce qui est là, s’arrêter',
    nl: 'één ronde: verzenden, ophalen wat er is, stoppen',
  },
  'give --patient or --member': { fr: 'indiquez --patient ou --member', nl: 'geef --patient of --member' },
  '--member needs --mutuality': { fr: '--member demande --mutuality', nl: '--member vraagt --mutuality' },
  '--invoicing and --hospitalized are particulars of the insurability': {
    fr: '--invoicing et --hospitalized sont des précisions de l’assurabilité',
    nl: '--invoicing en --hospitalized horen bij de verzekerbaarheid',
  },
  'died {0}': { fr: 'décédé le {0}', nl: 'overleden op {0}' },
  '{0} until before {1}  mutuality {2}': {
    fr: 'du {0} jusqu’à la veille du {1}  mutualité {2}',
    nl: '{0} tot de dag vóór {1}  ziekenfonds {2}',
  },
  '  approval {0}': { fr: '  engagement {0}', nl: '  verbintenis {0}' },
  'the insurer pays the care provider: {0}': {
    fr: 'tiers payant : {0}',
    nl: 'de verzekeringsinstelling betaalt de zorgverlener: {0}',
  },
  'situation: {0}': { fr: 'situation : {0}', nl: 'situatie: {0}' },
  'in hospital {0} since {1}': { fr: 'à l’hôpital {0} depuis le {1}', nl: 'in ziekenhuis {0} sinds {1}' },
  'medical house {0}, {1}': { fr: 'maison médicale {0}, {1}', nl: 'wijkgezondheidscentrum {0}, {1}' },
  'global medical file: {0}': { fr: 'dossier médical global : {0}', nl: 'globaal medisch dossier: {0}' },
  'palliative since {0}': { fr: 'statut palliatif depuis le {0}', nl: 'palliatief statuut sinds {0}' },
  'chronic condition: {0}': { fr: 'affection chronique : {0}', nl: 'chronische aandoening: {0}' },
  'line {0} of the questions is no JSON': {
    fr: 'la ligne {0} des questions n’est pas du JSON',
    nl: 'regel {0} van de vragen is geen JSON',
  },
  'line {0} of the questions: expected a key and an SSIN with a tab between them': {
    fr: 'ligne {0} des questions : une clé et un NISS séparés par une tabulation sont attendus',
    nl: 'regel {0} van de vragen: een sleutel en een INSZ met een tab ertussen worden verwacht',
  },
  'kept {0} questions ({1})': { fr: '{0} questions conservées ({1})', nl: '{0} vragen bewaard ({1})' },
  'posted {0}': { fr: '{0} envoyé', nl: '{0} verzonden' },
  'waiting {0} s: {1}': { fr: 'attente de {0} s : {1}', nl: '{0} s wachten: {1}' },
  '{0} of {1} questions are answered': {
    fr: '{0} questions sur {1} ont une réponse',
    nl: '{0} van {1} vragen zijn beantwoord',
  },
  'refused: {0} with {1} questions {2}': {
    fr: 'refusé : {0} avec {1} questions {2}',
    nl: 'geweigerd: {0} met {1} vragen {2}',
  },
}
