import type { Language } from '../../shared/contracts/words.ts'

const en = {
  send: {
    about: 'Send an alert to the events queue, as any other system does',
    project: 'whose alert',
    summary: 'what is wrong, in a sentence',
    severity: (usual: string) => `(default: ${usual})`,
    sample: 'checkout fails',
    dedupKey: 'alerts of one key are one incident (default: a new one)',
    action: '(default: trigger)',
    title: 'what phones say, at most 12 characters without a dot',
    file: 'an alert, {"kind":"alerts",…} or {"projectName":…} as JSON; - is standard input',
    notes: 'Without flags and --file, JSON is read from standard input.',
    sent: (target: string, id: string) => `Sent to the events queue of ${target}: message ${id}`,
    over: (command: string) => `When it is over: ${command}`,
  },
  page: {
    about: 'Page whoever is on call with a test, to hear the phone ring',
    test: 'say that you mean it: phones will ring',
    project: 'whose policy and people',
    wait: 'tell what happens until somebody acknowledges, at most so long (30m)',
    notes: `It is a critical alert like any other, titled 测试 Test, and follows the policy: see bin/fenghuo.js route.
With --wait, exit code 1: nobody acknowledged.`,
    sent: (target: string, id: string) => `sent to the events queue of ${target}: message ${id}`,
    open: (number: number, command: string) =>
      `#${number} is open. When the phone rings, press the key that it names, or: ${command}`,
    done: (command: string) => `when you are done: ${command}`,
    acknowledged: (number: number, by: string) => `#${number} was acknowledged: ${by}`,
    resolved: (number: number) => `#${number} was resolved before anybody acknowledged it`,
    exhausted: (number: number) => `#${number}: nobody answered`,
    unanswered: (number: number) => `#${number}: nobody has answered so far`,
    notTime: 'should be a time such as 90s or 10m.',
  },
  sms: {
    about: 'Text messages',
    templates: "Print the templates to have approved at a text message vendor's; one set serves every project",
    notes: `Their ids go into fenghuo.yml: templates: { page: "…", resolved: "…", exhausted: "…" }; without one for
exhausted the page's is used. Those for the last resort are for probes in Tencent Cloud (numbered variables) and
Alibaba Cloud (named ones): LAST_RESORT_SMS_TEMPLATE. --language prints those of one language.`,
  },
}

const zh: typeof en = {
  send: {
    about: '像其他系统那样向事件队列发一条告警',
    project: '哪个项目的告警',
    summary: '出了什么事，一句话',
    severity: (usual) => `（默认：${usual}）`,
    sample: '收银台失败',
    dedupKey: '去重键相同的告警是同一张告警单（默认：新的一个）',
    action: '（默认：trigger）',
    title: '电话里念的标题，最多 12 个字，不含句点',
    file: 'JSON：一条告警、{"kind":"alerts",…} 或 {"projectName":…}；- 为标准输入',
    notes: '既没有写选项也没有 --file 时，从标准输入读取 JSON。',
    sent: (target, id) => `已发到${target}的事件队列：消息 ${id}`,
    over: (command) => `结束时：${command}`,
  },
  page: {
    about: '用一条测试呼叫正在值班的人，听电话响',
    test: '表示你是认真的：电话会响',
    project: '用哪个项目的策略和人',
    wait: '一直说明发生了什么，直到有人认领，最多这么久（30m）',
    notes: `它与其他 critical 告警一样，标题为「测试 Test」，按策略进行：见 bin/fenghuo.js route。
加 --wait 时，退出码 1 表示无人认领。`,
    sent: (target, id) => `已发到${target}的事件队列：消息 ${id}`,
    open: (number, command) => `#${number} 已打开。电话响时按它说的键，或者：${command}`,
    done: (command) => `完成之后：${command}`,
    acknowledged: (number, by) => `#${number} 已被认领：${by}`,
    resolved: (number) => `#${number} 在有人认领之前就结束了`,
    exhausted: (number) => `#${number}：无人应答`,
    unanswered: (number) => `#${number}：目前还无人应答`,
    notTime: '应为 90s 或 10m 这样的时间。',
  },
  sms: {
    about: '短信',
    templates: '打印要提交给短信厂商审核的模板；一套供所有项目使用',
    notes: `模板 ID 写进 fenghuo.yml：templates: { page: "…", resolved: "…", exhausted: "…" }；没有 exhausted 的就用 page 的。
兜底通知的模板给腾讯云（变量按编号）和阿里云（变量按名称）上的探针用：LAST_RESORT_SMS_TEMPLATE。--language 只打印一种语言的。`,
  },
}

/** The words of the commands that send something. */
export const sendingWords: Record<Language, typeof en> = { en, zh }
