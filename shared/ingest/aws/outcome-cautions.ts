import type { AwsThing } from '../../contracts/aws-change.ts'
import { type Mistake, mistake } from '../../contracts/mistake.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import { didYouMean } from '../../contracts/suggest.ts'
import { outcomesIn, usual } from './outcomes.ts'

/** States that AWS has beside those of the table (its EventBridge references of each service); `ENDED` is ours, of a task that did not fail. */
const others: Partial<Record<AwsThing, string[]>> = {
  alarm: ['ALARM'],
  'ecs-task': ['DEACTIVATING', 'STOPPING', 'DEPROVISIONING', 'DELETED', 'ENDED'],
  rds: ['backtrack', 'backup', 'configuration change', 'creation', 'notification', 'restoration'],
}

const things = Object.keys(usual) as AwsThing[]

/** What under `outcomes` works, and is hardly meant: names that nothing is known by. AWS may have more of them than we know. */
export function outcomeCautions(options: unknown): [path: string[], mistake: Mistake][] {
  return Object.entries(outcomesIn(options)).flatMap(([name, states]): [string[], Mistake][] => {
    const thing = things.find((one) => one === name)
    // What nobody foresaw goes by its detail type: words, as AWS writes them.
    if (thing === undefined) return name.includes(' ') ? [] : [[['outcomes', name], unknownThing(name)]]
    const known = [...Object.keys(usual[thing]), ...(ownProperty(others, thing) ?? [])]
    const unknown = Object.keys(states).filter((state) => !known.includes(state))
    return unknown.map((state) => [['outcomes', name, state], unknownState(state, thing, known)])
  })
}

function unknownThing(name: string): Mistake {
  const guess = didYouMean(name, things)
  return mistake('unknown-thing', {
    en: `is none of ${things.join(', ')}${guess.en}: it is about events of this detail type alone`,
    zh: `不是 ${things.join('、')} 之一${guess.zh}：只对 detail-type 为此名的事件生效`,
  })
}

function unknownState(state: string, thing: AwsThing, known: string[]): Mistake {
  const guess = didYouMean(state, known)
  return mistake('unknown-state', {
    en: `is no state of ${thing} that is known here${guess.en}; known are ${known.join(', ')}`,
    zh: `不是已知的 ${thing} 状态${guess.zh}；已知的有 ${known.join('、')}`,
  })
}
