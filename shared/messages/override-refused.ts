import type { Wording } from '../contracts/fact.ts'
import type { Bilingual, Language } from '../contracts/words.ts'
import type { Contradiction } from '../oncall/contradiction.ts'
import type { OverrideRefused } from '../oncall/override-refused.ts'
import { notNamedWords } from './not-named.ts'

/** What two overrides say against each other, and the remedy. */
export const contradictions: Record<Contradiction, Bilingual> = {
  'two-stand-ins': {
    en: 'both stand in for the same turns: let one end before the other begins',
    zh: '两者替的是同一轮：让一个先结束，另一个再开始',
  },
  'not-there': {
    en: 'one brings in whom the other says is not there: take one of them out',
    zh: '一个让某人值班，另一个说此人不在：删掉其中一个',
  },
  'swapped-otherwise': {
    en: 'both move the same person’s turns: let one end before the other begins',
    zh: '两者调换了同一个人的轮次：让一个先结束，另一个再开始',
  },
}

/** Of an override that takes turns of somebody who has none. */
export function noTurns(person: string, schedule: string): Bilingual {
  return {
    en: `changes nothing: ${person} has no turns in ${schedule}. Name whose turns it is about, or the schedule in which they are`,
    zh: `不起作用：${person} 在 ${schedule} 没有轮次。写明换的是谁的，或写其所在的排班`,
  }
}

const wording: Wording<OverrideRefused> = {
  'nothing-applied': {
    en: () => 'nothing has been applied yet: run bin/fenghuo.js apply',
    zh: () => '还没有写入过任何人：执行 bin/fenghuo.js apply',
  },
  'not-named': {
    en: ({ what, name, known }) => notNamedWords(what, name, known).en,
    zh: ({ what, name, known }) => notNamedWords(what, name, known).zh,
  },
  'not-a-time': {
    en: ({ text }) => `"${text}" is no time: write \`Sat 18:00\`, \`18:00\`, now, 2026-12-05 or "2026-12-05 18:00"`,
    zh: ({ text }) => `“${text}”不是时间：写 \`Sat 18:00\`、\`18:00\`、now、2026-12-05 或 "2026-12-05 18:00"`,
  },
  'named-twice': { en: () => 'it names one person twice: name two', zh: () => '写的是同一个人：写两个人' },
  'ends-before-begin': {
    en: ({ from, to }) => `it ends (${to}) before it begins (${from})`,
    zh: ({ from, to }) => `结束（${to}）早于开始（${from}）`,
  },
  over: {
    en: ({ to }) => `it is over already (${to}): give a time to come`,
    zh: ({ to }) => `已经过去了（${to}）：写将来的时间`,
  },
  'no-time': {
    en: ({ zone }) => `it covers no time: the clocks of ${zone} skip all of it`,
    zh: ({ zone }) => `没有时间：${zone} 的时钟整段跳过了它`,
  },
  'too-long': {
    en: ({ most, turn }) =>
      turn === undefined
        ? `the note is longer than ${most} characters`
        : `${turn} is longer than ${most} days: name one turn`,
    zh: ({ most, turn }) => (turn === undefined ? `原因超过 ${most} 个字` : `${turn} 超过 ${most} 天：写一班`),
  },
  'too-many': {
    en: ({ most }) => `there are ${most} overrides already: take away those that are not needed`,
    zh: ({ most }) => `已有 ${most} 条替班：先撤销不需要的`,
  },
  'no-turns': {
    en: ({ person, schedule, turn }) =>
      turn === undefined
        ? noTurns(person, schedule).en
        : `${person} is not on call in ${schedule} (${turn}): name a turn of theirs`,
    zh: ({ person, schedule, turn }) =>
      turn === undefined
        ? noTurns(person, schedule).zh
        : `${person} 在 ${schedule} 的这段时间不值班（${turn}）：写其值班的一段`,
  },
  contradicts: {
    en: ({ other, why, isWritten }) =>
      `it contradicts ${other}: ${contradictions[why].en}${isWritten ? ' (it is one of oncall.yml)' : ''}`,
    zh: ({ other, why, isWritten }) =>
      `与 ${other} 矛盾：${contradictions[why].zh}${isWritten ? '（它写在 oncall.yml 里）' : ''}`,
  },
  unreadable: {
    en: ({ project, problem }) =>
      `the people of ${project} can't be read whole (${problem.en}): run bin/fenghuo.js apply`,
    zh: ({ project, problem }) => `${project} 的人员不能完整读出（${problem.zh}）：执行 bin/fenghuo.js apply`,
  },
  'not-theirs': {
    en: ({ what }) =>
      what === 'swap'
        ? 'only who was asked answers it, and only who asked takes it back; or an administrator'
        : 'your role does not allow it in every project of which it changes who is called: ask somebody whose does',
    zh: ({ what }) =>
      what === 'swap'
        ? '只有被请的人能答复，只有提出的人能收回；管理员也可以'
        : '它会改变谁被呼叫的项目里，有的不允许您这样做：请找有权限的人',
  },
  changed: {
    en: () => 'who is on call then has changed since it was asked: ask anew',
    zh: () => '提出之后，那段时间的值班已经变了：请重新提出',
  },
  busy: {
    en: ({ project }) => `somebody else keeps changing the people of ${project}: try again`,
    zh: ({ project }) => `别人一直在改 ${project} 的人员：请再试一次`,
  },
  'no-such-override': {
    en: ({ id }) => `no override has the id ${id}; those of oncall.yml go by taking them out there and apply`,
    zh: ({ id }) => `没有 ID 为 ${id} 的替班；oncall.yml 里的要在那里删掉再 apply`,
  },
}

/** Why an override is not made, or not taken away, and the remedy. */
export function overrideRefusedText(why: OverrideRefused, language: Language): string {
  const sentence = wording[why.code][language] as (args: OverrideRefused['args']) => string
  return sentence(why.args)
}
