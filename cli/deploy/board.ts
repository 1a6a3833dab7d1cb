import type { Instant, Language } from '../../shared/contracts/words.ts'
import type { CliIo } from '../io.ts'
import { cut, table } from '../table.ts'
import { several } from '../words/counts.ts'
import { deployWords } from '../words/deploy.ts'
import type { Course, Outcome } from './carry-out.ts'
import type { Deployment } from './deployments.ts'

const MS_PER_SECOND = 1000

/** A reason may be a list of all that is missing, and names the log. */
const TOLD_CHARACTERS = 600

const marks: Record<Exclude<Course['status'], 'waiting'>, string> = {
  running: '…',
  deployed: '✔',
  failed: '✖',
  'not tried': '-',
}

/** Shows how deployments get on: on a terminal all at once, else a line when one begins or ends. */
export class Board {
  readonly #io: CliIo
  readonly #startedAt: Instant
  readonly #courses: Map<string, Course>
  readonly #ticking: NodeJS.Timeout | undefined

  constructor(deployments: Deployment[], io: CliIo) {
    this.#io = io
    this.#startedAt = io.now()
    this.#courses = new Map(deployments.map(({ name }) => [name, { status: 'waiting', said: '' }]))
    // The seconds go on while nothing is heard.
    if (io.screen) this.#ticking = setInterval(() => this.#draw(), MS_PER_SECOND)
  }

  show(name: string, course: Course): void {
    const before = this.#courses.get(name)
    this.#courses.set(name, course)
    if (this.#io.screen) this.#draw()
    else if (before?.status !== course.status)
      this.#io.err(deployWords[this.#io.language].line(name, course.status, course.said))
  }

  /** Gives the terminal back. */
  leave(): void {
    clearInterval(this.#ticking)
    this.#io.screen?.leave()
  }

  #draw(): void {
    const { columns = 0, rows } = this.#io.screen?.size() ?? {}
    const lines = this.#lines().slice(0, rows)
    this.#io.screen?.draw(lines.map((line) => cut(line, columns)))
  }

  #lines(): string[] {
    const over = [...this.#courses.values()].filter(({ status }) => status !== 'waiting' && status !== 'running').length
    const seconds = Math.round((this.#io.now() - this.#startedAt) / MS_PER_SECOND)
    const { language } = this.#io
    const say = deployWords[language]
    const rows = [...this.#courses].map(([name, { status, said }]) => [
      status === 'waiting' ? say.waits : marks[status],
      name,
      said,
    ])
    return [
      say.progress(over, several(this.#courses.size, 'deployment', language), seconds),
      '',
      ...table(['', '', ''], rows).split('\n').slice(1),
    ]
  }
}

/** How all of them went. */
export function outcomeTable(deployments: Deployment[], outcomes: Outcome[], language: Language): string {
  const say = deployWords[language]
  const rows = deployments.flatMap(({ name }, index) => {
    const { status, said } = outcomes[index] ?? { status: 'not tried', said: '' }
    return [[say.status[status], name, said]]
  })
  return table(say.outcomes, rows, TOLD_CHARACTERS)
}
