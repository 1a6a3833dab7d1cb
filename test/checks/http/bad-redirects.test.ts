import { fact } from '../../../shared/checks/run/fault.ts'
import { httpTarget } from '../targets.ts'
import { itHasItsOwnWords, redirectTo } from './bad-target.ts'

itHasItsOwnWords([
  {
    reason: 'a redirect to itself',
    target: redirectTo('/'),
    outcome: 'down',
    fault: fact('redirect-loop'),
  },
  {
    reason: 'a redirect in a circle of two',
    target: () =>
      httpTarget((request, response) => {
        response.writeHead(302, { location: request.url === '/' ? '/b' : '/' }).end()
      }),
    outcome: 'down',
    fault: fact('redirect-loop'),
  },
  {
    reason: 'a redirect to another protocol',
    target: redirectTo('ftp://files.example/'),
    outcome: 'down',
    fault: fact('redirect-not-followed', { scheme: 'ftp:' }),
  },
  {
    reason: 'a redirect to nonsense',
    target: redirectTo('http://[::1'),
    outcome: 'down',
    fault: fact('redirect-to-no-url'),
  },
])
