// What the keys of the configuration mean, what they expect and where a value came from, in Chinese: for `ai-ops config`, its
// `--explain` and `ai-ops init`. `test/cli/chinese.test.ts` asks for every key, every expectation and every default in words.

/** By key. Names of keys, variables, options, programs and files are what people type and stay as they are. */
export const KEY_MEANINGS: Readonly<Record<string, string>> = {
  logs: '要跟随的日志：路径或通配符，`-` 表示标准输入，`journald:UNIT`、`docker:NAME`、`kubernetes:NAMESPACE/NAME` 或 `kubernetes:NAMESPACE/LABEL=VALUE`、`cloudwatch:GROUP`，或者地址：`elasticsearch://[USER@]HOST[:PORT]/INDEX`（也可写 `opensearch://`）、`loki://[USER@]HOST[:PORT]/?query=LOGQL`、`sentry://HOST/ORGANIZATION[/PROJECT]`（也适用于 GlitchTip）；见 `doc/running.md`。`{"path": …}` 是单独带有 `timezone`（同 `detect.timezone`）、`service`（记录没有写明时）或 `repository`（`repos` 中某一项的 `url`）的日志，`{"command": […], "cursor": …}` 是一条命令。`kafka://broker:9092,…/topic?group=NAME` 是一个主题，同组的所有实例分摊它；其他参数有 `writer=FIELD`（没有键的记录由谁写入）、`tls=on`、`ca=FILE`、`sasl=plain`、`scram-sha-256` 或 `scram-sha-512`、`user=NAME`。',
  'sentry.note': '事件来自 Sentry 或 GlitchTip 时，把合并请求的地址作为备注写到对应的问题上。',
  'sentry.resolve': '修复得到确认后，把该问题标为已解决。',
  keywords: '日志行本身没有写明级别时，含有这些词的行算作错误。',
  'dedupe.windowSeconds': '一次尝试之后，多少秒内不再修复同一事件。',
  'detect.level': '算作错误的最低级别；`all` 表示每条记录都算。',
  'detect.ignore':
    '文本，或写成 `/…/i` 的正则表达式；前 16,384 个字符中含有其中之一的错误不计数。会使匹配变慢的写法不接受：环视（`(?=`）、反向引用（`\\1`）、总数超过 1,000 的状态。',
  'detect.encoding': '日志的编码，用 WHATWG 编码标准中的名称；`auto` 表示 UTF-8，有字节顺序标记时为 UTF-16，两者都不是的行由程序猜测。',
  'detect.timezone': '日志中没有写明时区的时间属于哪个时区：名称如 `Europe/Berlin`，或偏移量如 `+08:00`。',
  'detect.quietMs': '多少毫秒没有新行，正在读取的错误就算完整。',
  'repo.url': '要修复的仓库的地址。',
  'repo.path': '要修复的检出目录的路径；只读取，从不写入。',
  'repo.baseBranch': '修复从哪个分支出发，合并请求也以它为目标。',
  'repo.subdir': '服务在仓库中的目录。',
  repos:
    '由一个 `watch` 修复的多个仓库，代替当前所在的仓库：`url`（地址，或检出目录的路径）、`services`（其程序在记录中的名称）、`paths`（其日志、以及程序运行目录的通配符）、`subdir`、`baseBranch`，以及各自的 `tokenVariable`（令牌所在的变量，若不是该平台的默认变量）、`mailTo`、`maxRepairsPerDay` 和 `maxUsdPerDay`。见 `doc/running.md`。',
  'codeHost.kind': '在哪里创建合并请求；`auto` 由远程地址判断，没有令牌时为 `local`。',
  'codeHost.baseUrl': '自建服务器的地址：GitHub 为 REST API 的地址，GitLab 为服务器的地址。',
  'codeHost.project': '代码托管平台上的项目：`owner/name`，或 `group/subgroup/name`。',
  'claude.command': 'Claude Code CLI 的程序。',
  'claude.args': '传给它的其他参数；写在环境变量中时用 JSON 数组，或像 shell 那样加引号的词，不做任何展开。',
  'claude.unsafeArgs':
    '`claude.args` 中允许出现的、会拆掉一道安全墙的选项，逐个写出名称，例如 `--mcp-config`。此后每个合并请求都是写明它们的草稿。不从仓库的文件读取。',
  'claude.mode':
    '`code_blocks`：Claude 只看到堆栈涉及的文件，以完整文件或精确改动作答，没有工具；`agentic`：它在一次性的工作树里读取和编辑。',
  'claude.model': '要使用的模型。',
  'claude.usdPerMTokens': 'CLI 不认识的模型的价格：费用按它报出的 token 数计算。单次回答内的上限仍按 CLI 自己的价格。',
  'claude.timeoutSeconds': '多少秒后终止 Claude。',
  'claude.maxTurns': '一次修复中 Claude 最多可用的轮数。',
  'claude.maxBudgetUsd': '一次修复最多可花的美元。',
  'claude.maxContextTokens':
    'code_blocks 模式下，一次提示词中文件最多可占的 token 数，约四个字节一个；最可能的文件在前，放不下的只显示部分。可用 `fix --dry-run` 查看。',
  'claude.maxRetries':
    '一次修复中还可以向 Claude 再要几次回答，并说明错在哪里：回答无法应用、没有改动、被安全检查拒绝或破坏了验证，且 `claude.maxBudgetUsd` 至少还剩一半时。`0` 表示不再要。',
  'claude.testFirst': '先让 Claude 写测试，再写修复：只有测试重现了日志中的错误，才为修复付费。适用于 code_blocks 和 agentic 模式。',
  'verify.setup': '准备新工作树的命令，例如 `npm ci`；`[]` 表示没有。只要锁文件、清单和工具不变，下一次修复不再运行。',
  'verify.check': '验证级别 L1 要求通过的命令：静态检查、类型检查、构建。',
  'verify.test': '验证级别 L2 要求通过的命令：测试；`[]` 表示没有。',
  'verify.env':
    '准备、检查和测试除了工具、语言和代理的常用变量之外还需要的环境变量；其他变量它们看不到。仓库的文件不能指定名称像密钥的变量。',
  'verify.sandbox':
    '在沙箱（Linux 上为 bubblewrap）中运行这些命令和 Claude：有自己的进程、HOME 和 TMPDIR，除了工具之外看不到你的任何东西。`auto`：本机能启动沙箱时使用；`required`：没有沙箱就不修复；`off`，如果只有仓库的文件这样要求，则按 `auto` 处理。',
  'verify.network':
    '这些命令中哪些在沙箱里可以访问网络：都不可以（`none`）、只有准备（`setup`），或者检查和测试也可以（`all`）。不能访问时只有自己的回环地址。',
  'verify.read':
    '除了系统以及 PATH 和变量指出的工具之外，这些命令在沙箱里还可以读取的文件和目录，例如自建软件源的设置。不从仓库的文件读取。',
  'verify.timeoutSeconds': '多少秒后终止这些命令中的一条。',
  'verify.bisectSeconds':
    '创建合并请求之前，查找引入错误的提交最多可用的秒数，至多运行 8 次；0 表示不查找。仅当修复的测试重现了日志中的错误时进行。',
  'verify.maxMemoryMb': '这些命令中的一条连同它启动的一切最多可占的内存，单位 MB；超过即被终止。仅限 Linux。',
  'policy.minCount': '事件出现多少次后才修复。',
  'policy.minAgeSeconds': '事件首次出现至少多少秒之后才修复；在看到该事件时判断。`ai-ops fix` 不等待。',
  'policy.maxAttempts': '同一事件总共最多修复几次。',
  'policy.maxRepairsPerHour': '一小时内最多开始几次修复。',
  'policy.maxRepairsPerDay': '24 小时内最多开始几次修复。',
  'policy.maxUsdPerDay': '24 小时内最多花费的美元。',
  'policy.maxConsecutiveFailures':
    '无论哪个事件，修复最多可以连续失败几次；此后在最后一次失败一小时之内不再开始修复。`ai-ops fix` 和 `ai-ops retry` 不受限制。',
  'policy.repair':
    '要修复的事件类别：`code-fault`（代码缺陷）、`denied`（有人被正当拒绝）、`bad-input`（代码正当拒绝了调用方的输入）、`environment`（机器或其他服务拒绝了请求）、`unknown`（未知）。其余只计数和通知；`ai-ops fix --fingerprint` 可以修复任何类别。',
  'policy.maxOpenRequests': '一个仓库同时最多可有几个未合并的合并请求；超过时不开始修复。`ai-ops fix` 不受限制。',
  'policy.maxFiles': '一次修复最多可改动几个文件。',
  'policy.maxLines': '一次修复最多可新增和删除的总行数。',
  'policy.protectedPaths': '除内置的之外，修复不得触碰的文件：`*` 匹配名称的一部分，`**` 跨目录匹配。',
  'policy.claimSeconds': '修复期间，远程仓库上的认领保持多少秒；会及时续期。某个实例停掉后，其他实例在这段时间之后接手它的错误。',
  'policy.openAt':
    '达到哪个验证级别才创建合并请求；低于它时以议题说明，并附补丁。`auto`：有已知的测试命令时为 L2；仓库没有测试命令，或者测试先前就失败、没有变得更糟且只有改动的测试重现了错误时，任何级别均可；安全检查认为只是掩盖错误时为 L3。',
  'policy.issues':
    '修复因 `policy.openAt` 没有提出，或 Claude 认为无需改动时，创建议题：每个事件一个，错误消失后关闭。没有托管平台时为 Markdown 文件。关闭此项时，只有修复记录会说明。',
  'policy.draft': '合并请求以草稿形式创建。',
  'policy.refreshSeconds': '`watch` 每隔多少秒查看一次未合并的合并请求；失败后间隔变长。已关闭的每十二次查看一次。',
  'policy.deploySeconds': '修复合并后多少秒内，其错误仍可能来自旧版程序。',
  'policy.staleDays':
    '错误多少天没有出现、且基线已改动过它发生时所在的文件，就自动关闭其合并请求。错误再次出现时会重新提出。`0` 表示从不关闭。',
  'policy.confirmSeconds': '合并并经过 `policy.deploySeconds` 之后，错误多少秒没有出现才算确认修复。只计算 `watch` 跟随其日志的时间。',
  'commit.author': '提交的作者。请在所有实例上设为相同：这样相同的修复就是相同的提交。环境变量中另有 `GIT_AUTHOR_EMAIL`。',
  'commit.committer': '提交者，如果与作者不同。环境变量中另有 `GIT_COMMITTER_EMAIL`。',
  'commit.signoff': '加上作者的 `Signed-off-by`，用于开发者原创声明（DCO）。',
  'commit.sign':
    '为提交签名的 ssh 密钥：没有口令的私钥文件，或 ssh-agent 所持密钥的公钥文件。由 git 的 `gpg.ssh` 校验。不从仓库的文件读取。',
  'commit.subject':
    '提交的第一行：会填入 `{what}`（类型、函数和文件）、`{type}`、`{function}`、`{file}`、`{level}` 和 `{proof}`。最多保留 72 个字符。',
  'request.title': '合并请求的标题，花括号中的名称同上。',
  'request.branchPrefix': '修复分支的名称以什么开头，后接 `fix-` 和 12 位数字：适用于对分支名称有规定的平台。请在所有实例上设为相同。',
  'request.labels': '合并请求的标签；`[]` 表示没有。',
  'request.reviewers': '创建合并请求时请谁评审：用户名；GitHub 上的团队写作 `team:NAME`。',
  'request.assignees': '创建合并请求时指派给谁。',
  'request.removeSourceBranch': '合并后由 GitLab 删除分支；在 GitHub 上由仓库的设置决定。',
  'request.squash': '合并时由 GitLab 把分支压成一个提交；在 GitHub 上由合并的人决定。',
  'request.event':
    '合并请求、议题、提交和邮件对错误说多少：`abstracted`，其文字，但去掉用户的值；`frames`，只有类型和应用的堆栈帧；`raw`，日志原文，包括个人数据。敏感信息从不出现。',
  'follow.reviews':
    '要求修改的评审及其行内评论，会让 ai-ops 在其合并请求上再提交一次。关闭时，只有以 `follow.prefix` 开头的评论有效。仅限对项目有写权限的人，从不理会机器人。',
  'follow.prefix': '合并请求上写给 ai-ops 的评论以什么开头。',
  'follow.checks':
    '在基线提交上通过、在合并请求上失败的检查：令牌允许时先重新运行一次失败的部分，再用一个提交修复一次，不碰测试和 CI 的设置。不处理额度、网络、运行器丢失和超时，只在评论中说明。需要读取检查和作业日志的权限（GitHub：`checks`、`statuses` 和 `actions` 读取；重新运行需要 `actions` 写入）。',
  'follow.maxRounds':
    'ai-ops 在一个合并请求上最多答复几次，每次至多一个提交；每次最多花费 `claude.maxBudgetUsd`，并计入 `policy` 的预算。`0` 表示不答复：此时只告知一次。',
  'notify.on':
    '告知哪些事情：合并请求（`proposed`）、代替它的议题（`issued`）、无需改动的回答（`declined`）、被拒绝或失败的修复（`refused`、`failed`）、合并请求的结局（`merged`、`closed`、`confirmed`、`regressed`）、因限制而暂停的修复（`stopped`，每天每种限制一次），以及改动代码无法解决的问题（`environment`：一次，恶化十倍或结束时再一次）。',
  'notify.webhook':
    '发送到 `WEBHOOK_URL` 所指 webhook 的格式；没有该地址时不发送。`json` 是 ai-ops 自己的格式，用 `WEBHOOK_SECRET` 签名（`doc/webhook.md`）；`slack`、`teams`、`mattermost`、`dingtalk`、`feishu` 和 `wecom` 是聊天消息；`dingtalk` 和 `feishu` 按其要求签名。',
  'mail.enabled': '发送邮件；发哪些由 `notify.on` 决定。',
  'mail.host': 'SMTP 服务器。',
  'mail.port': 'SMTP 服务器的端口。',
  'mail.secure': '从第一个字节起使用 TLS；否则必须使用 STARTTLS（回环地址除外）。',
  'mail.user': 'SMTP 服务器上的用户；密码取自 `SMTP_PASSWORD`。',
  'mail.tokenCommand':
    '输出 `mail.user` 的 OAuth2 令牌的 shell 命令，每次登录时运行：用于不接受密码的服务器（XOAUTH2 或 OAUTHBEARER）。有效期足够长的令牌可以放在 `SMTP_OAUTH_TOKEN` 中。不从仓库的文件读取。',
  'mail.from': '发件人；也可写成 `Name <address>`。',
  'mail.to': '收件人；也可写成 `Name <address>`，域名可用任何文字。',
  'mail.maxPerHour': '一小时内逐封发送的邮件数；更多的合并为一封汇总。0 表示全部汇总。',
  'mail.digestSeconds': '从第一条通知起多少秒后发送汇总；`fix`、`retry` 和 `watch --once` 结束时立即发送。',
  'mail.ca': '邮件服务器证书可以由哪些机构签发的 PEM 证书文件，加在 Node 和系统自带的之外。',
  trust:
    '仓库的文件可以要求、尽管只有它们提到的东西：可以把你环境中的密钥发给它的服务器（写作 `name` 或 `name:port`）、程序、仓库之外的路径。`ai-ops config --trust NAME` 增加一个。不从仓库的文件读取。',
  'state.dir': '修复记录数据库、工作树和对象库所在的目录。',
  'state.file': '其中数据库文件的名称；`TRACE_DB_PATH` 同时设置两者。',
  'state.retentionDays': '修复记录保留多少天。',
  'state.maxTraces': '最多保留多少条修复记录，新的优先。',
  'state.incidentDays': '只出现过一次、也没有处理过的事件，多少天后清除。',
  'state.maxIncidents': '最多保留多少个事件；超出时先清除只出现过一次的。有修复记录、合并请求或人的决定的事件保留。',
  language: '提示词、合并请求、邮件和错误的语言：英文或中文；`auto` 按系统语言（`LC_ALL`、`LC_MESSAGES`、`LANG`）。',
};

