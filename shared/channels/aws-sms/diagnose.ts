import type { Failure } from '../../contracts/failure.ts'
import { meaningOf } from '../../contracts/vendor-errors.ts'
import { asWritten } from '../../contracts/words.ts'
import type { Diagnosed, DiagnoseIo, Diagnosis } from '../diagnoses/diagnosis.ts'
import type { Found } from '../diagnoses/finding.ts'
import { readAny, SEND_TEXT, textFields } from './aws-sms.sender.ts'
import { errors } from './errors.ts'
import { found } from './findings.ts'
import type { Settings } from './settings.ts'

/** Dry runs are taken at five a second (SendTextMessage, DryRun): one after the other stays below. */
const MOST_NUMBERS = 20

/** Whether a text to each number that tries this route first would be taken: a dry run is checked like a text, and sent to nobody. */
export const diagnose: Diagnosis<Settings>['diagnose'] = (route, io) => [
  { subject: asWritten(route.name), ask: (signal) => account(route, io, signal) },
]

async function account(route: Diagnosed<Settings>, { aws }: DiagnoseIo, signal: AbortSignal): Promise<Found> {
  if (aws === undefined) return found('no-deployment')
  const numbers = (await route.numbers?.())?.slice(0, MOST_NUMBERS) ?? []
  if (numbers.length === 0) return found('no-numbers')
  const settings = await route.settings()
  const refusals: Failure[] = []
  for (const number of numbers) {
    const fields = { ...textFields(number, 'Fenghuo', settings), DryRun: true }
    const call = { service: 'sms-voice', method: 'POST', path: '/', headers: SEND_TEXT, signal } as const
    const response = await aws({ ...call, body: JSON.stringify(fields) }, settings.region)
    const delivery = readAny({ status: response.status, text: await response.text() })
    if (delivery === undefined) return found('no-answer', response.status)
    if (delivery.status !== 'sent' && 'failure' in delivery) refusals.push(delivery.failure)
  }
  const [first] = refusals
  if (first === undefined) return found('taken', numbers.length)
  const alike = refusals.filter(({ code }) => code === first.code).length
  const remedy = meaningOf(errors, first.code ?? '', first.said)?.remedy
  // Whoever asks signs with another key than the function does.
  const isAsker = first.class === 'bad-credentials' || first.code === 'AccessDeniedException'
  return found(isAsker ? 'asker-refused' : 'refused', first, { refused: alike, of: numbers.length }, remedy)
}
