import { Command, type ErrorOptions, Help, type Option } from 'commander'
import type { Language } from '../shared/contracts/words.ts'
import { width } from './table.ts'
import { programWords } from './words/program.ts'
import { usageText } from './words/usage.ts'

/** A command whose help, and what it says of bad usage, is in one language, and of all commands below it. */
export class SpokenCommand extends Command {
  readonly language: Language

  constructor(name: string | undefined, language: Language) {
    super(name)
    this.language = language
    this.helpOption('-h, --help', programWords[language].help)
  }

  override createCommand(name?: string): SpokenCommand {
    return new SpokenCommand(name, this.language)
  }

  override createHelp(): Help {
    return Object.assign(new SpokenHelp(this.language), this.configureHelp())
  }

  override error(message: string, options: ErrorOptions = {}): never {
    const { parent } = this
    // A command that goes without its name is given what was typed for the name of another.
    if (options.code === 'commander.excessArguments' && parent !== null && parent.args[0] !== this.name())
      return parent.error(`error: unknown command '${this.args[0]}'`, { code: 'commander.unknownCommand' })
    return super.error(usageText(message, options.code ?? '', this.language, this.#typed()), options)
  }

  /** As it is typed, with those that it is below. */
  #typed(): string {
    return this.parent instanceof SpokenCommand ? `${this.parent.#typed()} ${this.name()}` : this.name()
  }

  /** Adds what the help says at its end: notes, and examples of how it is typed. */
  withNotes(notes: string, ...examples: string[]): this {
    const { example } = programWords[this.language]
    const shown = examples.map((line) => `  ${line}`).join('\n')
    return this.addHelpText('after', `${notes && `\n${notes}\n`}\n${example(examples.length)}\n${shown}`)
  }
}

class SpokenHelp extends Help {
  readonly #language: Language

  constructor(language: Language) {
    super()
    this.#language = language
  }

  override styleTitle(title: string): string {
    const { heading } = programWords[this.#language]
    return Object.hasOwn(heading, title) ? heading[title as keyof typeof heading] : title
  }

  override formatHelp(command: Command, helper: Help): string {
    const help = super.formatHelp(command, helper)
    // A full-width colon needs no blank after it.
    return this.#language === 'zh' ? help.replace('： ', '：') : help
  }

  override commandUsage(command: Command): string {
    return this.#worded(super.commandUsage(command))
  }

  override subcommandTerm(command: Command): string {
    return this.#worded(super.subcommandTerm(command))
  }

  #worded(usage: string): string {
    const { parts } = programWords[this.#language]
    return usage.replace(/\[(options|command)\]/g, (_, part: keyof typeof parts) => `[${parts[part]}]`)
  }

  override displayWidth(text: string): number {
    return width(text)
  }

  override optionDescription({ description, argChoices, defaultValue }: Option): string {
    const { choices, default: usual } = programWords[this.#language]
    const more = [
      ...(argChoices ? [choices(argChoices.join(this.#language === 'zh' ? '、' : ', '))] : []),
      ...(defaultValue === undefined ? [] : [usual(String(defaultValue))]),
    ]
    const told = more.length === 0 ? '' : this.#language === 'zh' ? `（${more.join('；')}）` : ` (${more.join(', ')})`
    return `${description}${told}`.trim()
  }
}
