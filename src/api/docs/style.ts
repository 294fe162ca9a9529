import { raw } from "hono/html";

/** Styles of /docs: the casino's colours, with system fonts. */
export const style = raw(`<style>
:root { color-scheme: dark; --felt: #0c1612; --deep: #08100d; --line: #24362e; --ivory: #f3ead7; --soft: #b9b6a3; --brass: #d9b566; --red: #f0917f; }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body { margin: 0; background: radial-gradient(120rem 60rem at 50% -20rem, #16281f, var(--felt) 60%) fixed var(--felt); color: var(--ivory);
  font: 1rem/1.6 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1, h2 { font-family: "Iowan Old Style", Palatino, "Palatino Linotype", Georgia, serif; font-weight: 500; line-height: 1.2; }
h1 { font-size: 2.5rem; margin: 0 0 1rem; } h2 { font-size: 1.75rem; margin: 4rem 0 .25rem; color: var(--brass); }
h3 { font-size: 1.05rem; margin: 0; font-weight: 600; overflow-wrap: anywhere; } h4 { font-size: .9rem; margin: 1.25rem 0 .25rem; color: var(--soft); font-weight: 600; }
p { margin: .5rem 0 1rem; max-width: 68ch; }
a { color: var(--brass); text-underline-offset: .2em; }
a:focus-visible, summary:focus-visible, pre:focus-visible, .wide:focus-visible { outline: 2px solid var(--brass); outline-offset: 3px; border-radius: 4px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--deep); padding: .5rem 1rem; }
.page { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 3rem; max-width: 82rem; margin: 0 auto; padding: 3rem 1.5rem 6rem; }
nav { position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem); overflow: auto; font-size: .9rem; }
nav ul { list-style: none; margin: 0 0 1.25rem; padding: 0; } nav a { display: grid; grid-template-columns: 3.4rem minmax(0, 1fr); padding: .2rem 0; color: var(--ivory); text-decoration: none; overflow-wrap: anywhere; }
nav a:hover { color: var(--brass); } nav strong { color: var(--brass); font-weight: 600; }
article { background: linear-gradient(#13211b, #0f1b16); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem 1.5rem; margin: 1.25rem 0; }
.method { display: inline-block; min-width: 3.2rem; color: var(--brass); font-weight: 700; letter-spacing: .04em; }
code, pre { font: .875rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
code { background: var(--deep); padding: .1em .35em; border-radius: 4px; overflow-wrap: anywhere; }
pre { background: var(--deep); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; overflow: auto; margin: .5rem 0; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; } td:last-child, th:last-child { padding-right: 0; } tr:last-child td { border-bottom: 0; }
.note { color: var(--soft); } .bad { color: var(--red); }
summary { cursor: pointer; padding: .35rem 0; } details { margin: .25rem 0; }
td:nth-child(2) { color: var(--soft); } td:first-child code { overflow-wrap: normal; }
@media (max-width: 40rem) { thead { position: absolute; clip-path: inset(50%); } tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
  td { display: block; border: 0; padding: .1rem 0; overflow-wrap: anywhere; } td:first-child code { overflow-wrap: anywhere; } td:empty { display: none; } }
@media (max-width: 56rem) { .page { grid-template-columns: minmax(0, 1fr); padding-top: 2rem; gap: 1rem; } nav { position: static; max-height: none; } article { padding: 1rem; } }
</style>`);
