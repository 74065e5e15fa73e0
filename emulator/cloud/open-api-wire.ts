// The protobuf messages in which wx-server-sdk wraps open API calls; names and numbers are those of its index.js.
import { Root } from 'protobufjs'
import { WireError } from './errors'

const root = Root.fromJSON({
  nested: {
    KeyValuePair: {
      fields: {
        key: { type: 'string', id: 1 },
        value: { type: 'bytes', id: 2 },
        contentType: { type: 'string', id: 3 },
        filename: { type: 'string', id: 4 },
      },
    },
    OpenApiData: { fields: { pairs: { rule: 'repeated', type: 'KeyValuePair', id: 1 } } },
    SvrkitApiData: { fields: { apiName: { type: 'string', id: 1 }, reqData: { type: 'bytes', id: 2 } } },
    CommApiData: {
      fields: {
        apiType: { type: 'int32', id: 1 },
        openapiData: { type: 'OpenApiData', id: 2 },
        svrkitData: { type: 'SvrkitApiData', id: 4 },
        appid: { type: 'string', id: 6 },
      },
    },
    CommOpenApiResp: {
      fields: {
        respData: { type: 'bytes', id: 1 },
        contentType: { type: 'string', id: 2 },
        errorCode: { type: 'int32', id: 3 },
        httpCode: { type: 'uint32', id: 4 },
        svrkitErrorCode: { type: 'int32', id: 6 },
      },
    },
    ApiGetOpenDataByCloudIdReq: {
      fields: { cloudidList: { rule: 'repeated', type: 'string', id: 2 }, appid: { type: 'string', id: 3 } },
    },
    OpDataItem: { fields: { cloudId: { type: 'string', id: 1 }, json: { type: 'string', id: 2 } } },
    ApiGetOpenDataByCloudIdResp: { fields: { dataList: { rule: 'repeated', type: 'OpDataItem', id: 1 } } },
  },
})

/** A call as the function made it. */
export type OpenApiCall =
  | { kind: 'openapi'; appid: string; fields: Record<string, unknown> }
  | { kind: 'getOpenData'; appid: string; cloudIDs: string[] }

interface Pair {
  key: string
  value: Uint8Array
  contentType: string
}
interface CallMessage {
  appid: string
  openapiData?: { pairs: Pair[] } | null
  svrkitData?: { apiName: string; reqData: Uint8Array } | null
}

/** Throws INVALID_PARAM for bytes that are no call, or a call of a kind that is not emulated. */
export function readCall(bytes: Buffer): OpenApiCall {
  const { appid, openapiData, svrkitData } = decode<CallMessage>('CommApiData', bytes)
  if (openapiData)
    return {
      kind: 'openapi',
      appid,
      fields: Object.fromEntries(openapiData.pairs.map((pair) => [pair.key, jsonOf(pair)])),
    }
  if (svrkitData?.apiName !== 'ApiGetOpenDataByCloudId')
    throw new WireError('INVALID_PARAM', `the open API call ${svrkitData?.apiName ?? '(none)'} is not emulated`)
  const { cloudidList } = decode<{ cloudidList: string[] }>('ApiGetOpenDataByCloudIdReq', svrkitData.reqData)
  return { kind: 'getOpenData', appid, cloudIDs: [...cloudidList] }
}

/** What the open API answered, errcode included. */
export const jsonReply = (value: object): Buffer =>
  encode('CommOpenApiResp', {
    respData: Buffer.from(JSON.stringify(value)),
    contentType: 'application/json; charset=utf-8',
    httpCode: 200,
  })

/** The gateway refused before the open API was asked: -604100, -604101, … */
export const gatewayRefusal = (errorCode: number): Buffer => encode('CommOpenApiResp', { errorCode })

export const openDataReply = (items: readonly { cloudID: string }[]): Buffer => {
  const dataList = items.map((item) => ({ cloudId: item.cloudID, json: JSON.stringify(item) }))
  const respData = encode('ApiGetOpenDataByCloudIdResp', { dataList })
  return encode('CommOpenApiResp', { respData, contentType: 'application/octet-stream' })
}

function jsonOf({ key, value, contentType }: Pair): unknown {
  if (contentType !== '') return { contentType, bytes: value.length }
  try {
    return JSON.parse(Buffer.from(value).toString('utf8'))
  } catch {
    throw new WireError('INVALID_PARAM', `the field ${key} of an open API call is no JSON`)
  }
}

function decode<T extends object>(name: string, bytes: Uint8Array): T {
  try {
    // The schema above says which fields there are; missing ones have protobuf's defaults.
    return root.lookupType(name).decode(bytes) as unknown as T
  } catch (error) {
    throw new WireError('INVALID_PARAM', `requestData is no ${name}: ${String(error)}`)
  }
}

function encode(name: string, value: object): Buffer {
  const type = root.lookupType(name)
  return Buffer.from(type.encode(type.create(value)).finish())
}
