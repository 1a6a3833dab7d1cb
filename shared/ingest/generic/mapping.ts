import * as z from 'zod'

/** A dotted path (`object.name`, `items.0.id`), a text with `{path}` in it, or a list of which the first that says anything is taken. */
const text = z.string().min(1).max(500)
const expression = z.union([text, z.array(text).min(1).max(10)])
const values = z.array(z.union([z.string(), z.number(), z.boolean()])).max(50)

/** How to read JSON of any shape. */
export const mapping = z.strictObject({
  each: text.exactOptional().describe('The path of a list whose items are the alerts; the rest is read from each.'),
  action: z
    .union([
      expression,
      z.strictObject({
        path: expression,
        trigger: values.exactOptional(),
        acknowledge: values.exactOptional(),
        resolve: values.exactOptional(),
      }),
    ])
    .exactOptional()
    .describe('What says whether it begins or ends, with the values of each; what is in no list begins.'),
  dedupKey: expression.exactOptional(),
  summary: expression.exactOptional(),
  source: expression.exactOptional(),
  severity: z
    .union([
      expression,
      z.strictObject({
        path: expression,
        map: z.record(z.string(), z.enum(['critical', 'error', 'warning', 'info'])).exactOptional(),
        default: z.enum(['critical', 'error', 'warning', 'info']).exactOptional(),
      }),
    ])
    .exactOptional(),
  at: expression.exactOptional().describe('Seconds, milliseconds, or ISO 8601.'),
  component: expression.exactOptional(),
  group: expression.exactOptional(),
  class: expression.exactOptional(),
  runbook: expression.exactOptional(),
  labels: z.record(z.string(), expression).exactOptional(),
  links: z
    .array(z.strictObject({ href: expression, text: expression.exactOptional() }))
    .max(20)
    .exactOptional(),
})
export type Mapping = z.infer<typeof mapping>
export type Expression = z.infer<typeof expression>
