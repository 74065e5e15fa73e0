// What the code asks of the user's data, and the entry of the privacy guideline each needs: undeclared, it fails with 112.

import { type Finding, ok, todo, wrong } from '../finding'
import type { Project } from '../project'

interface Declaration {
  /** As WeChat's console names it. */
  entry: string
  uses: RegExp
  sentence: string
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/ */
const DECLARATIONS: readonly Declaration[] = [
  {
    entry: '手机号',
    uses: /\bget(?:Realtime)?PhoneNumber\b/,
    sentence: '为了通知与找回账号，开发者将在获取你的明示同意后，收集你的手机号。',
  },
  {
    entry: '微信昵称、头像',
    uses: /\bchooseAvatar\b|type="nickname"|\bwx\.getUser(?:Profile|Info)\b|open-type="getUserInfo/,
    sentence: '为了展示你的个人资料，开发者将在获取你的明示同意后，收集你的微信昵称、头像。',
  },
  {
    entry: '剪切板',
    uses: /\bwx\.[sg]etClipboardData\b/,
    sentence: '为了复制客服联系方式或编号，开发者将访问你的剪切板。',
  },
  {
    entry: '选中的照片或视频信息',
    uses: /\bwx\.choose(?:Image|Media|Video)\b/,
    sentence: '为了上传图片，开发者将收集你选中的照片或视频信息。',
  },
  { entry: '摄像头', uses: /<camera\b|\bwx\.createCameraContext\b/, sentence: '为了拍摄，开发者将访问你的摄像头。' },
  {
    entry: '位置信息',
    uses: /\bwx\.(?:get(?:Fuzzy)?Location|chooseLocation|choosePoi|startLocationUpdate|onLocationChange)\b/,
    sentence: '为了提供与位置有关的服务，开发者将收集你的位置信息。',
  },
  { entry: '地址', uses: /\bwx\.chooseAddress\b/, sentence: '为了送达，开发者将收集你的地址。' },
]

/** Those app.json must name as well, or the call fails. */
const PRIVATE_INFOS =
  /\bwx\.(getFuzzyLocation|getLocation|onLocationChange|startLocationUpdate|startLocationUpdateBackground|chooseLocation|choosePoi|chooseAddress)\b/g

export const checkPrivacy = (project: Project): Finding[] => {
  const sources = project
    .files(project.client, '.ts', '.js', '.wxml')
    .map((file) => ({ file, text: withoutComments(project.read(file) ?? '') }))
  const needed = DECLARATIONS.flatMap(({ entry, uses, sentence }) => {
    const files = sources.filter(({ text }) => uses.test(text)).map(({ file }) => file)
    if (files.length === 0) return []
    const fix = `mp.weixin.qq.com → 设置 → 服务内容声明 → 用户隐私保护指引: 「${entry}」, ${sentence}`
    return [
      todo('privacy', `${entry}: used in ${files[0]}${files.length > 1 ? ` and ${files.length - 1} more` : ''}`, fix),
    ]
  })
  const declared = project.json(`${project.client}/app.json`)?.['requiredPrivateInfos']
  const infos = Array.isArray(declared) ? declared : []
  const used = new Set(sources.flatMap(({ text }) => [...text.matchAll(PRIVATE_INFOS)].map(([, name]) => name ?? '')))
  const missing = [...used]
    .filter((name) => !infos.includes(name))
    .map((name) =>
      wrong(
        'privacy',
        `wx.${name} is called, and app.json does not name it`,
        `"requiredPrivateInfos": ["${name}"] in app.json`,
      ),
    )
  const all = [...missing, ...needed]
  return all.length > 0 ? all : [ok('privacy', 'the code asks for nothing that must be declared')]
}

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<![:"'])\/\/.*$/gm, '')
