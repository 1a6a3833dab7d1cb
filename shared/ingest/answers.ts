import { alertNoteIn } from '../messages/alert-notes.ts'
import type { Answers, Problem } from './format.ts'

/** How many of many mistakes are told. */
const MOST_PROBLEMS = 10

/** The answers of a format whose sender only looks at the status: 202 with what was taken, 503 on trouble of ours. */
export function plainAnswers(status: { taken: number; busy: 429 | 503 }): Answers {
  return {
    taken: ({ dedupKeys, notes }) => ({
      status: status.taken,
      body: {
        status: 'success',
        alerts: dedupKeys.length,
        dedup_keys: dedupKeys.slice(0, 100),
        ...(notes.length > 0 && { warnings: notes.slice(0, MOST_PROBLEMS).map((note) => alertNoteIn('en', note)) }),
      },
    }),
    refused: (problems) => ({ status: 400, body: { status: 'invalid', errors: problemLines(problems) } }),
    unknownKey: () => ({
      status: 401,
      body: { status: 'unauthorized', errors: ['no project has this key'] },
      headers: { 'www-authenticate': 'Basic realm="fenghuo", charset="UTF-8"' },
    }),
    busy: (afterSeconds) => ({
      status: status.busy,
      body: { status: 'busy', errors: ['not taken: send it again'] },
      headers: { 'retry-after': String(afterSeconds) },
    }),
    tooLarge: ({ dedupKeys }, limit) => ({
      status: 413,
      body: {
        status: 'too large',
        errors: [`more than ${limit} bytes: paged without details`],
        alerts: dedupKeys.length,
      },
    }),
  }
}

/** Mistakes as lines: `alerts.0.labels: should be an object`. */
export function problemLines(problems: Problem[]): string[] {
  return problems.slice(0, MOST_PROBLEMS).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
}
