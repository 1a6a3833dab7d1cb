import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about: 'Bring the people of oncall.yml into the contacts table; shows the difference first',
  yes: 'without asking',
  dryRun: 'only show the difference',
  asWritten: 'take `start` as it is, though it changes who is on call now',
  notes: 'Each project gets those whom its policy can page, and their schedules and overrides.',
  applied: (projects: string, target: string) => `Applied to ${projects} of ${target}.`,
  again: (stage: string, region: string) =>
    `once it answers, run bin/fenghuo.js apply --stage ${stage} --region ${region}`,
  unchanged: 'Nothing was changed.',
  nobody: 'nobody',
  same: (target: string) => `No difference: ${target} has what oncall.yml says.`,
  kept: (schedule: string, layer: number | undefined, start: string) =>
    `${schedule}: ${layer === undefined ? '' : `layer ${layer + 1}, `}start ${start}, so that whoever is on call finishes the shift (--as-written: not so)`,
  keeps: (schedule: string, contacts: string[], until: string) =>
    `${schedule}: ${contacts.join(' + ') || 'nobody'} until ${until}, the end of the shift (--as-written: not so)`,
  shift: (schedule: string, from: string, after: string[], before: string[]) =>
    `${schedule}: from ${from} ${after.join(' + ') || 'nobody'} instead of ${before.join(' + ') || 'nobody'}`,
  start: (schedule: string, layer: number | undefined, start: string) =>
    `${schedule}${layer === undefined ? '' : ` (layer ${layer + 1})`} \`start: ${start}\``,
  more: (schedule: string, shifts: string) => `${schedule}: and ${shifts} within eight weeks`,
  written: (starts: string) => `Written into oncall.yml: ${starts}.`,
  write: (starts: string) => `Write into oncall.yml: ${starts}.`,
  question: (projects: string, target: string) => `Apply this to ${projects} of ${target}?`,
  lost: (override: string, by: string, missing: string) =>
    `the override ${override}, made by ${by}, goes: oncall.yml has no ${missing}`,
  contradicts: (override: string, by: string, other: string, rm: string) =>
    `${override}, made by ${by}, contradicts ${other}: ${rm}`,
  oldRow: 'a row with one number per layer: it is replaced',
}

const zh: typeof en = {
  about: '把 oncall.yml 里的人写入联系人表；先显示差别',
  yes: '不询问',
  dryRun: '只显示差别',
  asWritten: '按所写的 `start`，即使会改变现在谁值班',
  notes: '每个项目得到其策略可能呼叫的人，以及他们的排班和替班。',
  applied: (projects, target) => `已写入${target}的 ${projects}。`,
  again: (stage, region) => `等它应答后执行 bin/fenghuo.js apply --stage ${stage} --region ${region}`,
  unchanged: '没有改动任何东西。',
  nobody: '无人',
  same: (target) => `没有差别：${target}与 oncall.yml 一致。`,
  kept: (schedule, layer, start) =>
    `${schedule}：${layer === undefined ? '' : `第 ${layer + 1} 层，`}start 改为 ${start}，让正在值班的人值完这一班（--as-written 则不改）`,
  keeps: (schedule, contacts, until) =>
    `${schedule}：${contacts.join(' + ') || '无人'} 值到 ${until} 这一班结束（--as-written 则不然）`,
  shift: (schedule, from, after, before) =>
    `${schedule}：自 ${from} 起由 ${after.join(' + ') || '无人'} 值班，不再是 ${before.join(' + ') || '无人'}`,
  start: (schedule, layer, start) =>
    `${schedule}${layer === undefined ? '' : `（第 ${layer + 1} 层）`} \`start: ${start}\``,
  more: (schedule, shifts) => `${schedule}：八周之内还有 ${shifts}`,
  written: (starts) => `已写入 oncall.yml：${starts}。`,
  write: (starts) => `请写入 oncall.yml：${starts}。`,
  question: (projects, target) => `写入${target}的 ${projects}？`,
  lost: (override, by, missing) => `${by} 安排的替班 ${override} 不再有：oncall.yml 里没有 ${missing}`,
  contradicts: (override, by, other, rm) => `${by} 安排的 ${override} 与 ${other} 矛盾：${rm}`,
  oldRow: '每层一个号码的旧行：将被替换',
}

/** The words of `apply`. */
export const applyWords: Record<Language, typeof en> = { en, zh }
