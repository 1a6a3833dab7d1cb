import { expect } from 'vitest'
import type { CompiledStatusPage } from '../../shared/contracts/status-page.ts'
import type { Post } from '../../shared/incidents/status/post.ts'
import { keepPost } from '../../shared/store/status-posts.ts'
import { readSubscribers } from '../../shared/store/subscribers.ts'
import { checksFrom, MINUTE, Probes } from '../engine/probes.ts'
import { PublicHook } from '../simulators/public-hook.ts'
import { ORIGIN, Visitor } from './console-visitor.ts'

/** A status page whose updates may be posted to webhooks, and one receiver of these. */
export class HookedPage {
  readonly page: CompiledStatusPage = {
    title: { zh: '示例', en: 'Example' },
    languages: ['en', 'zh'],
    components: { checkout: { title: { zh: '收银台', en: 'Checkout' }, checks: ['pay/web'] } },
    subscribe: ['mail', 'webhook'],
  }
  readonly world = new Probes({ checks: checksFrom(['web'], ['aws/ap-southeast-1']), status: { pay: this.page } })
  readonly hook = new PublicHook(() => this.world.now)
  reader = new Visitor(this.world, { access: 'closed' })

  constructor() {
    this.hook.names['hooks.example.com'] = ['203.0.113.7']
  }

  async minutes(count: number): Promise<void> {
    for (let passed = 0; passed < count; passed++) {
      this.world.now += MINUTE
      await this.world.look()
      this.world.now += 50_000
      await this.world.settle()
    }
  }

  async ask(url = 'https://hooks.example.com/Status?of=pay') {
    const answer = await this.reader.post('/status/pay/subscribe?lang=en', { url })
    await this.world.settle()
    return answer
  }

  /** The path of a link in the newest event. */
  linkTo(kind: 'confirm' | 'unsubscribe'): string {
    const link = String(this.hook.received.at(-1)?.data[kind])
    expect(link).toMatch(new RegExp(`^${ORIGIN}/status/pay/${kind === 'confirm' ? 'confirm' : 'leave'}[?]`))
    return link.replace(ORIGIN, '')
  }

  /** Subscribes the receiver, which keeps the key that it is shown. */
  async subscribed(): Promise<void> {
    await this.ask()
    const { text } = await this.reader.post(this.linkTo('confirm'), {})
    this.hook.key = keyIn(text) ?? expect.fail(`no key in ${text}`)
  }

  async tell(post: Partial<Post> = {}): Promise<void> {
    const { world } = this
    world.now += 1_000
    const text = { en: 'Cards fail.', zh: '刷卡失败。' }
    const whole = { of: 'i1', at: world.now, state: 'investigating' as const, text, components: ['checkout'], ...post }
    await keepPost('pay', { impact: 'partial', ...whole }, String(world.now), world.io())
  }

  subscribers() {
    return readSubscribers('pay', this.world.io())
  }

  types(): string[] {
    return this.hook.received.map(({ type }) => type)
  }
}

export function keyIn(text: string): string | undefined {
  return /<code>(whsec_[\w+/=]+)<\/code>/.exec(text)?.[1]
}
