/** Errors of the eHealthBox and the eBox of citizens, in French. */
import type { TextsOf } from '../types.js'

export const mailboxes = {
  'ehbox.no-recipient': {
    meaning: 'Un message a besoin d’au moins un destinataire.',
    hint: 'Nommez un destinataire dans `to`.',
  },
  'ehbox.recipient': {
    meaning: 'Un destinataire ou une boîte n’est pas nommé comme l’eHealthBox le demande.',
    hint: 'Donnez un seul numéro (ssin, nihii, cbe ou ehp) et la qualité, ou { id, type, subType, quality }.',
  },
  'ehbox.too-large': {
    meaning: 'Le message est plus grand que ce que l’eHealthBox accepte.',
    hint: 'Réduisez les annexes ou envoyez plusieurs messages.',
  },
  'ehbox.all-encrypted': {
    meaning: 'Un message à ALL ne peut être chiffré : personne sauf l’expéditeur ne pourrait le lire.',
    hint: 'Envoyez-le en clair, ou nommez les destinataires.',
  },
  'ehbox.clear-patient': {
    meaning: 'Un numéro de patient ne peut voyager que dans un message chiffré.',
    hint: 'Mettez `encrypt: true`.',
  },
  'ehbox.free-information': {
    meaning: 'Le texte libre et le tableau s’excluent.',
    hint: 'Donnez l’un des deux.',
  },
  'ehbox.content': {
    meaning: 'Un fichier ou un flux à envoyer ne peut être lu.',
    hint: 'Vérifiez que le fichier existe et peut être lu, et que le flux rend des octets.',
  },
  'ehbox.sender-key': {
    meaning:
      'L’expéditeur n’a pas de clé de chiffrement valable : il ne pourrait pas lire sa propre copie d’un message chiffré.',
    hint: 'Renouvelez la clé de chiffrement du keystore et publiez son jeton.',
  },
  'ehbox.no-substitute': {
    meaning: 'Un destinataire absent n’a pas de remplaçant et ne recevrait pas du tout le message.',
    hint: 'Envoyez-le quand même, ou nommez quelqu’un d’autre.',
  },
  'ehbox.absence': {
    meaning: 'L’absence enfreint une règle de l’eHealthBox.',
    hint: 'Une période dure et finit dans l’année et a cinq remplaçants au plus ; donnez les jours sous la forme YYYY-MM-DD.',
  },
  'ehbox.refused': {
    meaning: 'L’eHealthBox a refusé la demande avec un statut qui lui est propre.',
    hint: 'Lisez le texte de la plateforme dans `platform.messages` ; citez `platform.code` et `platform.id` à son centre de contact.',
  },
  'ehbox.digest': {
    meaning: 'Le contenu reçu n’est pas celui que l’expéditeur a déclaré.',
    hint: 'N’utilisez pas le contenu ; demandez à l’expéditeur de l’envoyer à nouveau.',
  },
  'ehbox.attachment-missing': {
    meaning: 'Le message renvoie à une pièce jointe que la réponse ne contient pas.',
    hint: 'Lisez le message à nouveau ; signalez-le si cela persiste.',
  },
  'ehbox.unsealed-field': {
    meaning: 'Un message qui se dit chiffré contient un champ qui ne l’est pas.',
    hint: 'N’utilisez pas le contenu ; demandez à l’expéditeur de l’envoyer à nouveau.',
  },
  'ehbox.mixed-authors': {
    meaning: 'Les parties chiffrées d’un même message ne viennent pas toutes de la même partie.',
    hint: 'N’utilisez pas le contenu : une partie a pu être échangée. Demandez à l’expéditeur de l’envoyer à nouveau.',
  },
  'ehbox.save': {
    meaning: 'Les fichiers d’un message ne peuvent être écrits.',
    hint: 'Vérifiez que le répertoire est accessible en écriture et a de la place. Le message compte comme lu.',
  },
  'ehbox.cursor': {
    meaning: 'Ce que retient une boucle de lecture ne peut être lu ou écrit.',
    hint: 'Vérifiez le fichier, son répertoire et la place sur le disque. Sans lui, les messages seraient remis une seconde fois.',
  },
  'ehbox.cursor-locked': {
    meaning: 'Un autre processus exécute une boucle de lecture avec le même curseur.',
    hint: 'Arrêtez-le d’abord. Si un tel processus n’existe pas, supprimez le fichier qui finit par `.lock`.',
  },
  'ehbox.folder': {
    meaning: 'Le dossier n’existe pas, ou un message ne peut y être lu.',
    hint: 'Lisez dans INBOX, SENTBOX ou HISTORY ; sortez un message de sa corbeille avant de le lire.',
  },
  'ehbox.move': {
    meaning: 'Les messages ne passent que d’un dossier à sa propre corbeille.',
    hint: 'De INBOX à BININBOX et de SENTBOX à BINSENTBOX, et retour.',
  },
  'ebox.forbidden': {
    meaning: 'L’eBox des citoyens n’accepte pas cette partie d’un message.',
    hint: 'Omettez-la : un citoyen est désigné par son seul numéro.',
  },
  'ebox.unknown': {
    meaning:
      'On ne sait pas comment l’eBox des citoyens prend cette partie d’un message ; elle n’est donc pas envoyée.',
    hint: 'Omettez-la, ou appelez vous-même l’opération (`eh2eboxOperations`) si le livre de recettes de l’eH2eBox vous dit comment.',
  },
  'ebox.refused': {
    meaning: 'L’eH2eBox a refusé la publication avec un statut qui lui est propre.',
    hint: 'Lisez le texte de la plateforme dans `platform.messages` ; citez `platform.code` et `platform.id` à son centre de contact.',
  },
} satisfies TextsOf<'ehbox' | 'ebox'>
