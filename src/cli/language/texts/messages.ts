import type { Texts } from '../types.js'

/** Messages of the eHealthBox and address book commands, and help of the latter. */
export const messagesTexts: Texts = {
  '{0} is not UTF-8: convert it, for instance with iconv -f WINDOWS-1252 -t UTF-8': {
    fr: '{0} n’est pas en UTF-8 : convertissez-le, par exemple avec iconv -f WINDOWS-1252 -t UTF-8',
    nl: '{0} is geen UTF-8: zet het om, bijvoorbeeld met iconv -f WINDOWS-1252 -t UTF-8',
  },
  '--all-boxes excludes --box': { fr: '--all-boxes exclut --box', nl: '--all-boxes sluit --box uit' },
  'the id of the message': { fr: 'l’identifiant du message', nl: 'het id van het bericht' },
  'nothing in {0}': { fr: 'rien dans {0}', nl: 'niets in {0}' },
  '{0} of {1} bytes ({2} %)': { fr: '{0} octets sur {1} ({2} %)', nl: '{0} van {1} bytes ({2} %)' },
  'the box is full: messages wait until there is room': {
    fr: 'la boîte est pleine : des messages attendent qu’il y ait de la place',
    nl: 'de postbus is vol: berichten wachten tot er plaats is',
  },
  'expected a number up to 100': {
    fr: 'un nombre jusqu’à 100 est attendu',
    nl: 'een getal tot 100 wordt verwacht',
  },
  '{0} takes QUALITY:TYPE:NUMBER with TYPE one of SSIN, NIHII, CBE, EHP': {
    fr: '{0} attend QUALITY:TYPE:NUMBER, où TYPE est SSIN, NIHII, CBE ou EHP',
    nl: '{0} vraagt QUALITY:TYPE:NUMBER, met als TYPE SSIN, NIHII, CBE of EHP',
  },
  'cannot be read: {0}': { fr: 'illisible : {0}', nl: 'onleesbaar: {0}' },
  body: { fr: 'corps', nl: 'inhoud' },
  'annex {0}': { fr: 'annexe {0}', nl: 'bijlage {0}' },
  'not an actor of the platform': { fr: 'pas un acteur de la plateforme', nl: 'geen actor van het platform' },
  'cannot be compared with the sender': {
    fr: 'ne peut être comparé avec l’expéditeur',
    nl: 'kan niet met de afzender vergeleken worden',
  },
  'is the sender': { fr: 'est l’expéditeur', nl: 'is de afzender' },
  'IS NOT THE SENDER': { fr: 'N’EST PAS L’EXPÉDITEUR', nl: 'IS NIET DE AFZENDER' },
  '({0}, {1} bytes: use --save)': {
    fr: '({0}, {1} octets : utilisez --save)',
    nl: '({0}, {1} bytes: gebruik --save)',
  },
  'accepted, without a MessageId': { fr: 'accepté, sans MessageId', nl: 'aanvaard, zonder MessageId' },
  'nothing was sent: recipients are out of office': {
    fr: 'rien n’a été envoyé : des destinataires sont absents',
    nl: 'er is niets verzonden: bestemmelingen zijn afwezig',
  },
  'absent {0} to {1}': { fr: 'absent du {0} au {1}', nl: 'afwezig van {0} tot {1}' },
  '  replaced by {0}': { fr: '  remplacé par {0}', nl: '  vervangen door {0}' },
  'no absences': { fr: 'aucune absence', nl: 'geen afwezigheden' },
  'nothing was declared: substitutes were refused': {
    fr: 'rien n’a été déclaré : des remplaçants ont été refusés',
    nl: 'er is niets aangegeven: vervangers werden geweigerd',
  },
  'cannot be a substitute': { fr: 'ne peut être remplaçant', nl: 'kan geen vervanger zijn' },
  deleted: { fr: 'supprimé', nl: 'verwijderd' },
  'not found': { fr: 'introuvable', nl: 'niet gevonden' },
  failed: { fr: 'échoué', nl: 'mislukt' },
  'moved to {0}': { fr: 'déplacé vers {0}', nl: 'verplaatst naar {0}' },
  'read {0}': { fr: 'lu le {0}', nl: 'gelezen op {0}' },
  'received {0}': { fr: 'reçu le {0}', nl: 'ontvangen op {0}' },
  'published {0}, not received: the box may be full': {
    fr: 'publié le {0}, non reçu : la boîte est peut-être pleine',
    nl: 'gepubliceerd op {0}, niet ontvangen: de postbus is misschien vol',
  },
  'nothing is known': { fr: 'rien n’est connu', nl: 'er is niets bekend' },
  '{0} handled, {1} failed, {2} set aside': {
    fr: '{0} traités, {1} échoués, {2} mis de côté',
    nl: '{0} verwerkt, {1} mislukt, {2} opzijgezet',
  },
  '{0} was set aside after {1} tries: {2}': {
    fr: '{0} a été mis de côté après {1} essais : {2}',
    nl: '{0} werd na {1} pogingen opzijgezet: {2}',
  },
  'the program ended with {0}': {
    fr: 'le programme s’est terminé avec {0}',
    nl: 'het programma eindigde met {0}',
  },
  'the address book: find professionals and organisations, their addresses and mailboxes': {
    fr: 'le carnet d’adresses : trouver des prestataires de soins et des organisations, leurs adresses et leurs boîtes',
    nl: 'het adresboek: zorgverleners en organisaties vinden, met hun adressen en postbussen',
  },
  'search; * stands for any letters in names': {
    fr: 'chercher ; * remplace des lettres quelconques dans les noms',
    nl: 'zoeken; * staat voor om het even welke letters in namen',
  },
  'whom to search; by default whom the criteria fit': {
    fr: 'qui chercher ; par défaut ceux que les critères concernent',
    nl: 'wie te zoeken; standaard voor wie de criteria gelden',
  },
  'SSIN:…, NIHII:…, CBE:… or EHP:…': {
    fr: 'SSIN:…, NIHII:…, CBE:… ou EHP:…',
    nl: 'SSIN:…, NIHII:…, CBE:… of EHP:…',
  },
  'of a professional; goes with --profession': {
    fr: 'd’un prestataire ; va avec --profession',
    nl: 'van een zorgverlener; gaat samen met --profession',
  },
  'beside --last-name': { fr: 'à côté de --last-name', nl: 'naast --last-name' },
  'for instance PHYSICIAN, NURSE': {
    fr: 'par exemple PHYSICIAN, NURSE',
    nl: 'bijvoorbeeld PHYSICIAN, NURSE',
  },
  'of an organisation; goes with --type': {
    fr: 'd’une organisation ; va avec --type',
    nl: 'van een organisatie; gaat samen met --type',
  },
  'of an organisation, for instance HOSPITAL': {
    fr: 'd’une organisation, par exemple HOSPITAL',
    nl: 'van een organisatie, bijvoorbeeld HOSPITAL',
  },
  'beside --profession or --type': {
    fr: 'à côté de --profession ou --type',
    nl: 'naast --profession of --type',
  },
  'of a professional': { fr: 'd’un prestataire', nl: 'van een zorgverlener' },
  'how many of the first to leave out': {
    fr: 'nombre de résultats à sauter',
    nl: 'hoeveel van de eerste weg te laten',
  },
  'one page of so many': { fr: 'taille d’une page', nl: 'één pagina van zoveel' },
  'how many at most; all of them otherwise': {
    fr: 'nombre maximal ; tous sinon',
    nl: 'hoeveel er hoogstens zijn; anders allemaal',
  },
  'addresses and mailboxes of one professional or organisation': {
    fr: 'adresses et boîtes d’un prestataire ou d’une organisation',
    nl: 'adressen en postbussen van één zorgverlener of organisatie',
  },
  'of whom a NIHII number is; a professional otherwise': {
    fr: 'à qui est un numéro INAMI ; à un prestataire sinon',
    nl: 'van wie een RIZIV-nummer is; anders van een zorgverlener',
  },
  '--max asks for one page, --limit goes through them: give one': {
    fr: '--max demande une page, --limit les parcourt : indiquez l’un des deux',
    nl: '--max vraagt één pagina, --limit doorloopt ze: geef er een van',
  },
  '{0} are not searched by {1}': {
    fr: '{0} : on ne cherche pas par {1}',
    nl: '{0}: hier wordt niet op {1} gezocht',
  },
  'nobody on this page': { fr: 'personne sur cette page', nl: 'niemand op deze pagina' },
  'there may be more: --offset {0}': {
    fr: 'il y en a peut-être d’autres : --offset {0}',
    nl: 'er zijn er misschien meer: --offset {0}',
  },
  'nobody was found': { fr: 'personne n’a été trouvé', nl: 'er is niemand gevonden' },
  '--type is of organisations': {
    fr: '--type concerne les organisations',
    nl: '--type geldt voor organisaties',
  },
  '{0} have no such number': {
    fr: '{0} : ce genre de numéro n’existe pas',
    nl: '{0}: dit soort nummer bestaat niet',
  },
  'nobody has this number': { fr: 'personne n’a ce numéro', nl: 'niemand heeft dit nummer' },
  'no eHealthBox': { fr: 'pas d’eHealthBox', nl: 'geen eHealthBox' },
  'a number is TYPE:NUMBER with TYPE one of SSIN, NIHII, CBE, EHP': {
    fr: 'un numéro est TYPE:NUMBER, où TYPE est SSIN, NIHII, CBE ou EHP',
    nl: 'een nummer is TYPE:NUMBER, met als TYPE SSIN, NIHII, CBE of EHP',
  },
}
