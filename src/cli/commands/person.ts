import type { Command } from 'commander'

import { registerGet } from './person/get.js'
import { registerHistory } from './person/history.js'
import { registerSearch } from './person/search.js'

/** `ehealth person get|search|history` */
export function registerPerson(program: Command): void {
  const person = program
    .command('person')
    .description('the national register: look people up by number or by name, and what became of numbers')
  registerGet(person)
  registerSearch(person)
  registerHistory(person)
}
