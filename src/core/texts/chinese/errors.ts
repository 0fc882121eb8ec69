// The catalogue of errors in Chinese: what failed, and what to do. The same placeholders as in `errors.ts`; a test asks for every
// code. Names of commands, keys, variables and files are what people type and stay as they are.
import type { TextLanguage } from '../phrases.ts';
import { detailIn } from './details.ts';

type Words = readonly [message: string, hint: string];

/** By code. */
export const chineseErrors = (): Readonly<Record<string, Words>> => ({
  usage: ['{detail}', '选项和示例见 `ai-ops {command} --help`'],
  'usage-general': ['{detail}', '命令和示例见 `ai-ops --help`'],
  'usage-earlier': ['{detail}：这是 Python 版 AI-Ops 的用词', '{instead}'],
  'config-invalid': ['配置中有 {count}{problems}', '请改正上面列出的键；`ai-ops config` 显示每个值及其来源'],
  'config-unreadable': ['无法读取配置文件 {file}：{detail}', '请检查路径、权限和文件语法'],
  'config-script': ['配置文件 {file} 是程序，没有运行它', '如果信任它，用 --config {file} 指定；或者改写成 JSON 或 YAML'],
  'file-exists': ['{file} 已经存在', '用 --force 覆盖，或者编辑它'],
  'file-unwritable': ['无法写入 {file}：{detail}', '所在目录必须存在并且可写'],
  'no-logs': ['没有可读的日志', '给出文件、通配符或 `-`，或者在 .aiopsrc.json 中设置 `logs`'],
  'trace-not-found': ['账本中没有修复记录 {trace}', '用 `ai-ops status` 查看现有的修复记录'],
  'trace-elsewhere': ['修复记录 {trace} 属于 {repository}', '请在该仓库的检出目录中运行 `ai-ops retry {trace}`'],
  'key-unknown': ['配置中没有键 {key}', '是不是 {nearest}？`ai-ops config` 列出所有键，`ai-ops config --explain KEY` 说明含义'],
  'incident-not-found': ['这里没有事件 {fingerprint}', '用 `ai-ops incidents` 查看现有的指纹'],
  'sign-failed': ['无法用 {key} 为提交签名：{detail}', '在 commit.sign 中给出没有口令的 ssh 私钥，或者 ssh-agent 所持密钥的 .pub 文件'],
  'sign-unbound': ['commit.sign 写在 {file} 中：用哪把密钥签名不能由仓库决定', '请写在你自己的配置文件里'],
  'destination-unmeant': ['{words}', '{hint}'],
  'already-watched': ['另一个 ai-ops（进程 {pid}）已在用同一状态目录为该仓库跟随 {source}', '结束它，或者为本进程另设 --state-dir'],
  'directory-gone': ['当前工作目录已不存在', '换到一个存在的目录，再运行同一命令'],
  'log-not-found': ['没有这个日志：{source}', '请检查路径；`watch` 会等待尚不存在的文件，`watch --once`、`scan` 和 `fix` 不会'],
  'log-unreadable': ['无法读取日志 {source}：{detail}', '请检查文件及其目录的权限'],
  'log-is-directory': ['日志 {source} 是目录', '请给出其中的文件，例如 {source}/*.log'],
  'log-binary': ['日志 {source} 不是文本', '请给出文本日志；如果是 UTF-16 或其他编码，设置 detect.encoding'],
  'log-cut': ['压缩日志 {source} 已损坏或不完整；能解压的部分已经读取', '重新生成或取得它；`gzip -t {source}` 可以检查是否完整'],
  'log-refused': ['不允许读取 {source}：{detail}', '请在其来源处重新登录；`ai-ops doctor` 可以试一次'],
  'log-unreachable': ['现在无法读取 {source}：{detail}', '请检查名称和网络；`watch` 会继续尝试'],
  'log-topic': ['没有这个主题：{source}', '请检查名称，以及用户能否查看它；`kafka-topics.sh --list` 列出现有的主题'],
  'log-empty': ['{source} 中没有记录', '请确认主题是否正确，是否有程序在写入'],
  'log-name': [
    '{source} 不是日志的名称：{detail}',
    '写成 journald:UNIT、docker:NAME、kubernetes:NAMESPACE/NAME、kubernetes:NAMESPACE/LABEL=VALUE 或 cloudwatch:GROUP；`./{source}` 是同名文件',
  ],
  'log-command-unbound': [
    '只有 {file} 要求运行 {program} 来读取日志：{command}',
    '如果它是你的，运行 `ai-ops config --trust {program}`；或者在你自己的配置文件里把它写进 `logs`',
  ],
  'program-unbound': [
    '没有运行 {program}：只有仓库的 {file} 在 {key} 中要求运行它',
    '如果它是你的，运行 `ai-ops config --trust {program}`；或者用环境变量或 --config 指定的文件给出',
  ],
  'file-unbound': [
    '没有读取 {path}：只有仓库的 {file} 在 {key} 中要求读取它',
    '如果确有此意，运行 `ai-ops config --trust {path}`；或者用命令行、环境变量或 --config 指定的文件给出',
  ],
  'log-command': ['{source} 的命令已结束（{ending}）：{detail}', '手动运行它，看它要什么；`ai-ops doctor` 可以试一次'],
  'log-query': ['不能这样查询 {source}：{detail}', '请改正地址：路径、查询或数量限制'],
  'log-no-time': ['无法跟随 {source}：{detail}', '用 `?time=FIELD` 指定记录的时间字段；它的映射类型必须是 date 或 date_nanos'],
  'log-address': ['地址 {source} {detail}', '请改正；各种写法见配置文档中的键 logs'],
  'log-unbound': [
    '密钥 {variable} 会发给 {host}，而只有 {file} 提到它',
    '如果它是你的，运行 `ai-ops config --trust {host}`；或者用 LOG_FILE_PATH 或命令行给出日志',
  ],
  'sentry-deferred': [
    '{host} 的 Sentry 暂时不收备注：{detail}',
    '不用做什么：`ai-ops watch` 会再试，每次 `ai-ops fix` 和 `ai-ops retry` 之后也会',
  ],
  'sentry-refused': ['{host} 的 Sentry 拒绝了备注：{detail}', '给令牌写事件的权限（event:write），或者把 sentry.note 设为 false'],
  'no-error-found': ['{source} 中没有发现错误', '降低 --level，增加关键字，或者确认这是正确的日志'],
  'state-unwritable': ['无法写入状态目录 {dir}：{detail}', '让它可写，或者用 --state-dir 另选一个'],
  'temporary-unwritable': ['临时目录 {dir} 无法使用：{detail}', '把 TMPDIR 设为一个存在并且可写的目录'],
  'state-of-others': ['没有使用：{path} {detail}', '改为归你所有（`chown`、`chmod go-w {path}`），或者用 --state-dir 另选状态目录'],
  'ledger-damaged': ['账本 {file} 已损坏，现已移到 {aside}', '已建立新账本；想用 sqlite3 恢复就保留旧文件'],
  'ledger-changes-damaged': [
    '账本 {file} 的部分变更无法写入，现在在 {aside} 中',
    '账本从已有内容继续，此后的日志会重新读取；此后修复的结果只在那个文本文件里',
  ],
  'ledger-unreadable': [
    '无法读取账本 {file}：{detail}',
    '请检查权限；如果已损坏，下一次 `ai-ops watch` 或 `ai-ops fix` 会把它移开并新建一个',
  ],
  'ledger-foreign': ['文件 {file} 不是 ai-ops 的账本', '用 --state-dir 另选状态目录，或者用 TRACE_DB_PATH 另选文件'],
  'ledger-locked': ['账本 {file} 被进程 {pid} 锁定', '等它结束；如果没有这个进程，删除 {lock}'],
  'ledger-absent': [
    '{path} 处没有账本',
    '请写出那台机器的状态目录，或其中的 ai-ops.sqlite；若有 ai-ops.sqlite.changes，复制时要放在它旁边',
  ],
  'ledger-newer': ['账本 {file} 由更新版本的 ai-ops 写成（格式 {found}，本版本认识 {known}）', '升级 ai-ops，或者换一个 --state-dir'],
  'no-repository': ['{path} 处没有 git 仓库', '在仓库中运行 ai-ops，或者设置 repo.path 或 repo.url'],
  'repository-twice': ['`repos` 中有两项是同一个仓库：{first} 和 {second}', '删除其中一项；同一仓库的多个目录只写一项'],
  'repository-empty': ['仓库 {remote} 没有提交', '先推送一个提交，或者把 repo.baseBranch 设为有提交的分支'],
  'repository-unsupported': ['无法读取仓库 {remote}：{detail}', '请使用普通文件格式的 SHA-1 仓库，或者把 repo.url 设为 https 远程地址'],
  'remote-ssh': ['远程 {remote} 使用 SSH，而它的 https 地址未知', '把 repo.url 设为仓库的 https 地址'],
  'remote-plain-http': ['远程 {remote} 会以明文发送令牌', '请使用 https；明文 http 只用于本机回环地址'],
  'branch-not-found': ['远程 {remote} 没有分支 {branch}', '请改正 repo.baseBranch'],
  'git-auth': ['远程 {remote} 拒绝了令牌：{detail}', '给令牌该仓库的读写权限'],
  'git-not-found': ['没有找到远程 {remote}：{detail}', '请检查地址，以及令牌能否看到私有仓库'],
  'git-unreachable': ['无法连接远程 {remote}：{detail}', '请检查网络、代理、证书（自己的证书机构用 SSL_CERT_FILE 指定）和地址，然后重试'],
  'push-rejected': ['远程拒绝了分支 {branch}：{detail}', '允许令牌创建该分支，并检查仓库的规则'],
  'rule-refused': ['仓库的规则拒绝了分支 {branch}：{detail}', '{advice}'],
  'branch-blocked': [
    'git 不允许分支 {branch} 与分支 {other} 同时存在',
    '把 request.branchPrefix 改成别的开头，或者在托管平台上删除 {other}',
  ],
  'branch-taken': ['分支 {branch} 已存在，并且有别的提交', '查看该分支；如果允许 ai-ops 再次提出修复，就在托管平台上删除它'],
  'store-damaged': ['{remote} 的本地副本已损坏：{detail}', '已删除，下次运行时重新获取'],
  'store-locked': ['{remote} 的本地副本正被进程 {pid} 使用', '等它结束；如果没有这个进程，删除 {lock}'],
  'claude-not-found': [
    '没有找到 Claude Code CLI `{command}`',
    '用 `npm install -g @anthropic-ai/claude-code` 安装，或者设置 claude.command',
  ],
  'claude-auth': ['Claude 拒绝了登录：{detail}', '运行一次 `claude` 登录，或者设置 ANTHROPIC_API_KEY'],
  'claude-rate-limit': ['Claude 超出了速率或用量限制：{detail}', '稍后再试；没有任何改动'],
  'claude-budget': ['一次修复的预算 {limit} 美元已用完', '提高 claude.maxBudgetUsd，或者自己看这个事件'],
  'claude-turns': ['Claude 达到 {limit} 轮上限后停止', '提高 claude.maxTurns，或者用 code_blocks 模式'],
  'claude-timeout': ['Claude 在 {seconds} 秒内没有回答，已被结束', '提高 claude.timeoutSeconds，或者检查网络'],
  'claude-garbage': ['Claude 的回答无法读取：{detail}', '用 `ai-ops doctor` 检查版本；回答在修复记录里'],
  'claude-failed': ['Claude 以错误结束：{detail}', '运行 `ai-ops doctor`；它的输出在修复记录里'],
  'claude-unreachable': ['无法连接 Claude：{detail}', '请检查网络、代理和 ANTHROPIC_BASE_URL，然后重试'],
  'claude-model': [
    '所访问的服务没有这个模型：{detail}',
    '请把 claude.model（或 ANTHROPIC_MODEL）设为该服务提供的模型，或者更正地址；`ai-ops doctor --canary` 可以试一下',
  ],
  'claude-unsupported': [
    'Claude Code CLI {version} 不认识 {flag}，而它要靠这个选项守在墙内',
    '用 `claude update` 或 `npm install -g @anthropic-ai/claude-code` 升级，然后运行 `ai-ops doctor`',
  ],
  'claude-walls': [
    'Claude Code CLI {version} 运行时带有 ai-ops 禁止的 {detail}；它的回答没有采用',
    '查看本机管理员是否强加了 CLI 设置（managed settings）',
  ],
  'claude-args-refused': [
    'claude.args 不能含有 {arg}：它会拆掉一道安全墙，或者可能如此',
    '从 claude.args 和 CLAUDE_ARGS 中去掉，或者在仓库之外的 claude.unsafeArgs 中写明；允许的有 {allowed}',
  ],
  'answer-empty': ['Claude 没有提出任何改动', '用 `ai-ops status {trace}` 看它的说明'],
  'answer-declined': ['Claude 认为不应改动任何东西', '用 `ai-ops status {trace}` 看原因；`ai-ops fix --fingerprint` 可以再问一次'],
  'answer-unusable': ['回答无法应用：{detail}', '用 `ai-ops status {trace}` 阅读；agentic 模式也许更好'],
  'test-reproduces': [
    '你的测试如愿重现了日志里的错误：请原样再给出这个测试，并附上让它通过的修复',
    '没有等到修复：用 `ai-ops status {trace}` 看修复记录',
  ],
  'test-shows-nothing': [
    '测试没有重现日志里的错误，所以没有再要修复：{detail}',
    '用 `ai-ops status {trace}` 阅读；不用 `--test-first` 时会直接要修复',
  ],
  'answer-outside': ['回答中的文件不在仓库里：{path}', '没有写入任何东西；用 `ai-ops status {trace}` 阅读回答'],
  'change-unsafe': ['不允许写入对 {path} 的改动：{detail}', '没有提交任何东西；用 `ai-ops status` 查看差异'],
  'guard-patch-only': ['安全检查把这个改动留给人决定：{detail}', '用 `ai-ops status {trace}` 查看补丁，正确的话自己应用'],
  'guard-refused': ['安全检查拒绝了改动：{detail}', '用 `ai-ops status {trace}` 查看差异；规则在 policy.protectedPaths 和 policy.max*'],
  'proof-refused': ['修复被拒绝：{detail}', '用 `ai-ops status {trace}` 查看差异和输出'],
  'verify-setup-failed': [
    '修复之前 verify.setup 就失败了：{detail}',
    '用 `ai-ops status {trace}` 查看该命令的输出；也可在干净的克隆里手动运行它',
  ],
  'verify-runner-missing': [
    '本机无法运行测试：{detail}',
    '没有询问 Claude；安装缺少的程序，或在 verify.setup 和 verify.test 中写别的命令（`[]` 表示不运行测试也修复）',
  ],
  'policy-skip': ['没有修复：{reason}', '`ai-ops explain 指纹` 说明原因，以及由哪个 policy 键决定'],
  'reply-skipped': ['没有处理所要求的事：{why}', '会自动再看这个请求'],
  'base-mended': ['基础分支在 {commit} 已经修好：没有本修复，它的测试也通过', '请求已关闭；错误再次出现时会再修复'],
  'base-conflict': ['改动与基础分支不再吻合：{paths}', '在分支上解决冲突，或者关闭请求，用 `ai-ops fix --again` 要另一个修复'],
  'issue-opened': ['写成了议题，没有提出合并请求：{why}', '补丁在议题和 `ai-ops status {trace}` 中；policy.openAt 决定什么会提出'],
  'below-open-at': [
    '没有提出：{why}',
    '用 `ai-ops status {trace}` 查看补丁；policy.openAt 决定什么会提出，policy.issues 决定其余的是否写成议题',
  ],
  'claimed-elsewhere': ['没有修复：另一个实例正在修复（其认领有效至 {until}）', '会自动再看；请求会显示在这里'],
  'tried-elsewhere': [
    '没有修复：另一个实例已经试过（{ending}），{until} 之前不再试',
    '在那个实例上用 `ai-ops status` 查看；`ai-ops fix` 仍会在这里尝试',
  ],
  'policy-limit': ['没有修复：{reason}', '提高 policy 中的限制，或者等待'],
  'retry-needs-answer': [
    '修复记录 {trace} 无法用原来的回答继续：{reason}',
    '需要新的回答：`ai-ops fix --from-log LOG --fingerprint {fingerprint}` 会再问 Claude',
  ],
  'repair-taken': ['另一个 ai-ops 正在修复 {fingerprint}', '见 `ai-ops status`'],
  'certificates-unreadable': ['{variable} 指向的 {file} 中没有可读的证书', '给出含有证书机构 PEM 证书的文件，或者取消 {variable}'],
  'token-missing': ['没有 {host} 的令牌', '设置 {variable}，或者把 codeHost.kind 设为 local，得到补丁而不是请求'],
  'token-unbound': [
    '没有把令牌发给 {host}：只有仓库里的 {file} 提到它',
    '如果那是你的主机，运行 `ai-ops config --trust {host}`；或者用环境变量 {variable}、--config 指定的文件或检出目录的远程说明',
  ],
  'password-unbound': [
    '没有把邮件密码发给 {host}：只有仓库里的 {file} 提到它',
    '如果那是你的服务器，运行 `ai-ops config --trust {host}`；或者用环境变量 SMTP_SERVER 说明',
  ],
  'webhook-unbound': [
    '没有用 WEBHOOK_SECRET 为 {host} 签名：只有仓库里的 {file} 提到这个地址',
    '如果它是你的，运行 `ai-ops config --trust {host}`；或者在环境中设置 WEBHOOK_URL',
  ],
  'host-auth': ['{host} 拒绝了令牌：{detail}', '按 README 所列权限新建令牌，并设置 {variable}'],
  'host-forbidden': ['{host} 不允许这样做：{detail}', '{grant}'],
  'host-not-found': ['{host} 上没有项目 {project}，或者令牌看不到它', '请检查 codeHost.project 和令牌的权限'],
  'issues-off': [
    '{host} 上 {project} 的议题功能已关闭',
    '打开它，或者把 policy.issues 设为 false；补丁和说明在 `ai-ops status {trace}` 中',
  ],
  'host-invalid': ['{host} 拒绝了请求：{detail}', '分支已推送；手动打开请求，或者改正原因后重试'],
  'host-moved': ['{host} 把请求转到了 {location}', '如果信任新地址，把 codeHost.baseUrl 和 codeHost.project 设为它'],
  'host-limit': ['{host} 超出了速率限制：{detail}', '等到 {until}'],
  'host-unreachable': ['无法连接 {host}：{detail}', '请检查网络、代理、证书（自己的证书机构用 SSL_CERT_FILE 指定）和 codeHost.baseUrl'],
  'host-garbage': ['{host} 的回答不是它的 API：{detail}', '请检查 codeHost.baseUrl；中间可能有登录页或代理'],
  'mail-address': ['不是邮件地址：{address}', '请改正 mail.to 和 mail.from'],
  'mail-ca': ['无法读取 mail.ca 的证书 {file}：{detail}', '给出 PEM 证书文件'],
  'mail-auth': [
    '邮件服务器 {host} 拒绝了登录：{detail}',
    '请检查 SMTP_USER 和 SMTP_PASSWORD；只接受 OAuth2 令牌（XOAUTH2、OAUTHBEARER）的服务器需要 SMTP_OAUTH_TOKEN 或 mail.tokenCommand',
  ],
  'mail-token': ['没有邮件服务器的令牌：{detail}', '手动运行 mail.tokenCommand 的命令：它必须只打印令牌'],
  'mail-token-unbound': [
    '没有运行 {file} 的 mail.tokenCommand：被修复仓库的文件不能指定命令',
    '在环境中设置 SMTP_OAUTH_COMMAND，或者把键写进你自己的文件或 --config 指定的文件',
  ],
  'mail-insecure': ['邮件服务器 {host} 不提供加密', '用 465 端口加 mail.secure，或者换支持 STARTTLS 的服务器'],
  'mail-deferred': [
    '邮件服务器 {host} 暂时不收邮件：{detail}',
    '不用做什么：`ai-ops watch` 会再试，每次 `ai-ops fix` 和 `ai-ops retry` 之后也会',
  ],
  'mail-rejected': ['邮件服务器 {host} 拒绝了邮件：{detail}', '请检查 mail.from 和 mail.to'],
  'mail-unreachable': [
    '无法连接邮件服务器 {host}：{detail}',
    '请检查 mail.host、mail.port、mail.secure（只有 465 端口为 true）、证书（mail.ca）和网络；邮件没有送出，会再试',
  ],
  'mail-tls': ['与邮件服务器 {host} 无法建立加密连接：{detail}', '465 端口要用 mail.secure，其他端口不用；自己的证书机构用 mail.ca 指定'],
  'mail-uncertain': ['邮件可能已送达，也可能没有：{detail}', '请查看邮箱；不会自动重发'],
  'webhook-url': ['WEBHOOK_URL 不是可以提交的地址', '设为对方给出的 https:// 地址，其中不带用户名（http:// 只用于本机回环地址）'],
  'webhook-unreachable': [
    '无法连接 {host} 的 webhook：{detail}',
    '请检查 WEBHOOK_URL、网络、代理和证书（SSL_CERT_FILE）；消息没有送出，会再试',
  ],
  'webhook-deferred': [
    '{host} 的 webhook 暂时不收消息：{detail}',
    '不用做什么：`ai-ops watch` 会再试，每次 `ai-ops fix` 和 `ai-ops retry` 之后也会',
  ],
  'webhook-closed': [
    '{host} 的 webhook 不接受地址或其签名：{detail}',
    '请检查 WEBHOOK_URL、WEBHOOK_SECRET，以及对方对消息的要求（关键字、地址）',
  ],
  'webhook-rejected': ['{host} 的 webhook 拒绝了消息：{detail}', '请检查 notify.webhook：它必须是对方的格式'],
  'webhook-uncertain': ['给 {host} 的消息可能已送达，也可能没有：{detail}', '请到那里查看；不会自动重发'],
  'program-not-found': ['没有找到程序 `{program}`', '安装它，或者改正配置中的命令'],
  'claude-not-shut': [
    'verify.sandbox 为 required，而 `{command}` 无法在沙箱中启动',
    '把 claude.command 设为程序本身而不是包装脚本，或者把 verify.sandbox 设为 auto',
  ],
  'sandbox-missing': [
    'verify.sandbox 为 required，而这里无法启动沙箱：{detail}',
    '安装 bubblewrap 并允许用户命名空间（`bwrap --ro-bind / / true` 会说明缺什么），或者把 verify.sandbox 设为 auto',
  ],
  interrupted: ['已中断', '已完成的工作都保留着；再次运行同一命令即可继续'],
  bug: ['ai-ops 出了错：{detail}', '请附上 --verbose 的输出报告此问题'],
});

