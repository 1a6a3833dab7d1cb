import { expect, it } from 'vitest'
import * as z from 'zod'
import { FACT_CHARACTERS } from '../../shared/contracts/fact-limit.ts'
import { rejectionOf, rejectionOfText } from '../../shared/contracts/rejection.ts'
import { factIn } from '../../shared/messages/facts.ts'

const rejected = (schema: z.ZodType, value: unknown) => {
  const read = schema.safeParse(value)
  return read.success ? expect.fail('the schema takes it') : rejectionOf('not-a-report', read.error.issues)
}

it('a rejection holds no words of the schema, which has them in one language only', () => {
  const schema = z.strictObject({ at: z.number().refine((at) => at > 0, 'time runs forward') })
  const rejection = rejected(schema, { at: -1, moon: 'full' })

  expect(rejection.fact.args).toEqual({ places: ['at: custom', 'moon: unrecognized_keys'] })
  expect(rejection.message).toBe('not-a-report: at: custom; moon: unrecognized_keys')
  expect(factIn('zh', rejection.fact)).toBe('无法识别的探针上报（at: custom; moon: unrecognized_keys）')
})

it('a rejection is a fact of ordinary length, whatever a sender writes', () => {
  const names = Array.from({ length: 50 }, (_, index) => `${index}\u0000\ud83d"\\${'\u0007"'.repeat(500)}`)
  const { fact } = rejected(z.strictObject({}), Object.fromEntries(names.map((name) => [name, 1])))

  expect(JSON.stringify(fact).length).toBeLessThan(FACT_CHARACTERS)
  expect(JSON.stringify(fact)).not.toContain('\\u')
  expect(JSON.stringify(rejectionOfText('\u0000'.repeat(9_000)).fact).length).toBeLessThan(FACT_CHARACTERS)
})
