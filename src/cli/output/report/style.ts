/** The report's style sheet: light and dark, from a telephone to a wide screen, and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1f2328;--faint:#59636e;--line:#d1d9e0;--page:#fff;--panel:#f6f8fa;--good:#1a7f37;--bad:#cf222e;--warning:#9a6700;--accent:#0969da;--plus:#dafbe1;--minus:#ffebe9}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--faint:#9198a1;--line:#3d444d;--page:#0d1117;--panel:#151b23;--good:#3fb950;--bad:#f85149;--warning:#d29922;--accent:#4493f8;--plus:#12301c;--minus:#3c1618}}
*{box-sizing:border-box}[hidden]{display:none!important}
body{margin:0 auto;padding:24px 16px;max-width:1100px;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:24px;line-height:1.25;margin:0 0 4px}h2{font-size:19px;margin:32px 0 8px}h3{font-size:15px;margin:16px 0 4px}
p{margin:4px 0}.faint{color:var(--faint)}a{color:var(--accent)}code{font:13px/1.45 ui-monospace,Menlo,Consolas,monospace}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:12px;margin:20px 0;padding:0}
.numbers div{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:10px 12px}
.numbers dt{color:var(--faint);font-size:13px}.numbers dd{margin:0;font-size:22px;font-variant-numeric:tabular-nums}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:16px}
figure{margin:0;padding:12px;border:1px solid var(--line);border-radius:6px;min-width:0}figcaption{font-weight:600;margin-bottom:6px}
.bars{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:fit-content(46%) 1fr auto;gap:6px 10px;align-items:center;font-size:14px}
.bars li{display:contents}.bars a{color:inherit}.bars .value{color:var(--faint);text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar i{display:block;height:16px;border-radius:3px;min-width:2px}
.columns{display:flex;align-items:flex-end;gap:2px;height:130px;border-bottom:1px solid var(--line);border-left:1px solid var(--line);padding-left:2px}
.columns span{flex:1 1 0;height:100%;display:flex;flex-direction:column-reverse}.columns i{display:block}
.most,.ends{color:var(--faint);font-size:13px}.ends{display:flex;justify-content:space-between;gap:12px;margin-top:4px}
i.accent{background:var(--accent)}i.good{background:var(--good)}i.bad{background:var(--bad)}i.warning{background:var(--warning)}i.faint{background:var(--faint)}
form{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin:8px 0}
input{flex:1 1 240px;max-width:520px;font:inherit;color:inherit;background:var(--page);border:1px solid var(--line);border-radius:6px;padding:6px 10px}
output{color:var(--faint);min-width:80px}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;padding:5px 10px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--faint);font-weight:600;overflow-wrap:normal}td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.facts{margin:4px 0;display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;font-size:14px}
.facts div{display:contents}.facts dt{color:var(--faint)}.facts dd{margin:0;min-width:0}
.frames{margin:4px 0;padding-left:24px;font-size:14px}
details{border:1px solid var(--line);border-radius:6px;margin:8px 0;padding:8px 12px}details details{background:var(--page)}
summary{cursor:pointer}summary .faint{margin-left:8px;font-size:14px}details[open]>summary{margin-bottom:8px}
.state{display:inline-block;white-space:nowrap;border:1px solid currentColor;border-radius:10px;padding:0 8px;font-size:13px;margin-right:6px}
.good{color:var(--good)}.bad{color:var(--bad)}.warning{color:var(--warning)}.accent{color:var(--accent)}
pre{background:var(--panel);border-radius:6px;padding:8px 10px;overflow-x:auto;overflow-wrap:normal;font:13px/1.45 ui-monospace,Menlo,Consolas,monospace;margin:4px 0}
pre .plus{background:var(--plus)}pre .minus{background:var(--minus)}pre .hunk{color:var(--accent)}
div[id]{scroll-margin-top:64px}div:target{outline:2px solid var(--accent);outline-offset:6px;border-radius:4px}
@media(max-width:640px){
body{padding:16px 12px}.bars{grid-template-columns:1fr auto}.bars .of{grid-column:1/3}.bars .bar{min-width:0}
.facts{grid-template-columns:1fr}.facts dd{margin-bottom:6px}
thead{position:absolute;clip-path:inset(50%);height:1px;overflow:hidden}
tr{display:block;border-bottom:1px solid var(--line);padding:6px 0}
td,td.number{display:flex;gap:10px;border:0;padding:1px 0;text-align:left;white-space:normal}
td::before{content:attr(data-of);flex:0 0 84px;color:var(--faint)}
td:empty{display:none}
summary .faint{display:block;margin-left:0}
}
@media print{details{break-inside:avoid}body{max-width:none}form{display:none}}
`.trim();
