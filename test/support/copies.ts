// Given for copies: a picture of Alice's that she may write over, and what becomes of it.
import { calls } from '../../cloudfunctions/calls/index'
import { publicProfileOf } from '../../cloudfunctions/core/users'
import { judge, type Verdict } from '../../cloudfunctions/core/verdicts'
import { createHousekeeping } from '../../cloudfunctions/housekeeping/door'
import { createServe, type ServePorts } from '../../cloudfunctions/serve'
import { pictureOf, upload } from './pictures'
import { ALICE, APPID, createTestServer, type ServerOptions } from './server'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ADDRESS = 'https://files.example/'

/** Alice has uploaded a picture as a client of WeChat Cloud does, and may write over it as often as she likes. */
export const givenPicture = async (options: ServerOptions = {}) => {
  const asked: string[] = []
  const checkPicture = async (url: string) => `trace-${asked.push(url.slice(ADDRESS.length))}`
  const server = createTestServer({ checkPicture, ...options })
  const { memory, storage, clock, ports } = server
  const { token, user } = await server.signIn()
  const bytes = pictureOf('png')
  const path = await upload(server, token, { bytes })
  const save = (over: ServePorts = ports, avatar: string | null = path) => {
    server.from({ appid: APPID, openid: ALICE })
    const main = createServe(over, { calls, transport: 'cloud' })
    return main({ v: 1, call: 'profile', data: { avatar }, token }, {})
  }
  const verdict = (word: Verdict, trace: number, over: ServePorts = ports) => {
    const { stores, storage } = over.cloud.open(() => undefined)
    return judge({ clock, stores, storage }, `trace-${trace}`, word)
  }
  const tidy = (over: ServePorts = ports) => {
    server.from({ source: 'wx_trigger' })
    return createHousekeeping(over)({ Type: 'Timer' }, {})
  }
  const avatar = () => memory.all().users[0]?.avatar
  return {
    ...server,
    server,
    token,
    userId: user.id,
    bytes,
    path,
    asked,
    save,
    verdict,
    tidy,
    avatar,
    paths: () => [...storage.files.keys()],
    copies: () => [...storage.files.keys()].filter((one) => one.startsWith('copies/')),
    writeOver: (what = pictureOf('png')) => storage.upload(path, what, 'image/png'),
    /** What others see; undefined when it is nothing. */
    shown: () => {
      const [stored] = memory.all().users
      const { avatarFileID = '' } = stored ? publicProfileOf(stored) : {}
      return storage.files.get(avatarFileID.replace(/^cloud:\/\/[^/]+\//, ''))?.bytes
    },
    /** Time passes, WeChat lets all pass that it is asked about, and housekeeping strikes. */
    settle: async () => {
      const { clock: told } = server
      for (let n = 0; n < 8; n++) {
        told.advance(31 * MINUTE)
        await tidy()
        for (let trace = 1; trace <= asked.length; trace++) await verdict('pass', trace)
      }
      told.advance(3 * HOUR)
      await tidy()
    },
  }
}

export type GivenPicture = Awaited<ReturnType<typeof givenPicture>>
