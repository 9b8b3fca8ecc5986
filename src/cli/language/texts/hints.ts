import type { Texts } from '../types.js'

/** Hints of the library for one error, where a newcomer meets it; those of the catalogue stand in `errors/`. */
export const hintsTexts: Texts = {
  'Another program has the port: give another one, or none for any free one.': {
    fr: 'Un autre programme occupe ce port : donnez-en un autre, ou aucun pour un port libre.',
    nl: 'Een ander programma heeft die poort: geef een andere, of geen voor een vrije.',
  },
  'Stop that one, use it as it runs, or give this one a directory of its own.': {
    fr: 'Arrêtez cet autre simulateur, servez-vous de lui, ou donnez à celui-ci un répertoire à lui.',
    nl: 'Stop die andere simulator, gebruik hem zoals hij draait, of geef deze een eigen map.',
  },
  'Nothing listens there on this machine: start the simulator (`ehealth simulator`), or check the port.': {
    fr: 'Rien n’écoute là sur cette machine : démarrez le simulateur (`ehealth simulator`), ou vérifiez le port.',
    nl: 'Daar luistert niets op deze machine: start de simulator (`ehealth simulator`), of kijk de poort na.',
  },
  'Is the environment variable set that holds it?': {
    fr: 'La variable d’environnement qui le contient est-elle définie ?',
    nl: 'Is de omgevingsvariabele ingesteld die het bevat?',
  },
  'Give the certificate with which the STS of the environment signs, as `trust: { sts: [pem] }`, `--trust-sts FILE` or EHEALTH_TRUST_STS; the platform publishes it on its portal.':
    {
      fr: 'Donnez le certificat avec lequel signe le STS de l’environnement, par `trust: { sts: [pem] }`, `--trust-sts FILE` ou EHEALTH_TRUST_STS ; la plateforme le publie sur son portail.',
      nl: 'Geef het certificaat waarmee de STS van de omgeving tekent, met `trust: { sts: [pem] }`, `--trust-sts FILE` of EHEALTH_TRUST_STS; het platform publiceert het op zijn portaal.',
    },
}
