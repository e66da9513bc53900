import { LabIcon } from "@jupyterlab/ui-components";

// A notebook cell with a curve in it, as in the viewer itself; in a selected row the colours change places.
const SVG = `
<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <rect class="jp-icon-selectable" x="2" y="2" width="20" height="20" rx="5" fill="#4456d6"/>
  <path class="jp-icon-selectable-inverse" d="M6 7c1.5 0 2 8.5 6 8.5h6" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/>
  <circle class="jp-icon-selectable-inverse" cx="18" cy="15.5" r="2" fill="#fff"/>
</svg>`;

export const boardIcon = new LabIcon({ name: "cellboard:board", svgstr: SVG.trim() });
