"""The HTML form of a viewer in a cell: a frame whose address is found by the page that shows it."""

from __future__ import annotations

import json
import secrets
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ..viewer.registry import ViewerRecord

__all__ = ["markup", "path", "proxy_address"]

_PAGE = """\
<div id="{element}" style="width:100%">
  <p style="margin:0 0 4px;opacity:.75">cellboard viewer of {logdir}. Run the cell to show it.</p> <iframe
  title="cellboard: {logdir}" style="display:none;width:100%;height:{height}px;border:0"
  allow="clipboard-write"></iframe>
</div>
<script>
{script}
</script>
"""

_SCRIPT = """\
(async (options) => {
  const root = document.getElementById(options.element);
  if (!root) return;
  const note = root.querySelector("p"), frame = root.querySelector("iframe");
  const say = (text) => { note.textContent = text; };
  const open = (address) => {
    frame.src = address;
    frame.style.display = "block";
    note.textContent = "";
    const link = note.appendChild(document.createElement("a"));
    link.textContent = "Open in a tab";
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    note.style.textAlign = "right";
  };
  const isPassedOn = async (address) => {
    try {
      const reply = await fetch(address + "api/v1/ping", { credentials: "same-origin", cache: "no-store" });
      return reply.ok && (await reply.json()).id === options.id;
    } catch {
      return false;
    }
  };
  // Of another origin's page a script learns only that it came; that is enough.
  const isThere = async (address) => {
    try {
      await fetch(address, { mode: "no-cors", credentials: "omit", cache: "no-store" });
      return true;
    } catch {
      return false;
    }
  };
  const base = () => {
    try {
      return JSON.parse(document.getElementById("jupyter-config-data").textContent).baseUrl ?? null;
    } catch {
      return document.body?.dataset?.baseUrl ?? null;
    }
  };
  if (options.proxy) return open(new URL(options.proxy, window.location.href).href);
  const baseUrl = base();
  if (baseUrl !== null) {
    const proxied = baseUrl + options.path;
    if (await isPassedOn(proxied)) return open(proxied);
  }
  const local = options.reachable || ["localhost", "127.0.0.1", "[::1]"].includes(window.location.hostname);
  if (!local) {
    return say(
      "This page cannot reach the viewer: it runs beside the kernel, on port " + options.port + ", and the Jupyter " +
      "server does not pass it on. Install cellboard where Jupyter runs, set TENSORBOARD_PROXY_URL, or draw in the " +
      "cell, which needs no port: %board scalars --logdir " + options.logdir
    );
  }
  if (await isThere(options.direct)) return open(options.direct);
  say("The viewer of " + options.logdir + " does not run any more. Run the cell to start it again.");
})(%s);
"""


def path(record: ViewerRecord) -> str:
    """Return the path of a viewer's page on its port, with its token: "/<token>/"."""
    return urlsplit(record.address).path


def proxy_address(record: ViewerRecord, template: str) -> str:
    """Return where ``TENSORBOARD_PROXY_URL`` says the viewer is, "" if it is not set.

    Parameters
    ----------
    template
        An address, absolute or relative to the page, in which ``%PORT%`` stands for the port.
    """
    return template.replace("%PORT%", str(record.port)).rstrip("/") + path(record) if template else ""


def markup(record: ViewerRecord, height: int, *, proxy: str = "", reachable: bool = False) -> str:
    """Return a frame, *height* pixels high, and the script that finds the viewer from the page.

    Parameters
    ----------
    proxy
        The address to use whatever the page is.
    reachable
        The front end reaches ports of this machine although its page has a name of its own (VS Code).
    """
    element = f"cellboard-{secrets.token_hex(8)}"
    options = {
        "element": element,
        "id": record.id,
        "path": f"cellboard/v/{record.id}/",
        "direct": record.address,
        "proxy": proxy,
        "reachable": reachable,
        "port": record.port,
        "logdir": record.logdir,
    }
    logdir = escape(record.logdir, quote=True)
    return _PAGE.format(
        element=element, logdir=logdir, height=int(height), script=_SCRIPT.replace("%s", _in_script(options))
    )


def _in_script(value: Any) -> str:
    """Return *value* as JSON that no HTML parser mistakes for an end of the script."""
    text = json.dumps(value)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