/** What failed and what to do, in English: as the catalogue has it, or as it was said. */
export interface ErrorWords {
  readonly message: string;
  readonly hint: string;
}

/**
 * An error in the words of `language`. Details that come from elsewhere (a server, a program) stay as they are.
 * @param row of the catalogue; absent for what is no error of it
 * @param said made of that row
 * @returns each of both as it is where it was not made of the row
 * @example errorIn('zh', 'no-logs', CATALOGUE['no-logs'], error).message // '没有可读的日志'
 */
export function errorIn(language: TextLanguage, code: string | null, row: ErrorWords | undefined, said: ErrorWords): ErrorWords {
  const words = language === 'zh' && code !== null ? chineseErrors()[code] : undefined;
  if (words === undefined || row === undefined) return said;
  const [, hint = '', retry] = /^([\s\S]*?)(?:; `(ai-ops retry \w+)` goes on where it stopped)?$/.exec(said.hint) ?? [];
  const goesOn = retry === undefined ? '' : `；\`${retry}\` 从停下处继续`;
  return {
    message: filled(words[0], row.message, said.message),
    hint: `${filled(words[1], row.hint, hint)}${goesOn}`,
  };
}

/**
 * The same where only its words are left: its message, and its hint behind it.
 * @param rows the catalogue, by code
 */
