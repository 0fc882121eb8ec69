// A task of Windows' Task Scheduler, in its XML (version 1.2 of the schema, Windows 7 and newer).
import path from 'node:path';
import type { Manager } from './unit.ts';
import { inXml } from './xml.ts';

export const TASK: Manager = {
  unit: ({ argv: [program = '', ...args], dir, name }) => `<?xml version="1.0" encoding="UTF-8"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${inXml(`${name}: ai-ops watches ${path.win32.basename(dir)}`)}</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
    </LogonTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>999</Count>
    </RestartOnFailure>
  </Settings>
  <Actions>
    <Exec>
      <Command>${inXml(program)}</Command>
      <Arguments>${inXml(args.map(quoted).join(' '))}</Arguments>
      <WorkingDirectory>${inXml(dir)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`,
  place: (name, home) => path.win32.join(home, `${name}.xml`),
  begin: (name, file) => [`schtasks /Create /TN ${name} /XML "${file}"`, `schtasks /Run /TN ${name}`],
};

/** As CommandLineToArgvW takes it apart: backslashes count only before a quote. */
function quoted(word: string): string {
  if (word !== '' && !/[\s"]/.test(word)) return word;
  return `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
