import { Argument, type Command } from 'commander'

import { print } from '../output.js'
import { bashScript, fishScript, zshScript, type CommandWords } from '../completion.js'

const shells = { bash: bashScript, zsh: zshScript, fish: fishScript }

/** `ehealth completion bash|zsh|fish`; reads what the other commands have registered. */
export function registerCompletion(program: Command): void {
  program
    .command('completion')
    .description('print the program that lets a shell complete commands, options and their choices')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(shells)))
    .action((shell: keyof typeof shells) => print(shells[shell](wordsOf(program))))
}

/** Every command below `command` by its path (` ehbox list`), the root by the empty one. */
function wordsOf(command: Command, path = ''): CommandWords[] {
  const below = command.commands.filter((one) => one.name() !== 'help')
  const options = command.options.filter(({ hidden }) => !hidden)
  const choices = options.flatMap(({ long, argChoices }) =>
    long && argChoices ? [{ option: long, choices: argChoices }] : [],
  )
  return [
    {
      path,
      commands: below.map((one) => one.name()),
      options: [...options.flatMap(({ long }) => long ?? []), '--help'],
      choices,
      values: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    },
    ...below.flatMap((one) => wordsOf(one, `${path} ${one.name()}`)),
  ]
}
