import type { Texts } from '../types.js'

/** What a step of the demonstration did not find, when it fails. */
export const demoTexts: Texts = {
  'not verified: {0}': { fr: 'non vérifié : {0}', nl: 'niet geverifieerd: {0}' },
  'the token is valid now': { fr: 'le jeton est valable maintenant', nl: 'het token is nu geldig' },
  'the token is signed by the STS of this environment': {
    fr: 'le jeton est signé par le STS de cet environnement',
    nl: 'het token is ondertekend door de STS van deze omgeving',
  },
  'the profession is certified': { fr: 'la profession est certifiée', nl: 'het beroep is bevestigd' },
  'the token is for the recipient asked for': {
    fr: 'le jeton est pour le destinataire demandé',
    nl: 'het token is voor de gevraagde bestemmeling',
  },
  'the token has no blemish': { fr: 'le jeton est sans défaut', nl: 'het token heeft geen gebrek' },
  'the platform took the message': {
    fr: 'la plateforme a pris le message',
    nl: 'het platform nam het bericht aan',
  },
  'the letter is in the INBOX': { fr: 'la lettre est dans INBOX', nl: 'de brief ligt in INBOX' },
  'the letter is listed as encrypted, with an annex': {
    fr: 'la lettre est annoncée comme chiffrée, avec une annexe',
    nl: 'de brief staat als versleuteld in de lijst, met een bijlage',
  },
  'nothing about the letter is strange': {
    fr: 'rien d’étrange dans la lettre',
    nl: 'er is niets vreemds aan de brief',
  },
  'the message is a document': { fr: 'le message est un document', nl: 'het bericht is een document' },
  'every field was sealed': { fr: 'chaque champ était chiffré', nl: 'elk veld was versleuteld' },
  'the author is the physician': { fr: 'l’auteur est le médecin', nl: 'de auteur is de arts' },
  'the author is the sender that the platform names': {
    fr: 'l’auteur est l’expéditeur que la plateforme désigne',
    nl: 'de auteur is de afzender die het platform noemt',
  },
  'the text is the one that was sent': {
    fr: 'le texte est celui qui a été envoyé',
    nl: 'de tekst is degene die verzonden werd',
  },
  'there is one annex': { fr: 'il y a une annexe', nl: 'er is één bijlage' },
  'the annex is the one that was sent, byte for byte': {
    fr: 'l’annexe est celle qui a été envoyée, octet par octet',
    nl: 'de bijlage is degene die verzonden werd, byte voor byte',
  },
  'the annex was sealed with its title': {
    fr: 'l’annexe était chiffrée avec son titre',
    nl: 'de bijlage was met haar titel versleuteld',
  },
  'nothing about the message is strange': {
    fr: 'rien d’étrange dans le message',
    nl: 'er is niets vreemds aan het bericht',
  },
  'both recipients are listed': {
    fr: 'les deux destinataires figurent dans la liste',
    nl: 'beide bestemmelingen staan in de lijst',
  },
  'the message is published for the {0}': {
    fr: 'le message est publié pour {0}',
    nl: 'het bericht is gepubliceerd voor {0}',
  },
  'the {0} has received the message': { fr: '{0} a reçu le message', nl: '{0} heeft het bericht ontvangen' },
  'the {0} has read the message': { fr: '{0} a lu le message', nl: '{0} heeft het bericht gelezen' },
  'the platform moved the message': {
    fr: 'la plateforme a déplacé le message',
    nl: 'het platform heeft het bericht verplaatst',
  },
  'the message has left INBOX': { fr: 'le message a quitté INBOX', nl: 'het bericht is weg uit INBOX' },
  'the message is in BININBOX': { fr: 'le message est dans BININBOX', nl: 'het bericht ligt in BININBOX' },
  'the unchanged message opens': {
    fr: 'le message inchangé s’ouvre',
    nl: 'het ongewijzigde bericht gaat open',
  },
  'a changed message is refused': {
    fr: 'un message modifié est refusé',
    nl: 'een gewijzigd bericht wordt geweigerd',
  },
  'the simulator has a patient with a card': {
    fr: 'le simulateur a un patient avec une carte',
    nl: 'de simulator heeft een patiënt met een kaart',
  },
  'reading is denied without consent and link': {
    fr: 'la lecture est refusée sans consentement ni lien',
    nl: 'lezen wordt geweigerd zonder toestemming en relatie',
  },
  'both are missing': { fr: 'les deux manquent', nl: 'beide ontbreken' },
  'the consent was declared': { fr: 'le consentement a été déclaré', nl: 'de toestemming werd aangegeven' },
  'the register knows it': { fr: 'le registre le connaît', nl: 'het register kent ze' },
  'the link was declared': { fr: 'le lien a été déclaré', nl: 'de relatie werd aangegeven' },
  'the register knows one link': { fr: 'le registre connaît un lien', nl: 'het register kent één relatie' },
  'the platform filled in its end': {
    fr: 'la plateforme en a fixé la fin',
    nl: 'het platform heeft het einde ingevuld',
  },
  'reading is allowed by the link': {
    fr: 'la lecture est permise par le lien',
    nl: 'lezen is toegestaan door de relatie',
  },
}
