/** Errors of time stamps and the archive of prescriptions, in French. */
import type { TextsOf } from '../types.js'

export const timestamps = {
  'timestamp.altered': {
    meaning: 'Ce que dit l’horodatage a été modifié après sa signature.',
    hint: 'Ne l’utilisez pas comme preuve.',
  },
  'timestamp.answer': {
    meaning: 'L’autorité annonce un succès mais ne donne pas d’horodatage RFC 3161.',
    hint: 'Renvoyez la même demande ; si cela dure, prévenez le centre de contact.',
  },
  'timestamp.bag': {
    meaning: 'Le document n’est pas un lot d’horodatages.',
    hint: 'Vérifiez que c’est le document qui a été horodaté, octet pour octet.',
  },
  'timestamp.consultation': {
    meaning: 'Les archives de la plateforme ont répondu par une erreur.',
    hint: 'Vérifiez l’identifiant de l’hôpital et son certificat ; voir le code de la plateforme.',
  },
  'timestamp.expired': {
    meaning: 'Un certificat de l’autorité n’était pas valable au moment de l’horodatage.',
    hint: 'Ne l’utilisez pas comme preuve.',
  },
  'timestamp.future': {
    meaning: 'L’heure de l’horodatage est dans le futur.',
    hint: 'Vérifiez l’horloge de cette machine.',
  },
  'timestamp.input': {
    meaning: 'Ce qui doit être horodaté ou recherché n’est pas acceptable.',
    hint: 'Corrigez la valeur que nomme `path`.',
  },
  'timestamp.no-trust': {
    meaning: 'Il n’y a pas de magasin de confiance pour vérifier les horodatages.',
    hint: 'Donnez les certificats des autorités d’horodatage : `trust.timestampAuthority` de la configuration.',
  },
  'timestamp.nonce': {
    meaning: 'L’horodatage répond à une autre demande.',
    hint: 'Redemandez.',
  },
  'timestamp.not-a-timestamp': {
    meaning: 'Le message signé n’est pas un horodatage RFC 3161 avec exactement un signataire.',
    hint: 'Ne l’utilisez pas comme preuve.',
  },
  'timestamp.not-an-authority': {
    meaning:
      'Le signataire ne peut pas horodater : il manque à son certificat l’usage critique timeStamping, ou il en a d’autres à côté.',
    hint: 'Ne l’utilisez pas comme preuve.',
  },
  'timestamp.other-data': {
    meaning: 'L’horodatage porte sur d’autres données.',
    hint: 'Vérifiez que les données sont exactement les octets qui ont été horodatés.',
  },
  'timestamp.policy': {
    meaning: 'L’horodatage a été fait sous une autre politique que celles qui sont acceptées.',
    hint: 'Vérifiez auprès de l’autorité ce que promet la politique, et ajoutez-la à celles qui sont acceptées.',
  },
  'timestamp.refused': {
    meaning: 'L’autorité a refusé la demande.',
    hint: 'Ne renvoyez pas la même demande ; voir les codes de la plateforme.',
  },
  'timestamp.rejected': {
    meaning: 'L’autorité a répondu qu’elle ne donne pas d’horodatage.',
    hint: 'Voyez la raison dans `details.status` et `details.failure`, et redemandez.',
  },
  'timestamp.request-id': {
    meaning: 'La réponse de l’autorité appartient à une autre demande.',
    hint: 'N’utilisez pas la réponse ; renvoyez la même demande.',
  },
  'timestamp.responder': {
    meaning: 'L’autorité a un problème qui lui est propre.',
    hint: 'Renvoyez la même demande plus tard.',
  },
  'timestamp.revocation-unknown': {
    meaning: 'Personne n’a dit si l’autorité était révoquée au moment de l’horodatage.',
    hint: 'Vérifiez à nouveau plus tard, ou donnez une liste de révocation.',
  },
  'timestamp.revoked': {
    meaning: 'Un certificat de l’autorité était révoqué au moment de l’horodatage.',
    hint: 'Ne l’utilisez pas comme preuve ; faites horodater les données à nouveau.',
  },
  'timestamp.signature': {
    meaning: 'La signature de l’horodatage n’a pas pu être vérifiée.',
    hint: 'Ne l’utilisez pas comme preuve.',
  },
  'timestamp.stale': {
    meaning: 'L’heure de l’horodatage n’est pas entre l’envoi et la réception.',
    hint: 'Vérifiez l’horloge de cette machine.',
  },
  'timestamp.unbound': {
    meaning: 'Personne n’a dit sur quoi doit porter l’horodatage.',
    hint: 'Donnez les données, ou leur empreinte.',
  },
  'timestamp.unknown-signer': {
    meaning: 'Le certificat de l’autorité n’est ni dans l’horodatage ni dans le magasin de confiance.',
    hint: 'Gardez l’horodatage, ajoutez le certificat de l’autorité au magasin de confiance s’il est authentique, et vérifiez à nouveau.',
  },
  'timestamp.unreadable': {
    meaning:
      'Les octets ne sont ni un horodatage ni la réponse d’une autorité d’horodatage, dans aucun des encodages connus.',
    hint: 'Vérifiez que le jeton entier a été conservé, octet pour octet.',
  },
  'timestamp.untrusted': {
    meaning: 'Aucun chemin de certification ne mène de l’autorité au magasin de confiance.',
    hint: 'Gardez l’horodatage, ajoutez le certificat de l’autorité au magasin de confiance s’il est authentique, et vérifiez à nouveau.',
  },
  'timestamp.weak-digest': {
    meaning: 'L’horodatage repose sur une empreinte qui n’est pas acceptée.',
    hint: 'Acceptez explicitement SHA-1 là où de vieilles archives n’ont rien d’autre.',
  },
  'timestamp.wrong-signer': {
    meaning: 'L’horodatage nomme un autre certificat que celui qui l’a signé, ou aucun.',
    hint: 'Ne l’utilisez pas comme preuve.',
  },
  'prescription-archive.driver': {
    meaning:
      'Il n’y a pas de SQLite dans ce processus : Node.js n’en a pas d’intégré, et le paquet `libsql` n’est pas installé.',
    hint: 'Utilisez Node.js 22.13 ou plus récent, ou exécutez npm install libsql (binaires, rien n’est compilé).',
  },
  'prescription-archive.storage': {
    meaning: 'Le fichier des archives n’a pu être lu ou écrit ; rien n’a été pris.',
    hint: 'Vérifiez la place et les droits du disque, puis remettez la prescription : celle qui est connue garde son numéro.',
  },
  'prescription-archive.file': {
    meaning: 'Le fichier n’est pas une archive de prescriptions, ou est d’une version plus récente.',
    hint: 'Nommez le fichier avec lequel l’archive a été commencée ; mettez cette bibliothèque à jour si le fichier est plus récent.',
  },
  'prescription-archive.busy': {
    meaning:
      'Plus de prescriptions attendent d’être écrites que la file n’en peut tenir ; celle-ci n’a pas été prise.',
    hint: 'Remettez-la après une pause.',
  },
  'prescription-archive.too-large': {
    meaning: 'La prescription est plus grande que la limite.',
    hint: 'Relevez `maxBytes` si c’est voulu.',
  },
  'prescription-archive.leased': {
    meaning: 'Un autre processus fait et envoie les lots de cette archive.',
    hint: 'Laissez un seul processus le faire ; la relève est automatique quand celui-là s’arrête.',
  },
  'prescription-archive.closed': {
    meaning: 'L’archive a été fermée.',
    hint: 'Ouvrez-la à nouveau ; ce qui a été confirmé s’y trouve.',
  },
  'prescription-archive.watch': {
    meaning: 'Un répertoire surveillé, ou un fichier qu’il contient, ne peut être lu ou déplacé.',
    hint: 'Vérifiez que les répertoires existent et sont accessibles en écriture, et que `done` est sur le même système de fichiers.',
  },
} satisfies TextsOf<'timestamp' | 'prescription-archive'>
