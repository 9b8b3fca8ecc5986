import type { Command } from 'commander'

import { registerCreate } from './person/create.js'
import { registerGet } from './person/get.js'
import { registerHistory } from './person/history.js'
import { registerSearch } from './person/search.js'

/** `ehealth person get|search|history|create` */
export function registerPerson(program: Command): void {
  const person = program
    .command('person')
    .description(
      'the national register: look people up by number or by name, what became of numbers, new ones',
    )
  registerGet(person)
  registerSearch(person)
  registerHistory(person)
  registerCreate(person)
}
