import type { Language } from '../../shared/contracts/words.ts'

/** What commander says of bad usage, by its code; `named`: what its message quotes; `more`: what follows the message's first sentence. */
const chinese: Record<string, (named: string[], more: string) => string> = {
  'commander.unknownOption': ([option]) => `没有这个选项：${option}`,
  'commander.unknownCommand': ([command]) => `没有这个命令：${command}`,
  'commander.missingArgument': ([argument]) => `缺少参数：${argument}`,
  'commander.optionMissingArgument': ([option]) => `选项后面要写值：${option}`,
  'commander.missingMandatoryOptionValue': ([option]) => `必须写上选项：${option}`,
  'commander.conflictingOption': ([one, other]) => `选项 ${one} 和 ${other} 不能一起用`,
  'commander.excessArguments': () => '参数太多',
  'commander.invalidArgument': ([place, value], more) => `${place} 的值 ${value} 不对：${more}`,
}

/** What commander says no remedy of, unless it guesses one. */
const withoutRemedy = new Set([
  'commander.unknownOption',
  'commander.unknownCommand',
  'commander.missingArgument',
  'commander.optionMissingArgument',
  'commander.missingMandatoryOptionValue',
  'commander.excessArguments',
])

/**
 * Commander's message in the reader's language, with where to look: it has English alone, and quotes what was typed. `typed`: the
 * command, as in `bin/fenghuo.js region take`.
 */
export function usageText(message: string, code: string, language: Language, typed: string): string {
  const said = saidIn(message, code, language)
  if (!withoutRemedy.has(code) || message.includes('(Did you mean ')) return said
  return `${said}\n${language === 'zh' ? `（用法见 ${typed} --help）` : `(see ${typed} --help)`}`
}

function saidIn(message: string, code: string, language: Language): string {
  const told = language === 'zh' ? chinese[code] : undefined
  if (told === undefined) return message
  const quoted = [...message.matchAll(/'([^']*)'/g)].map(([, text = '']) => text)
  // Of an argument of a command it names the value first, of an option's the option.
  const named = message.startsWith('error: command-argument') ? quoted.toReversed() : quoted
  const [, more = ''] = /^.*?[.] ([\s\S]*)$/.exec(message) ?? []
  const [, choices] = /^Allowed choices are (.*)\.$/.exec(more) ?? []
  const [, meant] = /\(Did you mean (?:one of )?(.*)\?\)/.exec(message) ?? []
  const words = told(named, choices === undefined ? more : `可选 ${choices.replaceAll(', ', '、')}。`)
  return `错误：${words}${meant === undefined ? '' : `\n（是不是 ${meant}？）`}`
}
