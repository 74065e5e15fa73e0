// The port to WeChat: what we use of miniprogram-ci 2.1.42, which is not there when this file is type checked.
// https://developers.weixin.qq.com/miniprogram/dev/devtools/ci.html

/** Made by `new Project`; only handed back. */
export type CiProject = object

export interface CiProjectOptions {
  appid: string
  type: 'miniProgram'
  /** Folder with project.config.json. */
  projectPath: string
  privateKeyPath: string
  ignores: string[]
}

/** Bytes per package; `__FULL__` is all of them, `__APP__` the main one. */
export interface CiPackage {
  name: string
  size: number
}

export interface CiUpload {
  project: CiProject
  desc: string
  /** 1 to 30: under whose name the version stands in the console; a robot has one trial version. */
  robot: number
  setting: Readonly<Record<string, boolean>>
  onProgressUpdate: () => void
}

export interface MiniprogramCi {
  Project: new (options: CiProjectOptions) => CiProject
  upload(options: CiUpload & { version: string }): Promise<{ subPackageInfo?: CiPackage[] }>
  preview(
    options: CiUpload & { qrcodeFormat: 'image'; qrcodeOutputDest: string },
  ): Promise<{ subPackageInfo?: CiPackage[] }>
  cloud: {
    uploadFunction(options: {
      project: CiProject
      env: string
      name: string
      path: string
      remoteNpmInstall: boolean
    }): Promise<{ filesCount: number; packSize: number }>
    /** Resolves also when it failed, with other words than `创建定时触发器成功`. */
    createTimeTrigger(options: {
      project: CiProject
      envId: string
      functionName: string
      triggersConfig: readonly object[]
    }): Promise<string>
  }
}
