import * as z from 'zod/mini'
import { name as contactName } from '../contracts/name.ts'
import { MAKER_CHARACTERS, NOTE_CHARACTERS } from '../contracts/override-limits.ts'
import type { Override } from './plan.ts'
import { moment } from './schema.ts'

const spell = {
  from: moment.check(
    z.meta({
      description: "From when: wall-clock time in the schedule's zone.",
      zh: '开始时间：排班时区的当地时间。',
      examples: ['2026-12-05 18:00'],
    }),
  ),
  to: moment.check(
    z.meta({ description: 'Until when, not included.', zh: '结束时间，不含。', examples: ['2026-12-07 10:00'] }),
  ),
  note: z
    .exactOptional(z.string().check(z.maxLength(NOTE_CHARACTERS)))
    .check(z.meta({ description: 'Why, for people.', zh: '原因，给人看。', examples: ['林悦休假'] })),
}

const ofSchedule = {
  schedule: contactName.check(z.meta({ description: 'The schedule.', zh: '哪个排班。', examples: ['sre'] })),
}

/** Each kind of override, by the key that only it has. */
const overrideKinds = {
  contact: {
    ...ofSchedule,
    contact: contactName.check(z.meta({ description: 'Who stands in.', zh: '替班的人。', examples: ['zhao'] })),
    for: z.exactOptional(contactName).check(
      z.meta({
        description: 'Whose turns.',
        zh: '替谁。',
        absent: { en: 'of everybody on call', zh: '当班的所有人' },
        examples: ['lin'],
      }),
    ),
    ...spell,
  },
  add: {
    ...ofSchedule,
    add: contactName.check(
      z.meta({ description: 'Who is on call as well.', zh: '加入值班的人。', examples: ['zhao'] }),
    ),
    ...spell,
  },
  remove: {
    ...ofSchedule,
    remove: contactName.check(
      z.meta({
        description: 'Who is not on call; whoever is next has their turn.',
        zh: '不值班的人；由下一位接替。',
        examples: ['lin'],
      }),
    ),
    ...spell,
  },
  swap: {
    ...ofSchedule,
    swap: z
      .pipe(
        z.array(contactName).check(z.length(2)),
        z.transform(([one = '', other = '']: string[]): [string, string] => [one, other]),
      )
      .check(
        z.meta({
          description: 'Two who have each other’s turns.',
          zh: '互换轮次的两个人。',
          examples: [['lin', 'wang']],
        }),
      ),
    ...spell,
  },
  away: {
    away: contactName.check(
      z.meta({
        description: 'Who is away: off every schedule, in each by its own zone; whoever is next has their turns.',
        zh: '休假的人：退出所有排班（各按其时区），由下一位接替。',
        examples: ['lin'],
      }),
    ),
    ...spell,
  },
}

const made = z.exactOptional(
  z.strictObject({
    id: z.string().check(z.maxLength(40)),
    by: z.string().check(z.maxLength(MAKER_CHARACTERS)),
    at: z.number(),
  }),
)

const kinds = {
  contact: z.strictObject(overrideKinds.contact),
  add: z.strictObject(overrideKinds.add),
  remove: z.strictObject(overrideKinds.remove),
  swap: z.strictObject(overrideKinds.swap),
  away: z.strictObject(overrideKinds.away),
}

/** What oncall.yml may hold, by the key that tells the kinds apart. */
export const overrideByKind: Record<keyof typeof kinds, z.ZodMiniType<Override>> = kinds

/** An override as oncall.yml has it. */
export const override: z.ZodMiniType<Override> = z.union(Object.values(kinds))

/** An override as the table has it, with where it was made. */
export const keptOverride: z.ZodMiniType<Override> = z.union(
  Object.values(kinds).map((kind) => z.extend(kind, { made })),
)
