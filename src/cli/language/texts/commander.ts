import type { Texts } from '../types.js'

/** What commander words itself. Its errors stand in the order in which they are tried. */
export const commanderTexts: Texts = {
  'Usage:': { fr: 'Utilisation :', nl: 'Gebruik:' },
  'Arguments:': { fr: 'Arguments :', nl: 'Argumenten:' },
  'Options:': { fr: 'Options :', nl: 'Opties:' },
  'Global Options:': { fr: 'Options générales :', nl: 'Algemene opties:' },
  'Commands:': { fr: 'Commandes :', nl: 'Opdrachten:' },
  options: { fr: 'options', nl: 'opties' },
  command: { fr: 'commande', nl: 'opdracht' },
  'choices:': { fr: 'choix :', nl: 'keuzes:' },
  'default:': { fr: 'par défaut :', nl: 'standaard:' },
  'display help for command': { fr: 'afficher l’aide de la commande', nl: 'hulp bij de opdracht tonen' },
  'output the version number': { fr: 'afficher le numéro de version', nl: 'het versienummer tonen' },
  "error: missing required argument '{0}'": {
    fr: 'erreur : il manque l’argument obligatoire « {0} »',
    nl: "fout: het verplichte argument '{0}' ontbreekt",
  },
  "error: option '{0}' argument missing": {
    fr: 'erreur : il manque l’argument de l’option « {0} »',
    nl: "fout: het argument van de optie '{0}' ontbreekt",
  },
  "error: required option '{0}' not specified": {
    fr: 'erreur : il manque l’option obligatoire « {0} »',
    nl: "fout: de verplichte optie '{0}' ontbreekt",
  },
  "error: option '{0}' cannot be used with option '{1}'": {
    fr: 'erreur : l’option « {0} » ne va pas avec l’option « {1} »',
    nl: "fout: de optie '{0}' gaat niet samen met de optie '{1}'",
  },
  "error: unknown option '{0}'": {
    fr: 'erreur : option inconnue « {0} »',
    nl: "fout: onbekende optie '{0}'",
  },
  "error: unknown command '{0}'": {
    fr: 'erreur : commande inconnue « {0} »',
    nl: "fout: onbekende opdracht '{0}'",
  },
  'error: too many arguments. Expected {0} argument but got {1}.': {
    fr: 'erreur : trop d’arguments. Attendu : {0}, reçus : {1}.',
    nl: 'fout: te veel argumenten. Verwacht: {0}, gekregen: {1}.',
  },
  'error: too many arguments. Expected {0} arguments but got {1}.': {
    fr: 'erreur : trop d’arguments. Attendus : {0}, reçus : {1}.',
    nl: 'fout: te veel argumenten. Verwacht: {0}, gekregen: {1}.',
  },
  "error: too many arguments for '{0}'. Expected {1} argument but got {2}.": {
    fr: 'erreur : trop d’arguments pour « {0} ». Attendu : {1}, reçus : {2}.',
    nl: "fout: te veel argumenten voor '{0}'. Verwacht: {1}, gekregen: {2}.",
  },
  "error: too many arguments for '{0}'. Expected {1} arguments but got {2}.": {
    fr: 'erreur : trop d’arguments pour « {0} ». Attendus : {1}, reçus : {2}.',
    nl: "fout: te veel argumenten voor '{0}'. Verwacht: {1}, gekregen: {2}.",
  },
  "error: option '{0}' argument '{1}' is invalid. {2}": {
    fr: 'erreur : l’argument « {1} » de l’option « {0} » n’est pas valable. {2}',
    nl: "fout: het argument '{1}' van de optie '{0}' is niet geldig. {2}",
  },
  "error: command-argument value '{0}' is invalid for argument '{1}'. {2}": {
    fr: 'erreur : la valeur « {0} » de l’argument « {1} » n’est pas valable. {2}',
    nl: "fout: de waarde '{0}' van het argument '{1}' is niet geldig. {2}",
  },
  "error: option '{0}' value '{1}' from env '{2}' is invalid. {3}": {
    fr: 'erreur : la valeur « {1} » de l’option « {0} », prise dans la variable « {2} », n’est pas valable. {3}',
    nl: "fout: de waarde '{1}' van de optie '{0}', uit de variabele '{2}', is niet geldig. {3}",
  },
  'Allowed choices are {0}.': { fr: 'Choix possibles : {0}.', nl: 'Mogelijke keuzes: {0}.' },
  '(Did you mean {0}?)': { fr: '(Vouliez-vous dire {0} ?)', nl: '(Bedoelde u {0}?)' },
  '(Did you mean one of {0}?)': {
    fr: '(Vouliez-vous dire l’un de ceux-ci : {0} ?)',
    nl: '(Bedoelde u een van deze: {0}?)',
  },
}
