/** The style of a day's page beside that of all pages. */
import type { MinuteRun } from './shades.js';

/** Of the strip of minutes, and of the shades on the chart, which take the same. */
const MINUTE_COLOURS: Readonly<Record<MinuteRun['kind'], string>> = {
  complete: 'good',
  feed_down: 'bad',
  trades_missing: 'mark',
  depth_missing: 'fourth',
  unproven: 'doubt',
  not_expected: 'none',
};
const MINUTES = Object.entries(MINUTE_COLOURS);

export const VIEW_STYLE: string = `
:root{${MINUTES.map(([kind, colour]) => `--minute-${kind}:var(--${colour})`).join(';')}}
${MINUTES.map(([kind]) => `.minute-${kind}{fill:var(--minute-${kind})}`).join('')}
.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 14px}
.state{display:inline-block;padding:0 8px;border-radius:9px;border:2px solid var(--state,var(--none));font-size:.87rem}
.note{border-left:4px solid var(--doubt);padding:2px 10px;background:var(--panel)}
.tools{display:flex;flex-wrap:wrap;gap:6px 14px;align-items:center;margin:8px 0}
.tools>span,.tools>fieldset{display:inline-flex;flex-wrap:wrap;gap:4px;align-items:center;border:0;padding:0;margin:0;min-width:0}
.tools button,.tools select,#tip button{font:inherit;font-size:.87rem;padding:2px 9px;min-height:28px;border:1px solid var(--line);border-radius:5px;background:var(--panel);color:var(--ink);cursor:pointer}
.tools button[aria-pressed=true]{background:var(--link);border-color:var(--link);color:var(--ground)}
.tools label{display:inline-flex;gap:3px;align-items:center;font-size:.87rem;white-space:nowrap}
.board{display:grid;grid-template-columns:minmax(0,1fr) 264px;gap:12px;align-items:start}
#chart{position:relative;height:var(--chart-height,900px);min-width:0;border:1px solid var(--line)}
#chart table{margin:0}#chart td{padding:0;border:0;line-height:normal}
#chart:focus-visible{outline:2px solid var(--link);outline-offset:1px}
#bar{font-size:.8rem;line-height:1.3;max-height:var(--chart-height,900px);overflow-y:auto;padding:4px 8px;scrollbar-width:thin;--edge:color-mix(in srgb,var(--ink) 30%,transparent);background:linear-gradient(var(--panel) 50%,transparent) top/100% 24px no-repeat local,linear-gradient(to top,var(--panel) 50%,transparent) bottom/100% 24px no-repeat local,linear-gradient(var(--edge),transparent) top/100% 9px no-repeat,linear-gradient(to top,var(--edge),transparent) bottom/100% 9px no-repeat var(--panel)}
#cells{width:100%;margin:0}
#cells caption{text-align:left;column-span:all;display:table-caption;font-weight:600;padding:2px 0}
#cells th,#cells td{padding:0 2px;border-bottom:0;font-weight:400}
#cells th[scope=rowgroup]{padding-top:5px;font-weight:600;border-bottom:1px solid var(--line)}
#cells td{overflow-wrap:anywhere;white-space:normal}
#tip{min-height:3.2em;font-size:.87rem;padding:4px 0}
#tip p{margin:0}
#hover{position:absolute;z-index:5;max-width:min(330px,90%);padding:6px 9px;background:var(--panel);border:1px solid var(--line);border-radius:5px;font-size:.82rem;pointer-events:none;box-shadow:0 2px 8px rgba(0,0,0,.25)}
#hover p{margin:2px 0}
#keys table{font-size:.87rem}
kbd{font-family:ui-monospace,monospace;border:1px solid var(--line);border-radius:3px;padding:0 4px;background:var(--panel)}
.strip{margin:6px 0}
.strip figcaption{font-size:.82rem;color:var(--quiet)}
.strip svg{display:block;width:100%;height:20px;cursor:pointer}
.strip-hours{display:flex;justify-content:space-between;font-size:.75rem;color:var(--quiet)}
.severity-error{color:var(--down);font-weight:600;white-space:nowrap}.severity-warning{font-weight:600;white-space:nowrap}.severity-info{color:var(--quiet);white-space:nowrap}
td.where,td.detail,.facts td{overflow-wrap:anywhere}td.verdict{min-width:16ch}.scores th,.scores td{padding:3px 6px}
@media (min-width:641px){td.detail{min-width:240px}td.where{min-width:150px}}
h3{font-size:1rem;margin:16px 0 4px}
.digest>summary{margin:0;font-weight:400;white-space:nowrap}.digest>code{display:block;max-width:34ch;overflow-wrap:anywhere}.digest>code,#explain{user-select:all}.explain{font-size:.82rem;margin:4px 0;max-width:none}#explain{overflow-wrap:anywhere}
nav a{margin-right:12px}
details>summary{cursor:pointer;font-weight:600;margin:10px 0}
#printed{display:none;max-width:100%}
@media (max-width:880px){.board{grid-template-columns:minmax(0,1fr)}#bar{max-height:none}#cells{display:block;columns:2 150px}#cells caption{display:block}#cells tbody{display:table;width:100%;break-inside:avoid}}
@media (max-width:480px){body{padding:0 8px 24px}#cells{columns:1}}
@media print{#chart,.tools,#tip,#keys{display:none}#printed{display:block}.board{display:block}#bar{max-height:none;overflow:visible}#cells{columns:3;display:block}#cells tbody{display:table;width:100%}.wide{overflow:visible}.wide table{font-size:.72rem}.wide th,.wide td{padding:2px 4px}td.verdict,td.where,td.detail{min-width:0}td code{overflow-wrap:anywhere}}
`;
