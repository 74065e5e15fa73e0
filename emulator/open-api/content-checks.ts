// Content checks as a server may ask for them: POST /wxa/msg_sec_check, POST /wxa/media_check_async, both version 2.

import { WeixinError } from '../errcodes'
import type { State } from '../state'
import { newTraceId } from '../state/media-checks'
import type { OperationPorts, Operations } from './operation'
import { appOf, type Fields, fieldsOf, readFields } from './request'

/** Characters. */
const MAX_TEXT = 2_500
/** Profile, comment, forum, social log. */
const SCENES: readonly unknown[] = [1, 2, 3, 4]
/** Sound, picture. */
const MEDIA_TYPES: readonly unknown[] = [1, 2]
/** A verdict comes within this; what is asked about again before is a repeat. */
const VERDICT_WITHIN_MS = 30 * 60_000

export type Suggest = 'pass' | 'review' | 'risky'
/** 21000 is "other". */
export const labelOf = (suggest: Suggest): number => (suggest === 'pass' ? 100 : 21_000)

/**
 * Throws WeixinError 47001, 40129, 40003, 43104, 61010 or 40097.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck
 */
export function checkText({ state }: OperationPorts, appid: string, fields: Fields): object {
  const { content, title = '', nickname = '', signature = '' } = fields
  const texts = [content, title, nickname, signature]
  if (!texts.every(isText) || content === '') throw new WeixinError(47001)
  if (!isText(content) || content.length > MAX_TEXT) throw new WeixinError(40097)
  personOf(state, appid, fields)
  const { text: told } = state.contentServices.get(appid)
  const all = texts.join('\n')
  const word = state.contentRules
    .words()
    .find((risky) => risky !== '' && all.toLowerCase().includes(risky.toLowerCase()))
  const suggest = told === 'check' ? (word === undefined ? 'pass' : 'risky') : told
  const label = labelOf(suggest)
  const found = told === 'check' && word !== undefined ? { level: 90, keyword: word } : { prob: 90 }
  const strategy = 'keyword' in found ? 'keyword' : 'content_model'
  const detail = [{ strategy, errcode: 0, suggest, label, ...found }]
  return { errcode: 0, errmsg: 'ok', result: { suggest, label }, detail, trace_id: newTraceId() }
}

/**
 * Throws WeixinError 47001, 40004, 40129, 40003, 43104, 61010 or 87020. The verdict comes by push.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_mediacheckasync
 */
export function checkMedia({ state, clock }: OperationPorts, appid: string, fields: Fields): object {
  const { media_url: url, media_type: type } = fields
  if (!isText(url) || !/^https?:\/\//.test(url)) throw new WeixinError(47001)
  if (!MEDIA_TYPES.includes(type)) throw new WeixinError(40004)
  const account = personOf(state, appid, fields)
  const now = clock.now()
  if (state.mediaChecks.isPending(url, appid, now)) throw new WeixinError(87020)
  const { picture, delayMs } = state.contentServices.get(appid)
  const due = picture === 'never' ? {} : { dueAt: now + delayMs }
  const traceId = state.mediaChecks.add({ appid, account, url, ...due, repeatableAt: now + VERDICT_WITHIN_MS })
  return { errcode: 0, errmsg: 'ok', trace_id: traceId }
}

/** Whose content it is. Version 1 has other answers and is not emulated: 40097. */
function personOf(state: State, appid: string, { version, scene, openid }: Fields): string {
  if (version !== 2) throw new WeixinError(40097)
  if (!SCENES.includes(scene)) throw new WeixinError(40129)
  if (!isText(openid) || !/^o[\w-]{27}$/.test(openid)) throw new WeixinError(40003)
  const account = state.personOf(openid, appid)
  if (account === undefined) {
    const elsewhere = state.apps.all().some((app) => state.personOf(openid, app.appid) !== undefined)
    throw new WeixinError(elsewhere ? 43104 : 40003)
  }
  if (!state.visits.recently(account, appid)) throw new WeixinError(61010)
  return account
}

export function contentOperations(ports: OperationPorts): Operations {
  const { state } = ports
  const account = ({ body }: { body: string }) => {
    const openid = readFields(body)?.['openid']
    if (!isText(openid)) return undefined
    return state.apps.all().flatMap(({ appid }) => state.personOf(openid, appid) ?? [])[0]
  }
  const operation = (op: string, check: typeof checkText): Operations[string] => ({
    op,
    method: 'POST',
    account,
    run: (request) => check(ports, appOf(state, request), fieldsOf(request)),
  })
  return {
    '/wxa/msg_sec_check': operation('msg_sec_check', checkText),
    '/wxa/media_check_async': operation('media_check_async', checkMedia),
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
