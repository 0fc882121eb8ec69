// Words that every list and page shares, in Chinese: states, classes, steps, how runs end, how long ago. By the English word.
import type { IncidentState, StepName, TraceState, TriageClass } from '../../tables.ts';

/** Members of closed lists that people are told. */
export type Told = TraceState | IncidentState | StepName | TriageClass;

type Names<T extends string> = Readonly<Record<T, string>>;

const TRACES = {
  running: '进行中',
  proposed: '已提出',
  issued: '已建议题',
  declined: '无需改动',
  merged: '已合并',
  closed: '已关闭',
  confirmed: '已确认',
  regressed: '再次出现',
  refused: '被拒绝',
  failed: '失败',
  skipped: '已跳过',
  interrupted: '已中断',
} as const satisfies Names<TraceState>;

/** Of incidents alone. */
const INCIDENTS = {
  new: '新',
  waiting: '等待',
  repairing: '修复中',
} as const satisfies Names<Exclude<IncidentState, TraceState>>;

const STEPS = {
  claim: '认领',
  checkout: '检出',
  context: '上下文',
  baseline: '基线',
  fix: '修复',
  guard: '安全检查',
  verify: '验证',
  commit: '提交',
  push: '推送',
  request: '合并请求',
  notify: '通知',
} as const satisfies Names<StepName>;

const CLASSES = {
  'code-fault': '代码缺陷',
  denied: '正当拒绝',
  'bad-input': '输入有误',
  environment: '环境问题',
  unknown: '未知',
} as const satisfies Names<TriageClass>;

export const listingWords = () =>
  ({
    ...TRACES,
    ...INCIDENTS,
    ...STEPS,
    ...CLASSES,
    ok: '成功',
    open: '未合并',
    local: '本地',
    none: '无',
    '{count} d ago': '{count} 天前',
    '{count} h ago': '{count} 小时前',
    '{count} min ago': '{count} 分钟前',
    '{count} s ago': '{count} 秒前',
    'just now': '刚刚',
    'in the future': '在未来',
    yes: '是',
    no: '否',
    'reproduced: {answer}': '是否重现：{answer}',
    'without a sandbox': '未在沙箱中',
    'in a sandbox ({sandbox}) with the network': '在沙箱（{sandbox}）中，可以访问网络',
    'in a sandbox ({sandbox}) without the network': '在沙箱（{sandbox}）中，没有网络',
    'not run': '未运行',
    'ended by a signal': '被信号终止',
    'exit {code}': '退出码 {code}',
    'new tests alone': '仅新测试',
    'fix taken away': '撤去修复',
    flaky: '不稳定',
  }) as const;
