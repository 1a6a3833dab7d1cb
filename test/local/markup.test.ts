import { expect, it } from 'vitest'
import { markupLines } from '../../local/markup.ts'

it.each([
  {
    reason: 'WeCom: a colour, in a quote',
    text: '> 广州：<font color="warning">超时</font>',
    line: { is: 'quote', pieces: [{ text: '广州：' }, { text: '超时', colour: 'warning' }] },
  },
  {
    reason: 'DingTalk: a head line',
    text: '#### **严重** #1024',
    line: { is: 'head', pieces: [{ text: '严重', bold: true }, { text: ' #1024' }] },
  },
  {
    reason: 'Markdown: a link in a list',
    text: '- [认领](https://a.example/ack?t=1)',
    line: { is: 'text', pieces: [{ text: '· ' }, { text: '认领', href: 'https://a.example/ack?t=1' }] },
  },
  {
    reason: 'Slack: bold, a link, an entity',
    text: '*a &lt; b* <https://a.example|Details>',
    line: {
      is: 'text',
      pieces: [{ text: 'a < b', bold: true }, { text: ' ' }, { text: 'Details', href: 'https://a.example' }],
    },
  },
  {
    reason: 'Discord: signs of others',
    text: '**DOWN \\| pay** \\*x\\*',
    line: { is: 'text', pieces: [{ text: 'DOWN | pay', bold: true }, { text: ' *x*' }] },
  },
  {
    reason: 'a WeCom application: a link of HTML',
    text: '<a href="https://a.example/">详情</a>',
    line: { is: 'text', pieces: [{ text: '详情', href: 'https://a.example/' }] },
  },
  {
    reason: 'mentions, of WeCom and Slack, of Slack’s channel, of Feishu',
    text: '<@LinYue> <!channel> <at id=all></at>',
    line: {
      is: 'text',
      pieces: [
        { text: '@LinYue', bold: true },
        { text: ' ' },
        { text: '@channel', bold: true },
        { text: ' ' },
        { text: '@all', bold: true },
      ],
    },
  },
  {
    reason: 'a link to what is no page is none',
    text: '[x](javascript:alert)',
    line: { is: 'text', pieces: [{ text: 'x' }] },
  },
  {
    reason: 'stars that are none of ours',
    text: 'check=pay/* and */x',
    line: { is: 'text', pieces: [{ text: 'check=pay/* and */x' }] },
  },
])('$reason', ({ text, line }) => {
  expect(markupLines(text)).toEqual([line])
})
