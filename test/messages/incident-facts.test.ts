import { describe, expect, it } from 'vitest'
import type { Fact } from '../../shared/contracts/fact.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { summaryIn, titleIn } from '../../shared/messages/facts.ts'
import { ownTitles } from '../../shared/messages/own-facts.ts'

describe('what an incident says', () => {
  it('is the words of its sender, when it is none of ours', () => {
    const incident = { title: '收银台', summary: 'p99 over 2 s' }
    expect([summaryIn('zh', incident), titleIn('zh', incident)]).toEqual(['p99 over 2 s', '收银台'])
  })

  it('is in the reader’s language when it is ours, its title too', () => {
    const fact: Fact = { code: 'probe-silent', args: { vantage: 'tencent/ap-guangzhou', checks: 1, seenNowhere: 1 } }
    const incident = { title: '', summary: '', fact }
    const both = (['zh', 'en'] as Language[]).map((language) => titleIn(language, incident))
    expect(both).toEqual(['探针失联', 'silent probe'])
    expect(summaryIn('en', incident)).toContain('No report from Tencent Guangzhou')
  })

  it('has a title that a phone and an approved text can say', () => {
    for (const { zh, en } of Object.values(ownTitles))
      for (const title of [zh, en]) expect(title).toMatch(/^[^.]{1,12}$/u)
  })
})
