import type { Language } from '../../shared/contracts/words.ts'

const en = {
  oncall: {
    about: 'Who is on call now, and next; a week of it, or the gaps ahead',
    schedules: 'all of them when absent',
    at: "such as 2026-12-05T18:30, `Sat 18:00`: by the schedule's clock (default: now)",
    week: 'the shifts of seven days, as a table and as a calendar',
    gaps: 'when nobody is on call in the next four weeks',
    verified: 'when each channel of each person was last seen to reach them, in the incidents of 90 days',
    who: 'WHO',
    never: 'never',
    proofs: { key: 'key', answered: 'answered', arrived: 'arrived', sent: 'sent' },
    console:
      'as this console tells it: https://HOST, its token in FENGHUO_CONSOLE_TOKEN (default with --deployed and --verified: FENGHUO_CONSOLE_URL)',
    deployed: 'by the contacts table, in place of oncall.yml; so is every deployment that you name',
    notes:
      'Exit code 1: somewhere nobody is on call, or of --verified somebody’s phone was never answered. What is shown is what pages: `route` and the engine ask the same function.',
    none: (source: string) => `${source} has no schedules: its policies page contacts.`,
    head: ['SCHEDULE', 'ON CALL', 'UNTIL', 'ZONE', 'NEXT'],
    by: (source: string) => `(by ${source})`,
    shifts: ['FROM', 'TO', 'ON CALL'],
    noGap: (days: number) => `No gap in the next ${days} days.`,
    gapsHead: ['NOBODY IN', 'FROM', 'TO', 'ZONE'],
  },
  override: {
    about: 'Put somebody on call for a while, at once; ls lists what is otherwise, rm takes one away, away is leave',
    schedule: 'of oncall.yml',
    contact: 'who stands in',
    from: '`Sat 18:00` and `18:00` are the next one; or now, 2026-12-05, "2026-12-05 18:00"',
    to: 'likewise, after that',
    for: "in this person's place only",
    add: 'beside whoever is on call',
    remove: 'not on call: whoever is next has the turn',
    swap: "each has the other's turns",
    note: 'why, for people',
    as: 'who makes it (default: the user of this machine)',
    notes: "Times are wall-clock times in the schedule's zone. It counts at once, and `apply` keeps it.",
    away: 'Somebody is away, from every schedule',
    whoIsAway: 'who is away',
    ls: 'What is otherwise, now and later',
    rm: 'Take one away that was made here',
    id: 'as ls shows it',
    nothing: 'Nothing is otherwise than the rotations say.',
    head: ['ID', 'WHAT AND WHEN', 'BY', 'NOTE', 'PROJECTS'],
    again: (id: string, stage: string, region: string) =>
      `once it answers, run bin/fenghuo.js override rm ${id} --stage ${stage} --region ${region}`,
    brought: (stage: string, region: string) =>
      `once it answers, run bin/fenghuo.js apply --stage ${stage}, which brings it to ${region}, too`,
    behind: (region: string) => `${region} has not taken it: once it answers, \`apply\` brings it there`,
    left: (region: string) =>
      `${region} has not taken it: it still counts there, and \`apply\` would bring it back everywhere; once it answers, say the same again`,
    already: (override: string) => `It is so already: ${override}.`,
    sameAsBefore: (schedule: string) =>
      `nobody’s turn changes by it: in that time ${schedule} has the same people without it, see bin/fenghuo.js oncall ${schedule} --week`,
    gone: (override: string, projects: string) => `Taken away: ${override} (${projects})`,
  },
  calendar: {
    about: 'Print the addresses of calendars: of schedules, and of the shifts of contacts',
    names: 'schedules and contacts; all schedules when absent',
    json: 'a list for machines',
    notes: `Google Calendar, Apple Calendar, Outlook and WeCom subscribe to it. Whoever has an address can read who is on call: it is good until the
deployment's secret is another.
A deployment is asked by lambda:GetFunctionConfiguration, lambda:GetFunctionUrlConfig and ssm:GetParameters.`,
  },
  contacts: {
    about: 'What people keep of Fenghuo on their phones',
    vcard: 'A contact with the numbers that call: a phone lets it through while it is silent',
    notes:
      'Import it, then switch on "Emergency Bypass" for its ringtone and text tone (iOS), or star it and allow starred contacts (Android).',
  },
}

