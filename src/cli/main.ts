#!/usr/bin/env node
import { main } from './program.js'

// A reader that has seen enough (`ehealth … | head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

process.exitCode = await main(process.argv.slice(2))
