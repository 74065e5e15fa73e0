// Documents of the cloud database as records: read once, whatever somebody did to them by hand.
import type { DeviceInfo } from '../../typings/contract'
import { Refusal } from '../core/errors'
import type {
  IdentityRecord,
  MediaCheckRecord,
  PhoneClaimRecord,
  RedemptionRecord,
  SealedKey,
  SessionRecord,
  UploadRecord,
  UserAvatar,
  UserRecord,
} from '../core/records'
import { type Fields, isObject } from '../core/shape'

/** Reads one kind of document; one that somebody damaged by hand is INTERNAL naming the field, not a crash later on. */
const reader = (kind: string, document: Fields) => {
  const wrong = (field: string) =>
    new Refusal('INTERNAL', 'a stored document is damaged', { detail: `${kind}.${field}` })
  const text = (field: string, of = document): string => {
    const value = of[field]
    if (typeof value !== 'string') throw wrong(field)
    return value
  }
  const number = (field: string, of = document): number => {
    const value = of[field]
    if (typeof value !== 'number') throw wrong(field)
    return value
  }
  const object = (field: string): Fields | undefined => {
    const value = document[field]
    if (value === undefined || value === null) return undefined
    if (!isObject(value)) throw wrong(field)
    return value
  }
  return { text, number, object, wrong }
}

export const sessionOf = (document: Fields): SessionRecord => {
  const { text, number, object, wrong } = reader('session', document)
  const transport = text('transport')
  if (transport !== 'cloud' && transport !== 'https') throw wrong('transport')
  const from = object('device')
  const device: DeviceInfo | undefined = from && {
    id: text('id', from),
    model: text('model', from),
    platform: text('platform', from),
  }
  return {
    id: text('_id'),
    userId: text('userId'),
    identity: text('identity'),
    transport,
    ...(device && { device }),
    createdAt: number('createdAt'),
    lastSeenAt: number('lastSeenAt'),
    expiresAt: number('expiresAt'),
    endsAt: number('endsAt'),
    ...(document['revokedAt'] !== undefined && { revokedAt: number('revokedAt') }),
  }
}

export const identityOf = (document: Fields): IdentityRecord => {
  const { text, number, object } = reader('identity', document)
  const keyOf = (field: string): SealedKey | undefined => {
    const from = object(field)
    return from && { sealed: text('sealed', from), at: number('at', from) }
  }
  const key = keyOf('key')
  const previousKey = keyOf('previousKey')
  return {
    id: text('_id'),
    userId: text('userId'),
    createdAt: number('createdAt'),
    ...(document['joins'] === true && { joins: true }),
    ...(key && { key }),
    ...(previousKey && { previousKey }),
    ...(document['openid'] !== undefined && { openid: text('openid') }),
  }
}

export const userOf = (document: Fields): UserRecord => {
  const { text, number, object, wrong } = reader('user', document)
  const phone = object('phone')
  const avatarOf = (from: Fields): UserAvatar => {
    const state = text('state', from)
    if (state !== 'checking' && state !== 'passed') throw wrong('avatar.state')
    return {
      path: text('path', from),
      fileID: text('fileID', from),
      state,
      ...(from['savedAt'] !== undefined && { savedAt: number('savedAt', from) }),
    }
  }
  const avatar = object('avatar')
  return {
    id: text('_id'),
    createdAt: number('createdAt'),
    ...(document['union'] !== undefined && { union: text('union') }),
    ...(document['deletedAt'] !== undefined && { deletedAt: number('deletedAt') }),
    ...(document['proof'] !== undefined && { proof: text('proof') }),
    ...(document['barred'] !== undefined && { barred: text('barred') }),
    ...(document['nickname'] !== undefined && { nickname: text('nickname') }),
    ...(document['nicknameAt'] !== undefined && { nicknameAt: number('nicknameAt') }),
    ...(avatar && { avatar: avatarOf(avatar) }),
    ...(document['avatarRejected'] === true && { avatarRejected: true }),
    ...(phone && {
      phone: {
        claim: text('claim', phone),
        attempt: text('attempt', phone),
        sealed: text('sealed', phone),
        masked: text('masked', phone),
        countryCode: text('countryCode', phone),
        boundAt: number('boundAt', phone),
      },
    }),
  }
}

export const phoneClaimOf = (document: Fields): PhoneClaimRecord => {
  const { text, number } = reader('phone claim', document)
  return {
    id: text('_id'),
    owner: text('owner'),
    attempt: text('attempt'),
    ...(document['until'] !== undefined && { until: number('until') }),
  }
}

export const redemptionOf = (document: Fields): RedemptionRecord => {
  const { text, number } = reader('redemption', document)
  return {
    id: text('_id'),
    identity: text('identity'),
    attempt: text('attempt'),
    until: number('until'),
    ...(document['sealed'] !== undefined && { sealed: text('sealed') }),
    expiresAt: number('expiresAt'),
  }
}

export const uploadOf = (document: Fields): UploadRecord => {
  const { text, number, wrong } = reader('upload', document)
  const type = text('type')
  if (type !== 'png' && type !== 'jpeg' && type !== 'webp' && type !== 'gif') throw wrong('type')
  const state = text('state')
  if (state !== 'issued' && state !== 'saved' && state !== 'doomed') throw wrong('state')
  return {
    id: text('_id'),
    ...(document['userId'] !== undefined && { userId: text('userId') }),
    path: text('path'),
    type,
    state,
    createdAt: number('createdAt'),
    ...(document['filledAt'] !== undefined && { filledAt: number('filledAt') }),
    ...(document['ours'] === true && { ours: true }),
    expiresAt: number('expiresAt'),
  }
}

export const mediaCheckOf = (document: Fields): MediaCheckRecord => {
  const { text, number } = reader('media check', document)
  return {
    id: text('_id'),
    userId: text('userId'),
    path: text('path'),
    ...(document['copy'] !== undefined && { copy: text('copy') }),
    ...(document['appid'] !== undefined && { appid: text('appid') }),
    attempts: number('attempts'),
    expiresAt: number('expiresAt'),
  }
}
