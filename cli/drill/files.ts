import { stringify } from 'yaml'
import { reachOf } from '../../shared/channels/reach.ts'
import { channels } from '../../shared/channels/registered/channels.ts'
import { voiceRoutes } from '../../shared/channels/registered/voice-routes.ts'
import { keyOf } from '../../shared/contracts/phone-keys.ts'
import { personalReaches, type Reach, reaches } from '../../shared/contracts/reach.ts'
import { onCall, type Player } from './cast.ts'
import { calm, raging } from './storm.ts'

/** The rehearsal's only check. */
export const check = { id: 'drill/web', project: 'drill' }

/** In which messages are written. */
const language = 'en'

/** The robots of the rehearsal's project: one of each type, which is its name. */
export const robots = typesAt('chat')

/**
 * The rehearsal's fenghuo.yml: one check of `url` that two runs from two of three clouds decide, one layer for each player, a
 * channel of every kind that reaches everybody, a project for the storm, which tells nobody, and one with somebody on call. Credentials are references, so that the stack has none and sends to its sandboxes.
 */
export function fenghuoYml(url: string, players: Player[]): string {
  return stringify({
    language,
    timezone: 'Asia/Shanghai',
    vantages: { sg: 'aws/ap-southeast-1', gz: 'tencent/ap-guangzhou', hz: 'aliyun/cn-hangzhou' },
    channels: channelsOfDrill(),
    policies: {
      default: policyOf(players, '60s', reaches),
      [calm]: policyOf([onCall], '60s', personalReaches),
    },
    projects: {
      drill: {
        title: 'Drill',
        chat: robots,
        checks: { web: { title: 'Web server', http: url, interval: '1m', timeout: '2s', confirm: '2/2' } },
      },
      [raging]: { title: 'Storm', chat: [], checks: {} },
      [calm]: { title: 'Canary', chat: [], policy: calm, checks: {} },
    },
  })
}

/** The rehearsal's oncall.yml. */
export function oncallYml(players: Player[]): string {
  const contacts = [...players, onCall].map(({ contact, name, phone, email }) => [contact, { name, phone, email }])
  return stringify({ contacts: Object.fromEntries(contacts) })
}

/** The routes that call whoever the rehearsal has, in the order in which they are tried. */
const routes = Object.values(voiceRoutes).filter(({ countries }) => countries === undefined)

/** The key by which the rehearsal's phones take an incident. */
export const acknowledgeKey = keyOf(routes[0]?.keys ?? [], 'acknowledge')

/** One layer for each of these people, each of whom is called once; what is critical reaches them by `channels`. */
export function policyOf(people: { contact: string }[], ackTimeout: string, channels: readonly Reach[]) {
  return {
    layers: people.map(({ contact }) => ({ page: contact, calls: 1, ackTimeout })),
    rounds: 1,
    channels: { critical: [...channels] },
  }
}

/** A channel that calls anybody. */
export function phoneChannel() {
  return routes.map(({ type, example }) => ({ to: '+', type, ...example }))
}

/** One channel or route of every type, as its descriptor's example has it. */
function channelsOfDrill() {
  const mail = typesAt('email')[0] ?? ''
  return {
    phone: phoneChannel(),
    sms: typesAt('sms').map((type) => ({ to: '+', type, ...channels[type]?.example })),
    email: { type: mail, ...channels[mail]?.example },
    ...Object.fromEntries(robots.map((type) => [type, channels[type]?.example])),
  }
}

function typesAt(reach: Reach): string[] {
  return Object.values(channels).flatMap((channel) => (reachOf(channel) === reach ? [channel.type] : []))
}
