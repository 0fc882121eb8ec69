// A property list of launchd (launchd.plist(5)).
import path from 'node:path';
import type { Manager } from './unit.ts';
import { inXml } from './xml.ts';

export const LAUNCHD: Manager = {
  unit: ({ name, argv, dir, path: search, user, log }) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${inXml(name)}</string>
  <key>ProgramArguments</key>
  <array>
${argv.map((word) => `    <string>${inXml(word)}</string>`).join('\n')}
  </array>
  <key>WorkingDirectory</key>
  <string>${inXml(dir)}</string>
  <key>EnvironmentVariables</key>
  <dict>
    <key>PATH</key>
    <string>${inXml(search)}</string>
  </dict>
${user === undefined ? '' : `  <key>UserName</key>\n  <string>${inXml(user)}</string>\n`}  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ThrottleInterval</key>
  <integer>10</integer>
  <key>ProcessType</key>
  <string>Background</string>
  <key>Umask</key>
  <integer>63</integer>
  <key>StandardErrorPath</key>
  <string>${inXml(log)}</string>
</dict>
</plist>
`,
  place: (name, home, isSystem) =>
    path.posix.join(isSystem ? '/Library/LaunchDaemons' : path.posix.join(home, 'Library/LaunchAgents'), `${name}.plist`),
  begin: (name, file, isSystem) => [
    `launchctl bootstrap ${isSystem ? 'system' : 'gui/$(id -u)'} ${file}`,
    `launchctl print ${isSystem ? 'system' : 'gui/$(id -u)'}/${name}`,
  ],
};
