import { InvalidArgumentError } from 'commander'
import { OWN_PROJECT } from '../shared/contracts/compiled-config.ts'
import { inEach } from '../shared/contracts/in-each.ts'
import { ownProperty } from '../shared/contracts/own-property.ts'
import type { Instant, Language } from '../shared/contracts/words.ts'
import type { Incident } from '../shared/incidents/incident.ts'
import type { Action, PersonName } from '../shared/incidents/notice.ts'
import { formatReference } from '../shared/incidents/reference.ts'
import { viaText } from '../shared/messages/action-words.ts'
import { oneLine } from '../shared/messages/cut.ts'
import { summaryIn, titleIn } from '../shared/messages/facts.ts'
import { timeSeenFrom } from '../shared/messages/times.ts'
import { words } from '../shared/messages/words.ts'
import { incidentOfNumber } from '../shared/store/incidents.ts'
import { contactsOf, storeOf } from './engine.ts'
import { findTargets, tellMissed } from './every-region.ts'
import { CommandError } from './failure.ts'
import type { CliIo } from './io.ts'
import type { Target, TargetOptions } from './target.ts'
import { commonWords } from './words/common.ts'

/** Reads `1024` or `#1024`. */
export const numberOf =
  (language: Language) =>
  (text: string): number => {
    const number = /^#?(\d{1,9})$/.exec(text)?.[1]
    if (number === undefined) throw new InvalidArgumentError(commonWords[language].notNumber)
    return Number(number)
  }

/** An incident, and the region whose number was given: what is done there stops all. */
export interface Found {
  found: Incident
  target: Target
}

/**
 * The incident of a number, in whichever region it is: each has numbers of its own. Throws a `CommandError` when there is none, or when
 * regions that were alone have both given it.
 */
export async function findIncident(
  number: number,
  options: TargetOptions & { config?: string },
  io: CliIo,
): Promise<Found> {
  const targets = findTargets(options, io)
  const { done, missed } = await inEach(targets, (target) => incidentOfNumber(number, storeOf(target, io)))
  const all = done.flatMap(({ target, result }) => (result === undefined ? [] : [{ found: result, target }]))
  const [only, other] = all
  if (only === undefined) {
    tellMissed(missed, () => commonWords[io.language].perhapsThere, io)
    const names = targets.map(({ name }) => name)
    throw new CommandError({
      en: `there is no incident #${number} at ${names.join(', ')}: it was never given, or forgotten after 180 days`,
      zh: `${names.join('、')}没有 #${number} 这张告警单：编号从未用过，或已过 180 天`,
    })
  }
  if (other === undefined) return only
  const said = all.map(({ found, target }) => `${target.region}: ${titleOf(found, io)}`).join('; ')
  throw new CommandError({
    en: `#${number} was given in several regions: say which with --region (${said})`,
    zh: `#${number} 在几个地域都有：用 --region 指明是哪个（${said}）`,
  })
}

/**
 * Whoever acts: the contact that `--as` names, else the user of this machine, by their contact if they have one of that name.
 * Throws a `CommandError` when `--as` names nobody.
 */
export async function actorOf(as: string | undefined, project: string, target: Target, io: CliIo): Promise<PersonName> {
  const contacts = contactsOf(target)
  const row = (await contacts.read(project)) ?? (await contacts.read(OWN_PROJECT))
  const people = row?.directory.contacts ?? {}
  const contact = as ?? io.user
  const found = ownProperty(people, contact)
  if (found) return { contact, name: found.name }
  if (as === undefined) return { contact, name: contact }
  const known = Object.keys(people).join(', ')
  throw new CommandError({
    en: `--as ${as}: no such contact in project ${project}; there ${known ? `are: ${known}` : 'is none'}`,
    zh: `--as ${as}：项目 ${project} 没有这位联系人；${known ? `有：${known}` : '一个也没有'}`,
  })
}

/** `#1024 pay / 收银台`. */
export function titleOf(
  incident: Pick<Incident, 'number' | 'project' | 'title'> & Pick<Partial<Incident>, 'fact'>,
  { language }: Pick<CliIo, 'language'>,
): string {
  return `#${incident.number} ${oneLine(`${incident.project} / ${titleIn(language, incident)}`, 110)}`
}

/** `林悦, 02:15 (on the command line)`. */
export function actionText(action: Action, reference: Instant, io: CliIo): string {
  const { language } = io
  const { comma, brackets } = words[language]
  const by = action.by ? oneLine(action.by.name, 40) + comma : ''
  return by + timeSeenFrom(reference, action.at, io.timezone) + brackets(viaText(action, language))
}

/** What machines are shown of an incident: what it is and how it stands, none of the escalation's workings. */
export function shownIncident(incident: Incident, { language }: Pick<CliIo, 'language'>) {
  const { escalation, notified: _, step: __, lastAlertAt: ___, lastAlert: ____, ...facts } = incident
  const { phase, round, layer, deadlineAt, tried, attempts } = escalation
  const calling = attempts.map(({ contact, name, channel, status }) => ({ contact, name, channel, status }))
  return {
    id: formatReference(incident),
    ...facts,
    title: titleIn(language, incident),
    summary: summaryIn(language, incident),
    escalation: { phase, round, layer, deadlineAt, calling, next: escalation.next, tried },
  }
}
