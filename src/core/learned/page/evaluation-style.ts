/** The style of an evaluation's page beside that of all pages. */
export const EVALUATION_STYLE: string = `
body{max-width:1280px;margin:0 auto}
.verdicts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(330px,100%),1fr));gap:10px;margin:10px 0}
.verdict{border:1px solid var(--line);border-left:5px solid var(--none);padding:8px 12px;background:var(--panel)}
.verdict.shown{border-left-color:var(--good)}.verdict.open{border-left-color:var(--doubt)}
.verdict h3{display:flex;flex-wrap:wrap;gap:2px 10px;justify-content:space-between;margin:0 0 4px;font-size:1.02rem;overflow-wrap:anywhere}
.verdict h3 span{font-weight:400}.verdict.shown h3 span{font-weight:700}
.verdict ul{margin:4px 0;padding-left:18px}.verdict li{margin:2px 0;overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:3px 16px;margin:8px 0}
.facts dt{color:var(--quiet)}.facts dd{margin:0;overflow-wrap:anywhere}
.metrics td small{display:block;color:var(--quiet);font-size:.82em;line-height:1.35}
.metrics th small{display:block;font-weight:400}
.note{border-left:4px solid var(--doubt);padding:2px 10px;background:var(--panel)}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(340px,100%),1fr));gap:18px 24px;margin:8px 0}
figure{margin:0;min-width:0}
figcaption{font-weight:600;margin:0 0 4px;overflow-wrap:anywhere}
figure svg{display:block;width:100%;max-width:440px;height:auto;overflow:visible}
figure .wide table{font-size:.87rem}figure .wide th,figure .wide td{padding:2px 8px}
figure p{font-size:.87rem;margin:4px 0;max-width:440px}
details>summary{cursor:pointer;margin:6px 0;color:var(--link)}
.placebos{margin:4px 0;padding:0;list-style:none;font-size:.87rem;max-width:440px}.placebos li{margin:3px 0}.placebos .bad{font-weight:700}
svg text{font:11px system-ui,sans-serif;fill:var(--ink)}
svg .tick,svg .quiet{fill:var(--quiet)}svg .bold{font-weight:700}
svg .middle{text-anchor:middle}svg .end{text-anchor:end}
svg .tick{font-variant-numeric:tabular-nums}
svg line{stroke:var(--line)}
svg .zero{stroke:var(--quiet);stroke-dasharray:4 3}svg .axis{stroke:var(--quiet)}
svg .whisker{stroke:var(--up);stroke-width:1.6}svg .whisker.all{stroke-width:2.6}
svg .real{fill:var(--up)}svg .real.area{fill-opacity:.65;stroke:var(--ground);stroke-width:.8}
svg .path{fill:none;stroke:var(--up);stroke-opacity:.45}
svg .band{fill:var(--up);fill-opacity:.13}
svg line.own{stroke:var(--up);stroke-width:2}svg text.own{fill:var(--up);font-weight:700;text-anchor:start}svg text.own.end{text-anchor:end}
svg .run{stroke:var(--quiet);stroke-opacity:.55}svg .placebo{fill:var(--ink)}
svg .run.dirty{stroke:var(--down);stroke-opacity:1}svg .dirty{fill:var(--down)}
svg .strip{paint-order:stroke;stroke:var(--ground);stroke-width:3px}
svg line.cost{stroke:var(--down);stroke-width:1.4;stroke-dasharray:5 3}
@media (max-width:480px){body{padding:0 12px 24px}.facts{grid-template-columns:minmax(0,1fr);gap:0}.facts dd{margin:0 0 6px}}
@media print{.figures{grid-template-columns:1fr 1fr}.wide{overflow:visible}.wide table{font-size:.72rem}}
`;
