// What `init`, `config` and `demo` say, in Chinese. By the English sentence.
export const firstWords = () =>
  ({
    // before anything else
    '{program} of AI_OPS_PAGER or PAGER is not there': '没有找到 AI_OPS_PAGER 或 PAGER 指定的 {program}',
    'AIOPS_DEBUG knows {areas}; not {unknown}': 'AIOPS_DEBUG 可用 {areas}；没有 {unknown}',
    // config
    '{key} = {value}  ({origin})': '{key} = {value}（{origin}）',
    'expects {expects}; default {default}': '取值：{expects}；默认：{default}',
    'set by {names} too': '也可用环境变量 {names} 设置',
    // init
    'Logs to follow (paths or globs, separated by commas)': '要跟随的日志（路径或通配符，用逗号分隔）',
    'Test command of the project': '项目的测试命令',
    'How Claude works': 'Claude 的工作方式',
    'Where requests are opened': '在哪里创建合并请求',
    'A request is a pull or merge request on the code host, or with `local` a branch, a patch and a page on this machine; `auto` goes by the address of the remote, and is local without a token.':
      '合并请求创建在代码托管平台上；选 `local` 时是本机上的一个分支、一份补丁和一页说明；`auto` 由远程地址判断，没有令牌时保存在本地。',
    'SMTP server for mails (empty: no mails)': '发送邮件的 SMTP 服务器（留空：不发邮件）',
    'Receivers, separated by commas': '收件人，用逗号分隔',
    Sender: '发件人',
    'secrets are not kept in the file: set {names} in the environment': '密钥不写入该文件：请在环境变量中设置 {names}',
    'next: `ai-ops doctor`, then `ai-ops watch --dry-run`': '下一步：`ai-ops doctor`，然后 `ai-ops watch --dry-run`',
    // demo
    'demo: the crash, the log, the tests and the commits are real; the answers are recorded and no model is called':
      '演示：崩溃、日志、测试和提交都是真的；回答是录好的，没有调用模型',
    unpack: '解包',
    run: '运行',
    '{count} files of the example service, committed as {commit}, in {dir}': '示例服务的 {count} 个文件，提交为 {commit}，位于 {dir}',
    'the service ran ({said}) and logged to {log}': '服务已运行（{said}），日志写入 {log}',
    'nothing was repaired: these errors are known already; see {command}': '没有修复任何内容：这些错误已经登记；见 {command}',
    'The error in the log': '日志中的错误',
    'seen {count}': '出现 {count}',
    'The fix, a recorded answer: no model was called': '修复，来自录好的回答：没有调用模型',
    'The proof: {words}': '验证：{words}',
    '{command}: {before} before the fix, {after} with it': '{command}：修复前{before}，修复后{after}',
    '{outcome}: {reason}': '{outcome}：{reason}',
    'The request, as it would be opened on {hosts}': '合并请求，如同在 {hosts} 上创建的样子',
    'The mail it would have sent': '本会发送的邮件',
    'The other errors of the same log': '同一日志中的其他错误',
    'Take the fix over': '合入修复',
    'or on the branch you are on:': '或者在当前分支上：',
    'Where to look next': '接下来看什么',
    'stays until you delete it': '会一直保留，直到你删除它',
    'in your own repository; README.md, "Quick start", tells the rest': '在你自己的仓库中运行；其余见 README.zh-CN.md 的“快速开始”',
  }) as const;
