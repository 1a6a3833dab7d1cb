import { cut } from '../run/cut.ts'
import { fact } from '../run/fault.ts'
import type { HttpResponse } from './body.ts'
import type { HttpFault } from './faults.ts'
import type { HttpConditions, HttpSpec } from './spec.ts'
import type { StatusRange } from './status-range.ts'

/** More of a text than this is not quoted. */
const QUOTE_LIMIT = 40

/** Whether conditions need the body. */
export function needsBody({ down, degraded }: HttpSpec): boolean {
  return [down, degraded].some(
    ({ size, contains, without, matches, numbers, json }) =>
      (size ?? contains ?? without ?? matches ?? numbers ?? json) !== undefined,
  )
}

/** Whether a status is in one of the ranges, both ends included. */
export function isExpected(status: number, expected: StatusRange[]): boolean {
  return expected.some(([from, to]) => status >= from && status <= to)
}

/** What status and headers lack of what is expected; undefined if nothing. */
export function headShortcoming(expected: HttpConditions, response: HttpResponse): HttpFault | undefined {
  return statusShortcoming(expected, response) ?? headerShortcoming(expected, response)
}

/** An error status says enough by itself. */
function statusShortcoming({ status: expected }: HttpConditions, { status }: HttpResponse): HttpFault | undefined {
  if (expected === undefined || isExpected(status, expected)) return undefined
  return fact('http-status', { status, ...(status >= 400 ? {} : { expected }) })
}

/** Values are not told: a cookie may be among them. */
function headerShortcoming({ headers = {} }: HttpConditions, response: HttpResponse): HttpFault | undefined {
  for (const [header, expected] of Object.entries(headers)) {
    const value = response.headers[header]?.toString()
    if (expected === false && value !== undefined) return fact('header-unwanted', { header })
    if (expected === false) continue
    if (value === undefined) return fact('header-missing', { header })
    const texts = expected === true ? [''] : [expected].flat()
    if (!texts.some((text) => value.includes(text))) return fact('header-lacks', { header, texts: texts.map(quote) })
  }
  return undefined
}

function quote(text: string): string {
  return cut(text, QUOTE_LIMIT)
}
