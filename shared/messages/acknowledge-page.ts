import { spaced } from '../contracts/spaced.ts'
import type { Language } from '../contracts/words.ts'
import { isRenewable } from '../incidents/ack-end.ts'
import type { Incident } from '../incidents/incident.ts'
import type { PersonName } from '../incidents/notice.ts'
import { cutCharacters, SUMMARY_CHARACTERS } from './cut.ts'
import { escapeHtml } from './escape-html.ts'
import { summaryIn, titleIn } from './facts.ts'
import { partlyText } from './needed.ts'
import { words as said } from './words.ts'

type Word = 'invalid' | 'expired' | 'over' | 'not-found' | 'failed'

const words = {
  zh: {
    title: '认领告警',
    who: '您是哪一位？点自己的名字认领，群里会看到：',
    other: (name: string) => spaced`我不是${name}`,
    told: '选了别人的名字，群里会看到。',
    sure: '由您处理，停止呼叫其他人：',
    unanswered: '按了没有反应？换一个地域：',
    silence: '静默 1 小时',
    silencer: '由谁静默：',
    silenced: (name: string) => spaced`${name}已静默 1 小时，期间不呼叫任何人；到时仍未恢复，会再次呼叫。`,
    silent: '静默中，暂不呼叫任何人。',
    maintained: '维护中，暂不呼叫任何人。',
    take: (name: string) => spaced`${name}认领`,
    acknowledged: (name: string) => spaced`${name}已认领，电话已停止。`,
    resolved: '已恢复，无需操作。',
    closed: (name: string) => spaced`${name}已关闭，无需操作。`,
    invalid: `链接无效。请从原消息重新打开，或在电话中按键认领。`,
    missed: (regions: string[]) => spaced`还未能告知 ${regions.join('、')}：那里若在呼叫，联系上后一分钟内停止。`,
    expired: '链接已过期：一天内有效。请打开新的消息，或在电话中按键认领。',
    over: '这条链接对应的告警已结束。再次发生的，请用新消息里的链接。',
    unknown: '这里没有这张告警单，或已被遗忘。',
    'not-told': (region: string) =>
      spaced`链接由 ${region} 发出，这里还没有收到这张告警单，或已被遗忘。稍后再打开，或在电话中按键认领。`,
    'open-at': '在另一个地域打开：',
    'not-found': '没有这个页面。',
    failed: `系统暂时没有应答，认领可能没有记录。请刷新重试，或在电话中按键认领。`,
    system: '系统',
  },
  en: {
    title: 'Acknowledge',
    who: 'Who are you? Your own name takes it, and the group is told:',
    other: (name: string) => `I am not ${name}`,
    told: 'The group is told that another name was picked here.',
    sure: 'You take it, and nobody else is called:',
    unanswered: 'No answer? By another region:',
    silence: 'Silence for 1 h',
    silencer: 'Who silences it:',
    silenced: (name: string) =>
      `${name} has silenced it for 1 h: nobody is called until then, and again if it still burns.`,
    silent: 'It is silenced, and calls nobody for now.',
    maintained: 'It is under maintenance, and calls nobody for now.',
    take: (name: string) => `${name}: I take it`,
    acknowledged: (name: string) => `${name} has it. The phones are quiet.`,
    resolved: 'It has recovered. Nothing to do.',
    closed: (name: string) => `${name} has closed it. Nothing to do.`,
    invalid: `This link is not valid. Open it again from the message, or press the key in the call.`,
    missed: (regions: string[]) =>
      `${regions.join(', ')} could not be told: what calls there stops within a minute of being reached.`,
    expired: 'This link has expired: it holds for a day. Open a newer message, or press the key in the call.',
    over: 'The incident of this link is over. What has broken again since has a link of its own.',
    unknown: 'This incident is not known here, or is forgotten.',
    'not-told': (region: string) =>
      `${region} has sent this link. Its incident is not known here yet, or is forgotten. Open it again in a moment, or press the key in the call.`,
    'open-at': 'Open it at another region:',
    'not-found': 'There is no such page.',
    failed: `We cannot look right now, and may not have noted it. Load this page again, or press the key in the call.`,
    system: 'The system',
  },
}

/**
 * Shows what is asked, and a button for each person who may take it; or who has it already. Whom the browser has said to be before is
 * `chosen`, and the others are a step away. `elsewhere`: the pages of other regions, to which the same can be sent. `silencedBy`: who has just
 * silenced it by this page; `missed`: the regions that could not be told of that.
 */
