/**
 * The console of the simulator: one local page with a live view into it, and what the page asks for.
 *
 * @module
 */
export { createExchangeLog, type ExchangeLimits, type ExchangeLog } from './exchanges.js'
export { planOfJson } from './faultPlans.js'
export { startConsole, type ConsoleOptions, type SimulatorConsole } from './server.js'
