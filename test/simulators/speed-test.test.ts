import { expect, it, onTestFinished } from 'vitest'
import { startSpeedTestSimulator } from './speed-test.ts'

async function service() {
  const times = { alltime: '212', conntime: '116', downtime: '78' }
  const simulator = await startSpeedTestSimulator({ machines: { a: { times } }, encode: 'secret' })
  onTestFinished(() => simulator.close())
  const usual = { guid: 'a', host: 'example.com', ishost: '1', encode: 'secret', checktype: '1' }
  const post = async (form: Record<string, string> = {}, headers: Record<string, string> = {}) => {
    const response = await fetch(`${simulator.url}/ajaxseo.aspx`, {
      method: 'POST',
      headers: {
        origin: simulator.url,
        referer: `${simulator.url}/`,
        'x-requested-with': 'XMLHttpRequest',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams({ ...usual, ...form }).toString(),
    })
    return [response.status, await response.text()]
  }
  return { simulator, post }
}

it('answers in something like JavaScript', async () => {
  const { post, simulator } = await service()
  expect(await post()).toEqual([
    200,
    "({state:1,msg:'',result:{ip:'203.0.113.10',httpstate:200,alltime:'212',conntime:'116',downtime:'78',filesize:'-'," +
      "ipaddress:'\\u65b0\\u52a0\\u5761',headers:'HTTP/1.1 200 OK <br>',pagehtml:''}})",
  ])
  expect(await post({ guid: 'nobody' })).toEqual([200, "({state:0,msg:'',result:null})"])
  expect(simulator.asked).toEqual([
    { guid: 'a', host: 'example.com' },
    { guid: 'nobody', host: 'example.com' },
  ])
})

const refused: [form: Record<string, string>, headers: Record<string, string>, why: string][] = [
  [{ encode: 'old' }, {}, 'wrong encode'],
  [{ checktype: '2' }, {}, 'wrong kind of test'],
  [{ token: '1' }, {}, 'fields are checktype,encode,guid,host,ishost'],
  [{}, { origin: 'https://elsewhere.example' }, 'asked by another page'],
  [{}, { 'x-requested-with': 'fetch' }, 'not asked by the page'],
  [{}, { 'content-type': 'text/plain' }, 'no form'],
]
it.each(refused)('refuses %j %j: %s', async (form, headers, why) => {
  const { post, simulator } = await service()
  expect(await post(form, headers)).toEqual([403, why])
  expect(simulator.asked).toEqual([])
})
