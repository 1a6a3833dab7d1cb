import type { Language } from '../contracts/words.ts'

/** A mistake in a configuration file. Line and column count from 1. */
export interface Problem {
  file: string
  line: number
  column: number
  /** The path of the key, such as `projects.pay.checks.web.interval`; empty for the file as a whole. */
  key: string
  /** Of what is wrong, for machines. */
  code: string
  /** What is wrong, and what would be right, in English; `zh`: in Chinese. */
  message: string
  zh: string
}

/**
 * Problems for a terminal, in the order of the files: `file:line:column key: message`. With `source`, the text of the
 * (only) file, each is followed by its line with a mark below the column.
 */
export function formatProblems(problems: Problem[], language: Language, source?: string): string {
  const lines = source?.split(/\r?\n/)
  return problems
    .map((problem) => {
      const head = `${problem.file}:${problem.line}:${problem.column} ${problem.key ? `${problem.key}: ` : ''}${language === 'zh' ? problem.zh : problem.message}`
      const line = lines?.[problem.line - 1]
      return line === undefined ? head : `${head}\n    ${line}\n    ${underline(line, problem.column)}`
    })
    .join('\n')
}

/** Wide characters (Chinese among them) take two columns of a terminal. */
function underline(line: string, column: number): string {
  const before = line.slice(0, column - 1)
  return `${before.replace(/[^\t]/gu, (character) => (isWide(character) ? '  ' : ' '))}^`
}

function isWide(character: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u.test(
    character,
  )
}

/** A problem as machines are shown it. */
export function shownProblem({ zh, message, ...problem }: Problem, language: Language): Omit<Problem, 'zh'> {
  return { ...problem, message: language === 'zh' ? zh : message }
}
