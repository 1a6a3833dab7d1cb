import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about: 'Rehearse on this machine: something breaks, phones ring, a human answers. Under a minute',
  notes: `A web server of the drill's own, watched from three clouds, goes down. Layer 1 does not answer, layer 2 answers and presses nothing, layer 3 takes it.
The server returns, and all who were told are told. Then a thousand alerts of one project come at once, and one of another, whose phone must
ring all the same. Nothing leaves this machine, and no data of yours is touched.

--json prints one object; the timeline goes to standard error:
  ok              everything happened, exactly once
  detectedMs      from the server going down to the incident being opened
  firstCallMs     from the incident being opened to the first call being asked for
  escalations     layer, and fromEventMs: from Connect's event that the call before has ended to this layer's call
                  being asked for (goal: 1000 after a call that was not answered, 3000 after one without a key)
  acknowledgedBy  the contact who took it by a key
  resolvedMs      from the server being back to the incident being resolved
  storm           from the storm's alerts being sent: otherCallMs to the call about the other project's (at most 5000),
                  joinedMs to all of them being joined
  calls, messages how many there were
  lost            how many things did not happen that should have
  duplicates      how many happened more often than they should have: calls per layer, messages per recipient and change
  failures, data  when it failed: what in words, and the folder with the logs

Exit code 0 only if everything happened exactly once.

--region rehearses with two regions instead, their timelines side by side, and takes about a minute: the first is killed in the middle of a
ring and comes back; then the two are cut off from each other, and meet again. Exit code 0 only if the promise held (docs/guides/several-regions.md).
  takeoverMs      from the loss to the other region's call: a layer of 30 s and a guard of 5 s are waited for
  learntMs, metMs from being back, and together again, to the first region knowing that somebody has it
  calls           per incident and region; broken: what the promise was broken by`,
  phonesAt: (url: string) => `The phones ring at ${url}`,
  kept: (data: string) => `Logs, queues and tables are kept in ${data}`,
  calledOff: 'The rehearsal was called off.',
  inVain: (what: string) => `waited in vain: ${what}`,
}

const zh: typeof en = {
  about: '在本机演练：坏了、电话响、有人接听，不到一分钟',
  notes: `演练自带一台网页服务器，由三家云看着，它会停下。第一层不接，第二层接了不按键，第三层按键认领。服务器恢复，被告知过的人都会得知。
随后一个项目同时来一千条告警，另一个项目来一条，它的电话照样要响。什么都不会离开这台机器，也不碰你的数据。

--json 输出一个对象；时间线写到标准错误：
  ok              一切都发生了，且只发生一次
  detectedMs      从服务器停下到告警单打开
  firstCallMs     从告警单打开到请求第一通电话
  escalations     layer 为层；fromEventMs：从 Connect 报告上一通电话结束到请求本层的电话
                  （目标：无人接听后 1000，接听而未按键后 3000）
  acknowledgedBy  按键认领的联系人
  resolvedMs      从服务器恢复到告警单结束
  storm           从风暴的告警发出起：otherCallMs 到另一项目的电话（至多 5000），joinedMs 到全部归并
  calls, messages 各有多少
  lost            该发生而没有发生的有多少
  duplicates      发生次数过多的有多少：每层的电话，每个收信人、每次变化的消息
  failures, data  失败时：用文字说明的原因，以及存放日志的目录

只有一切都恰好发生一次，退出码才为 0。

--region 改为演练两个地域，时间线左右并排，约一分钟：第一个在响铃时被杀掉，再恢复；然后两者互相断开，又重新互通。
只有守住承诺，退出码才为 0（docs/guides/several-regions.zh-CN.md）。
  takeoverMs      从失去地域到另一个地域打出电话：其中一层 30 秒、保护 5 秒要等
  learntMs, metMs 从恢复、从重新互通，到第一个地域得知已有人处理
  calls           每张告警单、每个地域的电话；broken：承诺被什么打破`,
  phonesAt: (url) => `电话在 ${url} 响`,
  kept: (data) => `日志、队列和表保存在 ${data}`,
  calledOff: '演练已取消。',
  inVain: (what) => `白等了：${what}`,
}

/** The words of `drill` around what happens in it. */
export const drillWords: Record<Language, typeof en> = { en, zh }
