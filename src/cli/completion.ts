/** Programs for shells, made from what the commands have registered. */

/** What may follow a command. */
export interface CommandWords {
  /** ` ehbox list`; empty for `ehealth` itself. */
  path: string
  commands: readonly string[]
  options: readonly string[]
  /** Options that take one of a few words. */
  choices: readonly { option: string; choices: readonly string[] }[]
  /** Words that an argument may be. */
  values: readonly string[]
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
const words = ({ commands, options, values }: CommandWords): string =>
  quoted([...commands, ...values, ...options].join(' '))

/** For bash 3.2 and later; where nothing is known it completes names of files. */
export function bashScript(all: readonly CommandWords[]): string {
  const paths = all.filter(({ path }) => path !== '').map(({ path }) => quoted(path))
  const choices = all.flatMap(({ path, choices: known }) =>
    known.map(
      ({ option, choices: list }) => `    ${quoted(`${path} ${option}`)}) words=${quoted(list.join(' '))} ;;`,
    ),
  )
  return [
    '# bash completion for ehealth: source <(ehealth completion bash)',
    '_ehealth() {',
    '  local current=${COMP_WORDS[COMP_CWORD]} path= word words=',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "$path $word" in',
    `      ${paths.join('|')}) path="$path $word" ;;`,
    '    esac',
    '  done',
    '  case "$path ${COMP_WORDS[COMP_CWORD-1]}" in',
    ...choices,
    '  esac',
    '  [[ -n $words ]] || case "$path" in',
    ...all.map((one) => `    ${quoted(one.path)}) words=${words(one)} ;;`),
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _ehealth ehealth',
  ].join('\n')
}

/** For zsh, by its own reader of bash completions. */
export function zshScript(all: readonly CommandWords[]): string {
  return [
    '#compdef ehealth',
    '# zsh completion for ehealth: source <(ehealth completion zsh)',
    'autoload -U +X bashcompinit && bashcompinit',
    bashScript(all),
  ].join('\n')
}

/** For fish 3 and later. */
export function fishScript(all: readonly CommandWords[]): string {
  const paths = all.filter(({ path }) => path !== '').map(({ path }) => quoted(path))
  const list = (many: readonly string[]): string => many.map(quoted).join(' ')
  return [
    '# fish completion for ehealth: ehealth completion fish | source',
    'function __ehealth_words',
    '  set -l path ""',
    '  set -l tokens (commandline -opc)',
    '  for word in $tokens[2..-1]',
    `    contains -- "$path $word" ${paths.join(' ')}; and set path "$path $word"`,
    '  end',
    '  switch "$path $tokens[-1]"',
    ...all.flatMap(({ path, choices }) =>
      choices.flatMap(({ option, choices: known }) => [
        `    case ${quoted(`${path} ${option}`)}`,
        `      printf '%s\\n' ${list(known)}`,
        '      return',
      ]),
    ),
    '  end',
    '  switch "$path"',
    ...all.flatMap((one) => [
      `    case ${quoted(one.path)}`,
      `      printf '%s\\n' ${list([...one.commands, ...one.values, ...one.options])}`,
    ]),
    '  end',
    'end',
    "complete -c ehealth -a '(__ehealth_words)'",
  ].join('\n')
}
