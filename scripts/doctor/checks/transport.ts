// How the calls travel, and that there is somewhere for them to go.

import { type Finding, ok, todo, wrong } from '../finding'
import { constantOf, isJson, type Project } from '../project'

export const checkTransport = (project: Project): Finding[] => {
  const id = 'transport'
  const transport = constantOf(project, 'TRANSPORT') ?? 'cloud'
  if (transport === 'cloud') return [ok(id, 'the calls go by wx.cloud.callFunction: no domain is needed')]
  if (transport !== 'https') {
    return [wrong(id, `TRANSPORT "${transport}" is neither cloud nor https`, 'mend it in config.ts')]
  }
  const base = constantOf(project, 'BASE_URL') ?? ''
  const findings: Finding[] = []
  const address = addressOf(base)
  if (address?.protocol !== 'https:') {
    findings.push(
      wrong(
        id,
        `BASE_URL "${base}" is not an https address`,
        'the address of HTTP access, in config.ts; a phone speaks to nothing else',
      ),
    )
  } else if (address.hostname.endsWith('.tcb.qcloud.la') || /^[\d.]+$/.test(address.hostname)) {
    findings.push(
      wrong(
        id,
        `BASE_URL: ${address.hostname} cannot be a domain of yours`,
        'a domain with an ICP filing, bound to HTTP access',
      ),
    )
  } else {
    const fix = `mp.weixin.qq.com → 开发管理 → 服务器域名: https://${address.host} under request 合法域名 and uploadFile 合法域名`
    findings.push(todo(id, `the calls go to ${base}`, fix))
  }
  const { setting } = project.config
  if (isJson(setting) && setting['urlCheck'] === false) {
    findings.push(
      wrong(
        id,
        'urlCheck is off in project.config.json: a domain that is not allowed would only fail on phones',
        'set it to true',
      ),
    )
  }
  return findings
}

const addressOf = (text: string): URL | undefined => {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