export function questionPage(
  incident: Incident,
  { people, chosen }: { people: PersonName[]; chosen?: PersonName },
  token: string,
  language: Language,
  {
    elsewhere = [],
    silencedBy,
    missed = [],
  }: { elsewhere?: string[]; silencedBy?: string | undefined; missed?: string[] | undefined } = {},
): string {
  const text = words[language]
  let head = `<h1>#${incident.number} ${escapeHtml(titleIn(language, incident))}</h1>${condition(incident, language)}`
  if (incident.status === 'resolved') {
    const by = incident.resolved?.by?.name
    const over = by === undefined ? text.resolved : escapeHtml(text.closed(by))
    return page(language, text.title, `${head}<p class="done">${over}</p>`)
  }
  const partly = incident.status === 'open' ? partlyText(incident, language) : undefined
  if (partly !== undefined) head += done(partly)
  const { phase, pause } = incident.escalation
  const silence = phase === 'paused' && pause?.cause.code === 'silenced' ? pause.cause.args : undefined
  const isSilent = silence !== undefined
  // Whose press comes while it is silent already has silenced nothing: how long that lasts another one has said.
  if (isSilent) head += done(silence.maintenance ? text.maintained : text.silent)
  else if (silencedBy !== undefined) head += done(text.silenced(silencedBy))
  if (missed.length > 0) head += done(text.missed(missed))
  if (incident.status === 'acknowledged') {
    const name = incident.acknowledged?.by?.name ?? text.system
    head += done(text.acknowledged(name))
    // Whoever is about to lose it takes it once more.
    if (!isRenewable(incident)) return page(language, text.title, head)
  }
  const may = chosen ? [chosen] : people
  const isLoud = incident.status === 'open' && !isSilent && silencedBy === undefined
  const quiet = isLoud ? silenceForm(may, token, language) : ''
  const form = (some: PersonName[], action = 'ack') =>
    `<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="t" value="${escapeHtml(token)}">${some.map((one) => button(one, language)).join('')}</form>`
  const again = elsewhere.map((action) => form(may, action)).join('')
  const otherwise = again && `<details><summary>${text.unanswered}</summary>${again}</details>`
  if (chosen === undefined) {
    const ask = people.length === 1 ? text.sure : text.who
    return page(language, text.title, `${head}<p>${ask}</p>${form(people)}${quiet}${otherwise}`)
  }
  const others = form(people.filter(({ contact }) => contact !== chosen.contact))
  const away = `<details><summary>${escapeHtml(text.other(chosen.name))}</summary><p>${text.told}</p>${others}</details>`
  return page(language, text.title, `${head}<p>${text.sure}</p>${form([chosen])}${quiet}${away}${otherwise}`)
}

/** Has it call nobody for an hour, which is not to take it: of several people whoever does so says who they are. */
function silenceForm(people: PersonName[], token: string, language: Language): string {
  const text = words[language]
  const [only, ...others] = people
  if (only === undefined) return ''
  const fields = `<input type="hidden" name="t" value="${escapeHtml(token)}">`
  const press = `<button class="less" name="do" value="silence">${text.silence}</button>`
  const open = '<form method="post" action="ack">'
  if (others.length === 0)
    return `${open}${fields}<input type="hidden" name="contact" value="${escapeHtml(only.contact)}">${press}</form>`
  const options = people.map((one) => `<option value="${escapeHtml(one.contact)}">${escapeHtml(one.name)}</option>`)
  const who = `<label>${text.silencer} <select name="contact" required><option></option>${options.join('')}</select></label>`
  return `<details><summary>${text.silence}</summary>${open}${fields}${who}${press}</form></details>`
}

function done(text: string): string {
  return `<p class="done">${escapeHtml(text)}</p>`
}

function button({ contact, name }: PersonName, language: Language): string {
  return `<button name="contact" value="${escapeHtml(contact)}">${escapeHtml(words[language].take(name))}</button>`
}

/** What is wrong; a long one is folded: the button is to be seen without a search. */
function condition(incident: Incident, language: Language): string {
  const text = `${incident.projectTitle} · ${conditionOf(incident, language)}`
  const short = cutCharacters(text, SUMMARY_CHARACTERS)
  if (short === text) return `<p>${escapeHtml(text)}</p>`
  return `<details class="whole"><summary>${escapeHtml(short)}</summary><p>${escapeHtml(text)}</p></details>`
}

/** What a check found, in the reader's words; of an alert from elsewhere, what it says of itself. */
function conditionOf(incident: Incident, language: Language): string {
  const say = said[language]
  const { severity, state } = incident
  return state === undefined ? summaryIn(language, incident) : `${say.severity[severity]} ${say.state[state]}`
}

/** A page in HTML with one sentence and nothing to press. */
export function messagePage(word: Word, language: Language): string {
  return page(language, words[language].title, `<h1>烽火</h1><p>${words[language][word]}</p>`)
}

/** The page of a link whose incident this region does not know; `elsewhere`: the same at the others, of which `sentBy` has sent it. */
export function unknownPage(language: Language, elsewhere: string[], sentBy?: string): string {
  const text = words[language]
  const said = sentBy === undefined ? text.unknown : text['not-told'](sentBy)
  const links = elsewhere.map((href) => `<a href="${escapeHtml(href)}">${escapeHtml(new URL(href).host)}</a>`)
  const open = links.length === 0 ? '' : `<p>${text['open-at']} ${links.join(' ')}</p>`
  return page(language, text.title, `<h1>烽火</h1><p>${escapeHtml(said)}</p>${open}`)
}

function page(language: Language, title: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title><style>
html{background:Canvas;color:CanvasText}
body{font:17px/1.6 system-ui,sans-serif;max-width:28rem;margin:12vh auto;padding:0 1.2rem;overflow-wrap:anywhere}
h1{font-size:1.4rem;margin:0 0 .4rem}
button{display:block;width:100%;margin:.7rem 0;padding:.9rem;font:inherit;font-weight:600;border:0;border-radius:.6rem;background:#c2410c;color:#fff}
button.less{padding:.6rem;border:1px solid;background:none;color:inherit}
select{font:inherit;padding:.5rem;max-width:100%}
summary{margin-top:1.6rem;opacity:.7}
.whole summary{margin:0;opacity:1}
.done{padding:.9rem;border-radius:.6rem;background:#16653422;font-weight:600}
</style></head><body><main>${body}</main></body></html>`
}
