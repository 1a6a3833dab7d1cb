import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js'

/** Whether a whole text is one that a pattern means. */
export type LinearPattern = (text: string) => boolean

/** What is no pattern in the syntax of RE2. */
export class NotAPattern extends Error {
  /** What RE2 says of it, in English, such as `missing closing )`. */
  readonly why: string

  constructor(why: string) {
    super(`no pattern: ${why}`)
    this.why = why
  }
}

/**
 * Compiles a regular expression in the syntax of RE2 (google/re2 wiki, "Syntax") that has to fit the whole text, as Prometheus' do. The
 * time that fitting takes grows with the text's length and never explodes, whoever wrote the pattern. Throws `NotAPattern`.
 */
export function linearPattern(source: string): LinearPattern {
  const compiled = compile(source)
  return (text) => compiled.testExact(text)
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    throw new NotAPattern(error instanceof RE2JSSyntaxException ? saidOf(error) : error.message)
  }
}

function saidOf({ error, input }: RE2JSSyntaxException): string {
  return input === null ? error : `${error}: ${input}`
}
