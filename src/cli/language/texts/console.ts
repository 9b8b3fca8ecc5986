import type { Texts } from '../types.js'

export const consoleTexts: Texts = {
  'the console is at {0}': { fr: 'la console est à l’adresse {0}', nl: 'de console staat op {0}' },
  'a page for the browser that shows what happens, at a secret address on loopback': {
    fr: 'une page pour le navigateur qui montre ce qui se passe, à une adresse secrète sur la machine même',
    nl: 'een pagina voor de browser die toont wat er gebeurt, op een geheim adres op deze machine',
  },
  '--ui-port goes with --ui': { fr: '--ui-port se donne avec --ui', nl: '--ui-port gaat samen met --ui' },
  'TCP port of that page; any free one by default': {
    fr: 'port TCP de cette page ; un port libre quelconque par défaut',
    nl: 'TCP-poort van die pagina; standaard een willekeurige vrije',
  },
}
