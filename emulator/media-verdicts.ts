// Verdicts on pictures: WeChat fetches what it was asked about, looks at it, and tells by push, on the emulated clock.

import type { ContentVerdict } from './content'
import { WeixinError } from './errcodes'
import { labelOf, type Suggest } from './open-api/content-checks'
import type { Stage } from './ports'
import type { Pushes } from './pushes'
import { isConnectionLost } from './stage'
import type { State } from './state'
import type { FileLinks } from './state/file-links'
import type { MediaCheck } from './state/media-checks'
import type { Clock } from './types'

/** "The media could not be fetched." */
const FETCH_FAILED = -1008

export interface MediaVerdictPorts {
  state: State
  clock: Clock
  stage: Stage
  /** WeChat fetches from the emulator's own storage only: nothing here goes out to the network. */
  links: Pick<FileLinks, 'open'>
  pushes: Pushes
  onFault(error: unknown): void
}

/** Arms what was owed before a restart, too. */
export function startMediaVerdicts({ state, clock, stage, links, pushes, onFault }: MediaVerdictPorts): void {
  const { mediaChecks, contentServices, contentRules, files } = state

  const fetched = (url: string): Buffer => {
    const opened = links.open(url)
    const bytes = opened === undefined ? undefined : files.bytes(opened.path)
    if (bytes === undefined) throw new WeixinError(FETCH_FAILED)
    return bytes
  }
  const suggestOf = (told: ContentVerdict | 'never', bytes: Buffer): Suggest => {
    if (told === 'pass' || told === 'review' || told === 'risky') return told
    return contentRules.isUnsafe(bytes) ? 'risky' : 'pass'
  }
  const look = async ({ appid, account, url }: MediaCheck): Promise<object> => {
    const hop = { from: 'weixin', to: 'storage', op: 'mediaCheck.fetch', account } as const
    let bytes: Buffer = Buffer.alloc(0)
    try {
      await stage.run(
        hop,
        () => {
          bytes = fetched(url)
          return { size: bytes.length }
        },
        (errcode) => new WeixinError(errcode),
      )
    } catch (error) {
      if (error instanceof WeixinError || isConnectionLost(error))
        return { errcode: FETCH_FAILED, errmsg: 'download failed', detail: [] }
      throw error
    }
    const suggest = suggestOf(contentServices.get(appid).picture, bytes)
    const label = labelOf(suggest)
    const detail = [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }]
    return { errcode: 0, errmsg: 'ok', result: { suggest, label }, detail }
  }
  const judge = async (traceId: string): Promise<void> => {
    const check = mediaChecks.find(traceId)
    // Forgotten by a reset since.
    if (check === undefined) return
    const seen = await look(check)
    mediaChecks.delete(traceId)
    const { appid, account } = check
    const openid = state.apps.openid(account, appid)
    const event = { Event: 'wxa_media_check', FromUserName: openid, appid, trace_id: traceId, version: 2, ...seen }
    await pushes.push(event, { app: appid })
  }
  const arm = (traceId: string, { dueAt }: MediaCheck) => {
    if (dueAt === undefined) return
    clock.setTimeout(() => void judge(traceId).catch(onFault), Math.max(0, dueAt - clock.now()))
  }
  mediaChecks.follow(arm)
  for (const [traceId, check] of mediaChecks.entries()) arm(traceId, check)
}
