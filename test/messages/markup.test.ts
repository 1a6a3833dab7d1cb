import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Composition } from '../../shared/messages/composition.ts'
import { bytes } from '../../shared/messages/cut.ts'
import { type Dialect, render, safeHref, withoutMarkup } from '../../shared/messages/markup.ts'
import { plain } from '../../shared/messages/plain.ts'

const dialect: Dialect = {
  escape: withoutMarkup,
  bad: (text) => `<b>${text}</b>`,
  good: (text) => `<g>${text}</g>`,
  mention: ({ contact }) => `<@${contact}>`,
  link: ({ text, href }) => `[${text}](${safeHref(href)})`,
  head: (markup) => markup,
  line: (markup) => `> ${markup}`,
  footer: false,
}

const composition: Composition = {
  title: '严重 不可用 #1024',
  head: [{ text: '严重 不可用', tone: 'bad' }, { text: ' #1024' }],
  lines: [
    { spans: [{ text: 'since' }], keep: true },
    { spans: [{ text: 'Guangzhou: ' }, { text: 'timeout', tone: 'bad' }] },
    { spans: [{ text: 'Singapore, the second of the vantages: ' }, { text: 'OK', tone: 'good' }] },
    { spans: [{ text: 'calling ' }, { text: 'Lin', mention: { contact: 'lin', name: 'Lin' } }], keep: true },
  ],
  links: [
    { text: 'Ack', href: 'https://x.example/a' },
    { text: 'Run [it]', href: 'https://x.example/r(1)' },
  ],
  footer: 'at 02:14',
}

const rendered = (maxBytes: number): string[] => render(composition, dialect, maxBytes, 'en').split('\n')

describe('render', () => {
  test('everything, when there is room', () => {
    expect(rendered(4096)).toEqual([
      '<b>严重 不可用</b> #1024',
      '> since',
      '> Guangzhou: <b>timeout</b>',
      '> Singapore, the second of the vantages: <g>OK</g>',
      '> calling <@lin>',
      '[Ack](https://x.example/a) | [Run ［it］](https://x.example/r%281%29)',
    ])
  })

  test('less room: the lines that may go, then links from the last, then the head as plain text', () => {
    expect(rendered(200)).toEqual([
      '<b>严重 不可用</b> #1024',
      '> since',
      '> Guangzhou: <b>timeout</b>',
      '> calling <@lin>',
      '> … 1 more line',
      '[Ack](https://x.example/a) | [Run ［it］](https://x.example/r%281%29)',
    ])
    expect(rendered(130)).toEqual([
      '<b>严重 不可用</b> #1024',
      '> since',
      '> calling <@lin>',
      '> … 2 more lines',
      '[Ack](https://x.example/a)',
    ])
    expect(rendered(70)).toEqual(['<b>严重 不可用</b> #1024', '> … 4 more lines'])
    expect(rendered(20)).toEqual(['严重 不可用 …'])
    expect(rendered(2)).toEqual([''])
  })

  test('any text and limit: it fits, every tag is closed, every link is whole', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.constantFrom('<font color="info">', '</b>', '[x](javascript:1)', '<@all>', '> ', '**', '`', '](', '){'),
    )
    const spans = fc.array(fc.record({ text: nasty, tone: fc.constantFrom('bad' as const, 'good' as const) }), {
      maxLength: 4,
    })
    const any: fc.Arbitrary<Composition> = fc.record({
      title: nasty,
      head: spans,
      lines: fc.array(fc.record({ spans, keep: fc.boolean() }), { maxLength: 8 }),
      links: fc.array(fc.record({ text: nasty, href: fc.webUrl() }), { maxLength: 4 }),
      footer: nasty,
    })
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 1500 }), (given, max) => {
        const markup = render(given, dialect, max, 'zh')
        expect(bytes(markup)).toBeLessThanOrEqual(max)
        const rest = markup.replace(/<b>[^<>]*<\/b>|<g>[^<>]*<\/g>|^> /gm, '').replace(/\[[^[\]]*\]\([^()\s]*\)/g, '')
        expect(rest).not.toMatch(/[<>[\]]/)
      }),
    )
  })
})

test('plain text has the title, the lines, the links in full and the footer', () => {
  expect(plain(composition)).toBe(
    [
      '严重 不可用 #1024',
      'since',
      'Guangzhou: timeout',
      'Singapore, the second of the vantages: OK',
      'calling Lin',
      'Ack: https://x.example/a',
      'Run [it]: https://x.example/r(1)',
      'at 02:14',
    ].join('\n'),
  )
})
