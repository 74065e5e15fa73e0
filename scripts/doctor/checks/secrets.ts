// Secrets where they do not belong: whatever lies in the sources is in the package, or in the repository, for good.

import { type Finding, ok, wrong } from '../finding'
import type { Project } from '../project'

const PATTERNS: readonly [RegExp, string][] = [
  [/(?:secret|appsecret)\w*['"]?\s*[:=]\s*['"][0-9a-f]{32}['"]/i, 'an AppSecret'],
  [/-----BEGIN (?:RSA |EC )?PRIVATE KEY-----/, 'a private key'],
  [/(?:SEALING_KEYS|INDEX_KEY)['"]?\s*[:=]\s*['"][^'"]*[A-Za-z0-9+/]{43}=/, 'a key of the database'],
  [/AES_KEY['"]?\s*[:=]\s*['"][A-Za-z0-9]{43}['"]/, 'the key of the message push'],
]

/** It names the file and the line and never shows what stands there. */
export const checkSecrets = (project: Project): Finding[] => {
  const { client, files, read } = project
  const endings = ['.ts', '.js', '.json', '.wxml', '.wxs', '.env', '.key', '.pem']
  const places = [...files(client, ...endings), ...files('cloudfunctions', ...endings)]
  const found = places.flatMap((file) =>
    (read(file) ?? '')
      .split('\n')
      .flatMap((line, index) =>
        PATTERNS.filter(([pattern]) => pattern.test(line)).map(([, what]) =>
          wrong(
            'secrets',
            `${file}:${index + 1} holds ${what}`,
            'take it out, make a new one in the console, and set that as an environment variable of the function',
          ),
        ),
      ),
  )
  return found.length > 0 ? found : [ok('secrets', 'no secret lies in the sources')]
}
