/** The console's page: its sections, its header, and the stream of what happens. */
import { accessSection } from './access.js'
import { byId } from './dom.js'
import { exchangesSection, startExchanges } from './exchanges.js'
import { faultsSection, startFaults } from './faults.js'
import { startHeader } from './header.js'
import { listen } from './live.js'
import { mailboxesSection } from './mailboxes.js'
import { registerSection, startRegister } from './register.js'
import { startRouting } from './routing.js'

startHeader()
startExchanges()
startRegister()
startFaults()
startRouting([exchangesSection, mailboxesSection, accessSection, registerSection, faultsSection])
listen()

// The address names what is shown; going to the content does not change it.
byId('skip').addEventListener('click', (event) => {
  event.preventDefault()
  byId('content').focus()
})
