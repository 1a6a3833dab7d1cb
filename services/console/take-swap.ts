import { answerSwap, askSwap } from '../../shared/engine/overrides/swaps.ts'
import { swapWords } from '../../shared/messages/console/swaps.ts'
import type { Swap, Turn } from '../../shared/store/swaps.ts'
import { type Doing, FormMistake, partly } from './oncall-taking.ts'

/** Asks for a swap, accepts and declines one, and takes one back. */
export const swapDoings: Record<string, Doing> = {
  async ask(form, taking) {
    const { view, mayAskFor, note } = taking
    const say = swapWords[view.language]
    const field = (name: string) => form.get(name)?.trim() ?? ''
    const turn = (which: 'mine' | 'yours'): Turn => ({ from: field(`${which}From`), to: field(`${which}To`) })
    const [mine, yours] = [turn('mine'), turn('yours')]
    if ((yours.from === '') !== (yours.to === '')) throw new FormMistake(say.half)
    const by = field('whose')
    if (!mayAskFor(by)) throw new FormMistake(say.ownOnly)
    const asked = {
      ...{ schedule: field('schedule'), by, to: field('whom'), mine },
      ...(yours.from !== '' && { yours }),
      ...(field('note') !== '' && { note: field('note') }),
    }
    const swap = await askSwap(asked, taking)
    note(`swap asked ${swap.id}: ${swap.schedule} ${swap.by}, ${swap.to}`)
    return { to: `/oncall?done=asked&of=${swap.id}` }
  },
  accept: answering('accepted'),
  decline: answering('declined'),
  withdraw: answering('withdrawn'),
}

function answering(answer: Exclude<Swap['state'], 'asked'>): Doing {
  return async (form, taking) => {
    const { view, mayAnswer, note } = taking
    const say = swapWords[view.language]
    const id = form.get('id') ?? ''
    const answered = await answerSwap(id, answer, (swap) => mayAnswer(swap, answer), taking)
    if (answered.result !== 'done')
      return { answer: { notice: { text: say[answered.result], tone: 'bad' } }, status: 409 }
    const { schedule, by, to } = answered.swap
    note(`swap ${answer} ${id}: ${schedule} ${by}, ${to}`)
    if (answered.missed.length > 0) return partly(view, say.result[answer], answered.missed)
    return { to: `/oncall?done=${answer}${answer === 'accepted' ? `&of=${id}` : ''}` }
  }
}
