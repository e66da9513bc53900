"""One look for every board, right on light and on dark pages.

Nothing here knows which theme the page has. Text and lines take JupyterLab's or VS Code's variables where those exist
and a grey that reads on both white and black where they do not; surfaces stay transparent. The style sheet holds no
text from a log.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets

__all__ = ["CLASS", "STYLE", "html", "link", "put", "style_sheet", "swatch"]

CLASS = "cellboard"

STYLE = """
.cellboard {
  --cb-text: var(--jp-ui-font-color1, var(--vscode-foreground, currentColor));
  --cb-muted: var(--jp-ui-font-color2, var(--vscode-descriptionForeground, #80868f));
  --cb-rule: var(--jp-border-color2, rgba(128, 134, 143, .32));
  --cb-grid: rgba(128, 134, 143, .18);
  --cb-accent: var(--jp-brand-color1, #2f7de1);
  --cb-hover: rgba(128, 134, 143, .12);
  --cb-chosen: rgba(128, 134, 143, .24);
  --cb-stripe: rgba(128, 134, 143, .07);
  color: var(--cb-text); font-size: 13px; line-height: 20px; max-width: 100%; overflow: hidden;
}
.cellboard .widget-html, .cellboard .widget-html-content { line-height: 20px; min-width: 0; margin: 0; color: inherit; }
.cellboard .widget-html { height: auto; }
.cellboard .cb-mono { font-variant-numeric: tabular-nums; }
.cellboard a { color: var(--cb-accent); }
.cellboard .cb-muted { color: var(--cb-muted); }
.cellboard .cb-clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; display: block; max-width: 100%; }
.cellboard .cb-swatch { display: inline-block; width: 10px; height: 10px; border-radius: 3px; flex: none; }
.cellboard .cb-head { display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap; }
.cellboard .cb-title { font-size: 15px; font-weight: 600; }
.cellboard .cb-dot {
  display: inline-block; width: 7px; height: 7px; border-radius: 50%; background: #2e9e5b; margin-right: 5px;
}
.cellboard .cb-dot.cb-off { background: #9aa0a6; }
.cellboard .cb-empty {
  padding: 20px 16px; border: 1px dashed var(--cb-rule); border-radius: 6px; color: var(--cb-muted);
}
.cellboard .cb-empty b { color: var(--cb-text); }
.cellboard .cb-note { color: var(--cb-muted); font-size: 12px; }
.cellboard .cb-problem { color: var(--jp-error-color1, #d64545); }
.cellboard .cb-bar { border-bottom: 1px solid var(--cb-rule); padding-bottom: 8px; }
.cellboard .cb-card { border: 1px solid var(--cb-rule); border-radius: 6px; overflow: hidden; }
.cellboard .cb-card-title { font-weight: 600; font-size: 13px; }
.cellboard .cb-sub { font-size: 12px; color: var(--cb-muted); }
.cellboard .cb-legend { width: 100%; border-collapse: collapse; font-size: 12px; font-variant-numeric: tabular-nums; }
.cellboard .cb-legend td, .cellboard .cb-legend th {
  padding: 0 0 0 8px; line-height: 20px; text-align: right; white-space: nowrap; border: 0;
  background: none; font-weight: 400;
}
.cellboard .cb-legend th { color: var(--cb-muted); }
.cellboard .cb-legend .cb-name {
  text-align: left; padding-left: 0; width: 100%; max-width: 0; overflow: hidden; text-overflow: ellipsis;
}
.cellboard .cb-legend .cb-swatch { margin-right: 6px; vertical-align: -1px; }
.cellboard .cb-group > button, .cellboard button.cb-group {
  background: none; box-shadow: none; border: 0; text-align: left; font-weight: 600; color: var(--cb-text); padding:
  0 4px; font-size: 13px;
}
.cellboard button.cb-group:hover { background: var(--cb-hover); box-shadow: none; }
.cellboard button.cb-link {
  background: none; box-shadow: none; border: 0; color: var(--cb-accent); padding: 0 6px;
  font-size: 12px; line-height: 20px; height: 20px;
}
.cellboard button.cb-link:hover { background: var(--cb-hover); box-shadow: none; }
.cellboard button:focus-visible { outline: 2px solid var(--cb-accent); outline-offset: -2px; }
.cellboard .widget-checkbox, .cellboard .widget-checkbox label { margin: 0; width: auto; min-width: 0; }
.cellboard .widget-checkbox { display: flex; align-items: center; height: 22px; }
.cellboard .widget-checkbox .widget-label-basic {
  display: flex; align-items: center; gap: 6px; line-height: 22px; height: 22px;
}
.cellboard .widget-checkbox input { margin: 0; flex: none; }
.cellboard .widget-checkbox .widget-label { display: none; }
.cellboard .bqplot > svg .svg-figure, .cellboard .bqplot .svg-figure { background: transparent; }
.cellboard .bqplot .svg-background rect, .cellboard .bqplot rect.plotarea_background { fill: transparent; }
.cellboard .bqplot > svg .axis .tick text {
  fill: var(--cb-muted) !important; font: 11px var(--jp-ui-font-family, sans-serif);
}
.cellboard .bqplot > svg .axis text.axislabel, .cellboard .bqplot > svg .axis tspan.axislabel {
  fill: var(--cb-muted); font: 11px var(--jp-ui-font-family, sans-serif);
}
.cellboard .bqplot > svg .axis path { stroke: var(--cb-rule) !important; }
.cellboard .bqplot > svg .axis .tick line { stroke: var(--cb-grid); }
.cellboard .bqplot > svg .brushintsel .selection { fill: var(--cb-accent); fill-opacity: .18; stroke: none; }
.cellboard .bqplot > svg .brushintsel text { display: none; }
.cellboard .bqplot > svg .bargroup rect { stroke: none; }
/* A fifth of white, on dark pages: the runs' colours are chosen in the kernel, which does not know the page's. */
[data-jp-theme-light="false"] .cellboard .bqplot > svg, [data-jp-theme-light="false"] .cellboard .cb-swatch,
[data-jp-theme-light="false"] .cb-tooltip .cb-swatch { filter: invert(1) brightness(.8) invert(1); }
.cellboard .cb-hover rect.bar { stroke: transparent !important; stroke-width: 2px !important; pointer-events: all; }
.cellboard .cb-hover rect.bar:hover { opacity: .14 !important; }
.cellboard .cb-choice { display: flex; flex-flow: row nowrap; align-items: center; height: 26px; overflow: visible; }
.cellboard .cb-choice > .widget-label {
  width: auto; max-width: none; margin: 0 8px 0 0; height: 26px; line-height: 26px; flex: none; color: var(--cb-text);
}
.cellboard .cb-choice > .widget-toggle-buttons, .cellboard .cb-choice > div {
  display: flex; flex-flow: row nowrap; border: 1px solid var(--cb-rule); border-radius: 5px; overflow: hidden;
}
.cellboard .cb-choice button {
  width: auto; height: 22px; line-height: 22px; margin: 0; padding: 0 9px; border: 0; border-radius: 0;
  box-shadow: none; background: none; color: var(--cb-muted); font-size: 12px;
}
.cellboard .cb-choice button + button { border-left: 1px solid var(--cb-rule); }
.cellboard .cb-choice button:hover { background: var(--cb-hover); box-shadow: none; }
.cellboard .cb-choice button.mod-active {
  background: var(--cb-chosen); color: var(--cb-text); font-weight: 600; box-shadow: none;
}
.cellboard .widget-readout { min-width: 0; width: 40px; margin: 0 0 0 4px; text-align: left; }
.cellboard .widget-play { display: flex; gap: 0; margin: 0; width: auto; }
.cellboard .widget-play button {
  background: none; box-shadow: none; border: 0; width: 26px; min-width: 26px; height: 24px; line-height: 24px;
  padding: 0; margin: 0; color: var(--cb-text); border-radius: 4px;
}
.cellboard .widget-play button:hover { background: var(--cb-hover); box-shadow: none; }
.cellboard .widget-play button.mod-active { background: var(--cb-chosen); }
.cellboard button.cb-link[disabled] { opacity: .4; color: var(--cb-muted); }
.cellboard .cb-grid {
  width: fit-content; max-width: 100%; border: 1px solid var(--cb-rule); border-radius: 6px; font-size: 12px;
}
.cellboard .cb-grid .cb-grid-head {
  height: 30px; padding: 0 4px 0 10px; border-bottom: 1px solid var(--cb-rule); color: var(--cb-muted);
}
.cellboard .cb-grid .cb-sorted .cb-grid-head { color: var(--cb-text); font-weight: 600; }
.cellboard .cb-grid button.cb-sort {
  background: none; box-shadow: none; border: 0; padding: 0; color: var(--cb-muted); font-size: 12px; opacity: .6;
  line-height: 20px;
}
.cellboard .cb-grid .cb-sorted button.cb-sort { opacity: 1; color: var(--cb-accent); font-weight: 700; }
.cellboard .cb-grid button.cb-sort:hover { background: var(--cb-hover); box-shadow: none; opacity: 1; }
.cellboard .cb-grid .cb-cell {
  height: 26px; line-height: 26px; padding: 0 10px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
  font-variant-numeric: tabular-nums;
}
.cellboard .cb-grid .cb-cell:nth-child(even) { background: var(--cb-stripe); }
.cellboard .cb-grid .cb-number .cb-cell, .cellboard .cb-grid .cb-number .cb-grid-head { text-align: right; }
.cellboard .cb-grid .cb-metric .cb-cell { font-weight: 600; }
.cellboard .cb-grid .cb-swatch { margin-right: 4px; vertical-align: -1px; }
.cellboard .cb-tabs > .lm-TabBar, .cellboard .cb-tabs > .p-TabBar {
  margin: 0; overflow: visible; border-bottom: 1px solid var(--cb-rule);
}
.cellboard .cb-tabs > .lm-TabBar .lm-TabBar-tab, .cellboard .cb-tabs > .p-TabBar .p-TabBar-tab {
  flex: 0 0 auto; min-width: 0; margin: 0; padding: 0 12px; border: 0; border-bottom: 2px solid transparent;
  background: none; color: var(--cb-muted); line-height: 28px; top: 0;
  transform: none !important; min-height: 30px !important; max-height: 30px !important; margin: 0 !important;
}
.cellboard .cb-tabs > .lm-TabBar .lm-TabBar-tab:hover, .cellboard .cb-tabs > .p-TabBar .p-TabBar-tab:hover {
  background: var(--cb-hover);
}
.cellboard .cb-tabs > .lm-TabBar .lm-TabBar-tab.lm-mod-current,
.cellboard .cb-tabs > .p-TabBar .p-TabBar-tab.p-mod-current {
  border-bottom-color: var(--cb-accent); color: var(--cb-text); font-weight: 600; background: none;
}
.cellboard .cb-tabs > .lm-TabBar .lm-TabBar-tab.lm-mod-current::before,
.cellboard .cb-tabs > .p-TabBar .p-TabBar-tab.p-mod-current::before { display: none; }
.cellboard .cb-tabs > .widget-tab-contents { border: 0; padding: 8px 0 0; background: none; color: inherit; }
.cellboard .cb-run .widget-html-content { display: flex; align-items: center; height: 22px; }
.cellboard .cb-area { min-width: 76px; text-align: right; }
.cb-tooltip, .cb-tooltip .widget-html-content { font-size: 12px; line-height: 18px; margin: 0; height: auto; }
.cb-tooltip table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 12px; }
.cb-tooltip tr, .cb-tooltip tr:hover, .cb-tooltip tr:nth-child(even) { background: none !important; }
.cb-tooltip th, .cb-tooltip td {
  padding: 0 0 0 12px !important; text-align: right !important; font-weight: 400; border: 0; line-height: 18px;
  white-space: nowrap; background: none; vertical-align: baseline;
}
.cb-tooltip th { opacity: .7; }
.cb-tooltip .cb-name {
  text-align: left !important; padding-left: 0 !important; max-width: 200px; overflow: hidden; text-overflow: ellipsis;
}
.cb-tooltip .cb-swatch {
  display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-right: 6px; vertical-align: -1px;
}
.cellboard .cb-image img, .cellboard img.cb-image { image-rendering: pixelated; max-width: 100%; }
.cellboard .cb-text { overflow: auto; line-height: 1.5; }
.cellboard .cb-text > :first-child { margin-top: 0; }
.cellboard .cb-text pre, .cellboard .cb-text code {
  background: var(--cb-hover); border-radius: 3px; padding: 0 3px; color: inherit;
}
.cellboard .cb-text pre { padding: 8px; overflow: auto; }
.cellboard .cb-text pre code { background: none; padding: 0; }
.cellboard .cb-text table { border-collapse: collapse; margin: 4px 0; }
.cellboard .cb-text td, .cellboard .cb-text th {
  border: 1px solid var(--cb-rule); padding: 2px 8px; text-align: left; background: none;
}
.cellboard .cb-text td p { margin: 0; }
.cellboard .cb-text blockquote {
  border-left: 3px solid var(--cb-rule); margin: 8px 0; padding: 0 12px; color: var(--cb-muted);
}
.cellboard .cb-text h1, .cellboard .cb-text h2, .cellboard .cb-text h3 {
  font-size: 15px; margin: 8px 0 4px; color: inherit;
}
.cellboard .cb-text a { color: var(--cb-accent); }
"""


def html(markup: str = "", **layout: Any) -> ipywidgets.HTML:
    """Return an HTML widget; *markup* must be escaped already (`swatch`, `html.escape`, `sanitize`)."""
    return ipywidgets.HTML(value=markup, layout=ipywidgets.Layout(**{"margin": "0", **layout}))


def style_sheet(more: str = "") -> ipywidgets.HTML:
    """Return the widget that carries the style sheet, and *more* rules, into the page; it takes no room."""
    return html(f"<style>{STYLE}{more}</style>", display="none")


def swatch(color: str) -> str:
    """Return a small square of *color* ("#rrggbb") as HTML."""
    return f'<span class="cb-swatch" style="background:{escape(color, quote=True)}"></span>'


def link(text: str, clicked: Callable[[], None]) -> ipywidgets.Button:
    """Return a button that looks like a link."""
    button = ipywidgets.Button(description=text, layout=ipywidgets.Layout(width="auto", height="22px", margin="0"))
    button.add_class("cb-link")
    button.on_click(lambda _: clicked())
    return button


def put(widget: ipywidgets.Widget, **traits: Any) -> None:
    """Set the traits that differ, in one message; nothing is sent when none does."""
    changed = {name: value for name, value in traits.items() if getattr(widget, name) != value}
    if changed:
        with widget.hold_sync():
            for name, value in changed.items():
                setattr(widget, name, value)
