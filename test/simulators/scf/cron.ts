// Timer expressions: cloud.tencent.com/document/product/583/9708. `L`, `W` and `#`, which newer pages name, are not taken.
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/** Seconds, minutes, hours, day, month, weekday, year. */
const FIELDS: { name: string; min: number; max: number; names?: string[] }[] = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'weekday', min: 0, max: 6, names: DAYS },
  { name: 'year', min: 1970, max: 2099 },
]

/** Says whether a timer is due in the second of `at`: milliseconds on the timer's own clock, read as if it were UTC. */
export type Cron = (at: number) => boolean

/** Reads an expression of seven fields, or of the older five without second and year. Throws what is wrong with it. */
export function readCron(text: string): Cron {
  const given = text.trim().split(/\s+/)
  const fields = given.length === 5 ? ['0', ...given, '*'] : given
  if (fields.length !== FIELDS.length) throw new Error(`a cron has 7 fields, "${text}" has ${given.length}`)
  const sets = FIELDS.map((field, index) => readField(fields[index] ?? '', field))
  const [seconds, minutes, hours, days, months, weekdays, years] = sets as [
    Values,
    Values,
    Values,
    Values,
    Values,
    Values,
    Values,
  ]
  const [anyDay, anyWeekday] = [isAny(fields[3]), isAny(fields[5])]

  return (at) => {
    const date = new Date(at)
    const day = days.has(date.getUTCDate())
    const weekday = weekdays.has(date.getUTCDay())
    // When both are given, either is enough.
    const dayFits = anyDay || anyWeekday ? day && weekday : day || weekday
    return (
      seconds.has(date.getUTCSeconds()) &&
      minutes.has(date.getUTCMinutes()) &&
      hours.has(date.getUTCHours()) &&
      dayFits &&
      months.has(date.getUTCMonth() + 1) &&
      years.has(date.getUTCFullYear())
    )
  }
}

type Values = ReadonlySet<number>

function isAny(field: string | undefined): boolean {
  return field === '*' || field === '?'
}

function readField(text: string, { name, min, max, names }: (typeof FIELDS)[number]): Values {
  const wrong = (what: string) => new Error(`the ${name} "${text}" ${what}`)
  const value = (word: string): number => {
    const named = names?.indexOf(word.toUpperCase()) ?? -1
    if (named >= 0) return named + min
    if (!/^\d+$/.test(word)) throw wrong('is not understood')
    const number = Number(word)
    if (number < min || number > max) throw wrong(`is not within ${min} to ${max}`)
    return number
  }
  const mayBeOpen = name === 'day' || name === 'weekday'
  const values = text.split(',').flatMap((part) => {
    const [range = '', step, ...more] = part.split('/')
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) throw wrong('has a step that is none')
    const [from, to] = readRange(range === '?' && mayBeOpen ? '*' : range, step !== undefined)
    if (from > to) throw wrong('runs backwards')
    const by = Number(step ?? 1)
    return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by)
  })
  return new Set(values)

  function readRange(range: string, stepped: boolean): [number, number] {
    if (range === '*') return [min, max]
    const ends = range.split('-')
    if (ends.length > 2) throw wrong('is not understood')
    const from = value(ends[0] ?? '')
    if (ends[1] !== undefined) return [from, value(ends[1])]
    return [from, stepped ? max : from]
  }
}