/** What is expected of a value, its default in words, and where it came from. `{1}`, `{2}` stand for what is filled in. */
export const keySentences = (): readonly (readonly [english: string, chinese: string])[] => [
  ['{1:}, or null', '{1:}，或 null'],
  ['a whole number from {1} to {2}', '{1} 到 {2} 的整数'],
  ['a number from {1} to {2}', '{1} 到 {2} 的数'],
  ['true or false', 'true 或 false'],
  ['one of {1}', '以下之一：{1,}'],
  ['a list of words, for example {1}', '词的列表，例如 {1}'],
  ['a list of texts or regular expressions, for example {1}', '文本或正则表达式的列表，例如 {1}'],
  ['a list of paths or globs, for example {1}, or of commands such as {2}', '路径或通配符的列表，例如 {1}；或命令的列表，例如 {2}'],
  ['`auto` or an encoding: {1} to {2}, {3} to {4}', '`auto` 或一种编码：{1} 至 {2}、{3} 至 {4}'],
  ['the name of a time zone such as {1}, an offset such as {2}', '时区名称，例如 {1}，或偏移量，例如 {2}'],
  [
    'the address of a repository without a password or token in it (give the token in {1})',
    '仓库的地址，其中不含密码和令牌（令牌请放在 {1}）',
  ],
  ['a path', '路径'],
  ['the name of a branch', '分支的名称'],
  ['a path within the repository', '仓库内的路径'],
  [
    'a list of different repositories such as {1}, without a password or token in them',
    '互不相同的仓库的列表，例如 {1}，其中不含密码和令牌',
  ],
  [
    'an https:// address without user or password (http:// for loopback addresses only)',
    'https:// 地址，不含用户和密码（http:// 仅限回环地址）',
  ],
  ['a project such as {1}', '项目，例如 {1}'],
  ['the name of a program on the PATH, or its absolute path', 'PATH 中程序的名称，或其绝对路径'],
  [
    'a list of arguments, for example {1}; as text a JSON array or words with closed quotes',
    '参数的列表，例如 {1}；写成文本时用 JSON 数组，或引号成对的词',
  ],
  ['names of flags, for example {1}', '选项的名称，例如 {1}'],
  ['the name of a model', '模型的名称'],
  [
    'US dollars for a million tokens, for example {1}, with cacheRead and cacheWrite where they differ from input',
    '每百万 token 的美元价格，例如 {1}，cacheRead 和 cacheWrite 与 input 不同时另写',
  ],
  ['a list of commands, for example {1}', '命令的列表，例如 {1}'],
  ['names of variables, for example {1}', '变量的名称，例如 {1}'],
  ['a list of paths, for example {1}', '路径的列表，例如 {1}'],
  ['a list of patterns, for example {1}', '通配模式的列表，例如 {1}'],
  ['a list of labels, for example {1}', '标签的列表，例如 {1}'],
  ['a list of login names, for example {1}', '用户名的列表，例如 {1}'],
  ['a list of names, for example {1}', '名称的列表，例如 {1}'],
  ['a list of mail addresses such as {1}', '邮件地址的列表，例如 {1}'],
  ['a list of {1}', '以下各项的列表：{1,}'],
  ['a name and an address such as {1}', '姓名和地址，例如 {1}'],
  ['a line in which {1} may stand', '一行文字，其中可以使用 {1}'],
  ['the beginning of the name of a branch, for example {1}', '分支名称的开头，例如 {1}'],
  ['a word, for example {1}', '一个词，例如 {1}'],
  ['the name of a mail server', '邮件服务器的名称'],
  ['a user name', '用户名'],
  ['a command', '命令'],
  ['one mail address such as {1}', '一个邮件地址，例如 {1}'],
  ['the name of a file without a directory', '不带目录的文件名'],
  // defaults in words
  ["the machine's", '本机的时区'],
  ['`origin` of the enclosing repository', '所在仓库的 `origin`'],
  ['the enclosing repository', '所在的仓库'],
  ['the default branch of the remote', '远程仓库的默认分支'],
  ['the root of the repository', '仓库的根目录'],
  ["from the remote's address", '由远程地址得出'],
  ['the default of the CLI', 'CLI 的默认值'],
  ["the CLI's own prices", 'CLI 自己的价格'],
  ['found from the repository where it is plain', '从仓库中能明确看出时自动得出'],
  [
    "the token's own user with the address that the host gives them; locally `ai-ops`",
    '令牌所属的用户及平台给出的地址；没有托管平台时为 `ai-ops`',
  ],
  ['the author', '作者'],
  ['none', '无'],
  ['`Fix {what} [proof {proof}]`, in the language of the texts', '`Fix {what} [proof {proof}]` 的当前语言写法'],
  ['true when `mail.host` and `mail.to` are set', '设置了 `mail.host` 和 `mail.to` 时为 true'],
  ['587, or 465 with `mail.secure`', '587；启用 `mail.secure` 时为 465'],
  ['true for port 465', '端口为 465 时为 true'],
  ['`mail.user` where that is an address', '`mail.user`，如果它是邮件地址'],
  [
    '`$STATE_DIRECTORY` of a service, else `$XDG_STATE_HOME/ai-ops`, else `~/.local/state/ai-ops`',
    '服务的 `$STATE_DIRECTORY`，否则 `$XDG_STATE_HOME/ai-ops`，否则 `~/.local/state/ai-ops`',
  ],
  // origins
  ['default', '默认'],
  ['not set', '未设置'],
  ['mail.host and mail.to are set', '已设置 mail.host 和 mail.to'],
  ['mail.port is 465', 'mail.port 为 465'],
  ['mail.secure is true', 'mail.secure 为 true'],
];
