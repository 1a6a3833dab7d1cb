import * as z from 'zod'
import { severity } from '../../contracts/words.ts'

/** A dotted path (`object.name`, `items.0.id`), a text with `{path}` in it, or a list of which the first that says anything is taken. */
const text = z.string().min(1).max(500)
const expression = z.union([text, z.array(text).min(1).max(10)])
const values = z.array(z.union([z.string(), z.number(), z.boolean()])).max(50)

/** How to read JSON of any shape. */
export const mapping = z.strictObject({
  each: text.exactOptional().meta({
    description:
      'The path of a list whose items are the alerts; the rest is read from each. A body without it is one alert.',
    zh: '告警列表的路径；其余各项从每个元素中读取。没有该列表的正文算一条告警。',
    examples: ['alerts'],
  }),
  action: z
    .union([
      expression,
      z.strictObject({
        path: expression.meta({ description: 'The field.', zh: '字段。', examples: ['state'] }),
        trigger: values
          .exactOptional()
          .meta({ description: 'Its values of a beginning.', zh: '表示开始的取值。', examples: [['firing']] }),
        acknowledge: values
          .exactOptional()
          .meta({ description: 'Its values of an acknowledgement.', zh: '表示认领的取值。', examples: [['ack']] }),
        resolve: values
          .exactOptional()
          .meta({ description: 'Its values of an end.', zh: '表示结束的取值。', examples: [['ok', 'resolved']] }),
      }),
    ])
    .exactOptional()
    .meta({
      description: 'What says whether it begins or ends, with the values of each; what is in no list begins.',
      zh: '说明是开始还是结束的字段，以及各自的取值；不在任何列表中的算开始。',
      examples: ['status', { path: 'state', resolve: ['ok'] }],
    }),
  dedupKey: expression.exactOptional().meta({
    description: 'What it is about: the same key is the same incident.',
    zh: '去重键：相同即同一张告警单。',
    examples: ['alertId'],
  }),
  summary: expression.exactOptional().meta({
    description: 'What has happened, in a line.',
    zh: '一句话说明发生了什么。',
    examples: ['{host}: {message}'],
  }),
  source: expression
    .exactOptional()
    .meta({ description: 'Where it happened.', zh: '发生在哪里。', examples: ['host'] }),
  severity: z
    .union([
      expression,
      z.strictObject({
        path: expression.meta({ description: 'The field.', zh: '字段。', examples: ['level'] }),
        map: z
          .record(z.string(), severity)
          .exactOptional()
          .meta({
            description: 'Its values → severities.',
            zh: '取值 → 严重程度。',
            examples: [{ P1: 'critical', P3: 'warning' }],
          }),
        default: z.exactOptional(severity).meta({ description: 'Of any other value.', zh: '其他取值的严重程度。' }),
      }),
    ])
    .exactOptional()
    .meta({
      description: 'How bad it is: a field, or a field with what its values mean.',
      zh: '严重程度：字段，或字段及其取值的含义。',
      examples: ['severity'],
    }),
  at: expression.exactOptional().meta({
    description: 'When: seconds, milliseconds, or ISO 8601.',
    zh: '时间：秒、毫秒或 ISO 8601。',
    examples: ['startsAt'],
  }),
  component: expression
    .exactOptional()
    .meta({ description: 'The part that is concerned.', zh: '相关的部件。', examples: ['service'] }),
  group: expression
    .exactOptional()
    .meta({ description: 'What it belongs to.', zh: '所属的组。', examples: ['cluster'] }),
  class: expression
    .exactOptional()
    .meta({ description: 'What kind of trouble.', zh: '异常的类别。', examples: ['rule'] }),
  runbook: expression.exactOptional().meta({
    description: 'Where what to do is written: a URL.',
    zh: '处置手册的 URL。',
    examples: ['annotations.runbook'],
  }),
  labels: z
    .record(z.string(), expression)
    .exactOptional()
    .meta({
      description: 'Labels of the alert: name → where it is read from.',
      zh: '告警的标签：名称 → 从哪里读取。',
      examples: [{ team: 'labels.team' }],
    }),
  links: z
    .array(
      z.strictObject({
        href: expression.meta({ description: 'The URL.', zh: 'URL。', examples: ['links.0.url'] }),
        text: expression
          .exactOptional()
          .meta({ description: 'What it says.', zh: '链接文字。', examples: ['links.0.title'] }),
      }),
    )
    .max(20)
    .exactOptional()
    .meta({ description: 'Links that messages show.', zh: '消息中显示的链接。' }),
})
export type Mapping = z.infer<typeof mapping>
export type Expression = z.infer<typeof expression>