const zh: typeof en = {
  oncall: {
    about: '现在谁值班，下一位是谁；一周的班次，或今后的空档',
    schedules: '不写则为全部排班',
    at: '如 2026-12-05T18:30、`Sat 18:00`：按该排班的时钟（默认：现在）',
    week: '七天的班次，列成表和日历',
    gaps: '今后四周里什么时候无人值班',
    verified: '每人的每个渠道上次何时确实联系到（90 天内的告警单）',
    who: '谁',
    never: '从未',
    proofs: { key: '按键', answered: '接听', arrived: '送达', sent: '已发' },
    console:
      '以这个控制台为准：https://主机，令牌放在 FENGHUO_CONSOLE_TOKEN（与 --deployed、--verified 一起时默认 FENGHUO_CONSOLE_URL）',
    deployed: '按联系人表，而不是 oncall.yml；指明了部署时也是如此',
    notes:
      '退出码 1：有排班无人值班，或 --verified 时有人的电话从未接通。这里显示的就是会呼叫的人：`route` 和引擎问的是同一个函数。',
    none: (source) => `${source} 没有排班：策略直接呼叫联系人。`,
    head: ['排班', '值班', '直到', '时区', '下一位'],
    by: (source) => `（按 ${source}）`,
    shifts: ['从', '到', '值班'],
    noGap: (days) => `今后 ${days} 天没有空档。`,
    gapsHead: ['无人值班的', '从', '到', '时区'],
  },
  override: {
    about: '立即让某人值班一段时间；ls 列出与轮值不同的安排，rm 撤销一个，away 是休假',
    schedule: 'oncall.yml 里的排班',
    contact: '谁来替班',
    from: '`Sat 18:00` 和 `18:00` 指最近的下一次；也可写 now、2026-12-05、"2026-12-05 18:00"',
    to: '同上，在那之后',
    for: '只替这个人',
    add: '与当班的人一起值班',
    remove: '不值班：由下一位接替',
    swap: '两人互换轮次',
    note: '原因，给人看',
    as: '谁安排的（默认：本机用户）',
    notes: '时间是该排班时区的当地时间。立即生效，`apply` 会保留它。',
    away: '某人休假，退出所有排班',
    whoIsAway: '谁休假',
    ls: '现在和以后，哪些与轮值不同',
    rm: '撤销一个在这里做的安排',
    id: 'ls 所显示的',
    nothing: '一切都按轮值，没有别的安排。',
    head: ['ID', '内容和时间', '安排人', '原因', '项目'],
    again: (id, stage, region) => `等它应答后执行 bin/fenghuo.js override rm ${id} --stage ${stage} --region ${region}`,
    behind: (region) => `${region} 没有收下：等它应答后，\`apply\` 会把它带到那里`,
    left: (region) => `${region} 没有收下：那里它还算数，此时 \`apply\` 会把它带回各处；等它应答后再执行一次`,
    brought: (stage, region) => `等它应答后执行 bin/fenghuo.js apply --stage ${stage}，把它也带到 ${region}`,
    already: (override) => `已经如此：${override}。`,
    sameAsBefore: (schedule) =>
      `它没有改变任何人的班次：这段时间 ${schedule} 本来就由同样的人值班，见 bin/fenghuo.js oncall ${schedule} --week`,
    gone: (override, projects) => `已撤销：${override}（${projects}）`,
  },
  calendar: {
    about: '打印日历订阅地址：各排班的，以及各联系人的班次',
    names: '排班和联系人；不写则为全部排班',
    json: '输出 JSON 列表，供程序读取',
    notes: `Google 日历、Apple 日历、Outlook 和企业微信都可以订阅。拿到地址就能看到谁值班，直到部署的密钥更换。
查询部署需要 lambda:GetFunctionConfiguration、lambda:GetFunctionUrlConfig 和 ssm:GetParameters。`,
  },
  contacts: {
    about: '大家在手机上保存的烽火联系人',
    vcard: '含有来电号码的联系人：手机静音时也放行',
    notes: '导入后，为它的铃声和短信铃声打开“紧急绕行”（iOS），或加星标并允许星标联系人来电（Android）。',
  },
}

/** The words of the commands about who is on call. */
export const oncallWords: Record<Language, typeof en> = { en, zh }
