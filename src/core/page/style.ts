/**
 * The look of every page: light, dark, and on paper. Up is blue and down is orange (Okabe and Ito, "Color Universal
 * Design", 2008): people who cannot tell red from green tell these apart.
 */

const LIGHT = `
--ground:#ffffff;--panel:#f4f6f8;--ink:#17202a;--quiet:#5a6672;--line:#d5dbe1;--link:#0b5cad;
--up:#0072b2;--down:#d55e00;--third:#007a5a;--fourth:#8a4f7d;--mark:#b8860b;
--good:#0072b2;--doubt:#e69f00;--bad:#d55e00;--none:#c9d1d9;`;
const DARK = `
--ground:#11161c;--panel:#1a2129;--ink:#e6ebf0;--quiet:#9aa7b4;--line:#323d48;--link:#7cc0ff;
--up:#56b4e9;--down:#f0883e;--third:#33c294;--fourth:#cc79a7;--mark:#f0e442;
--good:#56b4e9;--doubt:#e6b450;--bad:#f0883e;--none:#3a4653;`;

/** `data-theme` on the root element overrides what the system prefers. */
export const STYLE: string = `
:root{${LIGHT}color-scheme:light;font:15px/1.45 system-ui,sans-serif}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}color-scheme:dark}}
:root[data-theme=dark]{${DARK}color-scheme:dark}
*{box-sizing:border-box}
body{margin:0;padding:0 16px 32px;background:var(--ground);color:var(--ink)}
h1{font-size:1.35rem;margin:14px 0 4px}h2{font-size:1.1rem;margin:26px 0 8px}
p{margin:6px 0;max-width:90ch}
a{color:var(--link)}a:focus-visible,button:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code,.number{font-family:ui-monospace,monospace;font-size:.93em;font-variant-numeric:tabular-nums}
.quiet{color:var(--quiet)}
table{border-collapse:collapse;margin:6px 0}
th,td{padding:3px 10px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:600;color:var(--quiet);white-space:nowrap}
td.number,th.number{text-align:right;white-space:nowrap}
.wide{overflow-x:auto}
.wide,.days{--edge:color-mix(in srgb,var(--ink) 35%,transparent);background:linear-gradient(to right,var(--ground) 50%,transparent) left/32px 100% no-repeat local,linear-gradient(to left,var(--ground) 50%,transparent) right/32px 100% no-repeat local,linear-gradient(to right,var(--edge),transparent) left/12px 100% no-repeat,linear-gradient(to left,var(--edge),transparent) right/12px 100% no-repeat}
@media screen and (max-width:640px){.stack table,.stack tbody{display:block}.stack thead{display:none}
.stack tr{display:flex;flex-wrap:wrap;gap:0 12px;padding:5px 0;border-bottom:1px solid var(--line)}.stack th,.stack td{min-width:0;max-width:100%;padding:1px 0;border:0}
.stack td:empty{display:none}.stack .line{flex-basis:100%}}
.state-complete{--state:var(--good)}.state-partial{--state:var(--doubt)}.state-empty{--state:var(--none)}
.state-none{--state:transparent}.state-missing,.state-failed,.state-stale,.state-unreadable{--state:var(--bad)}
footer{margin-top:32px;color:var(--quiet);font-size:.87rem}
@media print{:root{${LIGHT}color-scheme:light}body{padding:0}button,nav,.screen-only{display:none}h2,h3{break-after:avoid}tr,svg,img{break-inside:avoid}}
`;
