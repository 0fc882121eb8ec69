/** The report's style sheet: light and dark, from a telephone to a wide screen, and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1f2328;--faint:#59636e;--line:#d1d9e0;--page:#fff;--panel:#f6f8fa;--good:#1a7f37;--bad:#cf222e;--warning:#9a6700;--accent:#0969da;--plus:#dafbe1;--minus:#ffebe9}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--faint:#9198a1;--line:#3d444d;--page:#0d1117;--panel:#151b23;--good:#3fb950;--bad:#f85149;--warning:#d29922;--accent:#4493f8;--plus:#12301c;--minus:#3c1618}}
*{box-sizing:border-box}
body{margin:0 auto;padding:24px 16px;max-width:1100px;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:24px;margin:0 0 4px}h2{font-size:19px;margin:32px 0 8px}h3{font-size:15px;margin:16px 0 4px}
p{margin:4px 0}.faint{color:var(--faint)}a{color:var(--accent)}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:12px;margin:20px 0;padding:0}
.numbers div{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:10px 12px}
.numbers dt{color:var(--faint);font-size:13px}.numbers dd{margin:0;font-size:22px;font-variant-numeric:tabular-nums}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:16px}
figure{margin:0;padding:12px;border:1px solid var(--line);border-radius:6px}figcaption{font-weight:600;margin-bottom:6px}
svg{display:block;width:100%;height:auto}svg text{font:13px system-ui,sans-serif;fill:var(--faint)}svg line{stroke:var(--line)}
rect.accent{fill:var(--accent)}rect.good{fill:var(--good)}rect.bad{fill:var(--bad)}rect.warning{fill:var(--warning)}rect.faint{fill:var(--faint)}
.wide{overflow-x:auto}.incidents{min-width:860px}table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;padding:5px 10px 5px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
th{color:var(--faint);font-weight:600;white-space:nowrap}td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.short{white-space:nowrap}
details{border:1px solid var(--line);border-radius:6px;margin:8px 0;padding:8px 12px}summary{cursor:pointer;overflow-wrap:anywhere}details[open]>summary{margin-bottom:8px}
.state{display:inline-block;white-space:nowrap;border:1px solid currentColor;border-radius:10px;padding:0 8px;font-size:13px;margin-right:6px}
.good{color:var(--good)}.bad{color:var(--bad)}.warning{color:var(--warning)}.accent{color:var(--accent)}
pre{background:var(--panel);border-radius:6px;padding:8px 10px;overflow-x:auto;font:13px/1.45 ui-monospace,Menlo,Consolas,monospace;margin:4px 0}
pre .plus{background:var(--plus)}pre .minus{background:var(--minus)}pre .hunk{color:var(--accent)}
@media print{details{break-inside:avoid}body{max-width:none}}
`.trim();