export function errorWordsIn(language: TextLanguage, rows: Readonly<Record<string, ErrorWords>>, words: string): string {
  if (language === 'en') return words;
  const fits = Object.entries(rows).filter(([, { message }]) => ownLetters(message) > LEAST_LETTERS && isMadeOf(message, words));
  const [best] = fits.sort(([, one], [, other]) => ownLetters(other.message) - ownLetters(one.message));
  if (best === undefined) return detailIn(language, words);
  const [code, row] = best;
  const isWhole = valuesIn(`${row.message}; ${row.hint}`, words) !== undefined;
  const [, message = words, hint = ''] = isWhole ? (/^([\s\S]*?); ([\s\S]*)$/.exec(words) ?? []) : [];
  const told = errorIn(language, code, row, { message, hint });
  return hint === '' ? told.message : `${told.message}；${told.hint}`;
}

/** A sentence of fewer would be found in any other. */
const LEAST_LETTERS = 12;
const ownLetters = (template: string): number => template.replace(/\{\w+\}|\s/g, '').length;
const isMadeOf = (template: string, words: string): boolean =>
  valuesIn(template, words) !== undefined || valuesIn(`${template}; {more}`, words) !== undefined;

function filled(chinese: string, english: string, said: string): string {
  const values = valuesIn(english, said);
  return values === undefined
    ? detailIn('zh', said)
    : chinese.replace(/\{(\w+)\}/g, (whole, name: string) => detailIn('zh', values.get(name) ?? whole));
}

/** What stands in the places of a template. */
function valuesIn(template: string, said: string): ReadonlyMap<string, string> | undefined {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const pattern = template
    .split(/\{\w+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('([\\s\\S]*?)');
  const found = new RegExp(`^${pattern}$`).exec(said);
  return found === null ? undefined : new Map(names.map((name, index) => [name, found[index + 1] ?? '']));
}
