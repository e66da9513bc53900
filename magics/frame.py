"""The HTML form of a viewer in a cell: a frame whose address is found by the page that shows it."""

from __future__ import annotations

import json
import secrets
import shlex
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ..viewer.registry import ViewerRecord

__all__ = ["markup", "path", "proxy_address", "watch"]

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

_NOTE = """\
<div id="{element}"><p style="margin:0"></p></div>
<script>
{script}
</script>
"""

_SCRIPT = """\
(async (options) => {
  const root = document.getElementById(options.element);
  if (!root) return;
  const note = root.querySelector("p"), frame = root.querySelector("iframe");
  const instead = " Charts in the cell need no port: ";
  const say = (text, command) => {
    note.style.textAlign = "left";
    note.textContent = text;
    if (command) note.appendChild(document.createElement("code")).textContent = command;
  };
  const arrival = (seconds) => new Promise((resolve) => {
    const done = (came) => { clearTimeout(timer); resolve(came); };
    const timer = setTimeout(() => done(false), seconds * 1000);
    const hear = (event) => {
      const isOurs = !frame || event.source === frame.contentWindow;
      if (!isOurs || !event.data || event.data.cellboard !== "ready") return;
      window.removeEventListener("message", hear);
      note.dataset.came = "true";
      done(true);
    };
    window.addEventListener("message", hear);
  });
  const open = async (address) => {
    const came = arrival(options.patience);
    frame.src = address;
    frame.style.display = "block";
    const offer = () => {
      note.textContent = "";
      note.style.textAlign = "right";
      const link = note.appendChild(document.createElement("a"));
      link.textContent = "Open in a tab";
      link.href = address;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    };
    offer();
    if (await came) return;
    say(options.absent + instead, options.inline);
    await arrival(3600);
    if (note.dataset.came) offer();
  };
  const isPassedOn = async (address) => {
    try {
      // JupyterHub wants to hear its cookie from every script.
      const cookie = (document.cookie.match(/(?:^|; *)_xsrf=([^;]*)/) || [])[1];
      const headers = cookie ? { "X-XSRFToken": decodeURIComponent(cookie) } : {};
      const reply = await fetch(address + "api/v1/ping", { credentials: "same-origin", cache: "no-store", headers });
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
  if (options.watched) {
    // Somebody else makes the frame, beside this.
    if (!(await arrival(options.patience))) say(options.absent + instead, options.inline);
    return;
  }
  if (options.proxy) return open(new URL(options.proxy, window.location.href).href);
  const baseUrl = base();
  if (baseUrl !== null) {
    // Our own way through the Jupyter server; else that of jupyter-server-proxy, which opens every port to who is
    // logged in, where it is installed.
    for (const way of [options.path, "proxy/" + options.port + new URL(options.direct).pathname]) {
      if (await isPassedOn(baseUrl + way)) return open(baseUrl + way);
    }
  }
  const local = options.reachable || ["localhost", "127.0.0.1", "[::1]"].includes(window.location.hostname);
  if (!local) {
    return say(
      "This page cannot reach the viewer: it runs beside the kernel, on port " + options.port + ", and the Jupyter " +
      "server does not pass it on. Install cellboard or jupyter-server-proxy where Jupyter runs, or set " +
      "TENSORBOARD_PROXY_URL." + instead, options.inline
    );
  }
  if (await isThere(options.direct)) return open(options.direct);
  say("The viewer of " + options.logdir + " does not run any more. Run the cell to start it again.");
})(%s);
"""

_PATIENCE = 20
"""Seconds until a frame that shows nothing is explained."""

_ABSENT = {
    "jupyter": "The viewer did not come through to this frame: the connection may be slow, or a proxy refuses frames.",
    "vscode": (
        "The viewer did not come through to this frame. If the kernel runs on another machine than this window, "
        "forward port {port} (in the view Ports)."
    ),
    "colab": (
        "The viewer did not come through to this frame. Colab passes it on only where the browser lets its frames keep "
        "cookies: allow third-party cookies for colab.research.google.com, then run the cell again."
    ),
}
"""Why a frame may stay empty, by front end."""


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


def markup(
    record: ViewerRecord, height: int, *, proxy: str = "", reachable: bool = False, host: str = "jupyter"
) -> str:
    """Return a frame, *height* pixels high, and the script that finds the viewer from the page.

    Parameters
    ----------
    proxy
        The address to use whatever the page is.
    reachable
        The front end reaches ports of this machine although its page has a name of its own (VS Code).
    host
        The front end, which decides what is said if the frame stays empty: ``jupyter`` or ``vscode``.
    """
    options = _options(record, host) | {"proxy": proxy, "reachable": reachable}
    return _PAGE.format(
        element=options["element"],
        logdir=escape(record.logdir, quote=True),
        height=int(height),
        script=_SCRIPT.replace("%s", _in_script(options)),
    )


def watch(record: ViewerRecord, host: str) -> str:
    """Return a note that says why the viewer is not to be seen, if it does not come; the frame is made elsewhere."""
    options = _options(record, host) | {"watched": True}
    return _NOTE.format(element=options["element"], script=_SCRIPT.replace("%s", _in_script(options)))


def _options(record: ViewerRecord, host: str) -> dict[str, Any]:
    return {
        "element": f"cellboard-{secrets.token_hex(8)}",
        "id": record.id,
        "path": f"cellboard/v/{record.id}/",
        "direct": record.address,
        "port": record.port,
        "logdir": record.logdir,
        "inline": f"%board inline --logdir {shlex.quote(record.logdir)}",
        "absent": _ABSENT[host].format(port=record.port),
        "patience": _PATIENCE,
    }


def _in_script(value: Any) -> str:
    """Return *value* as JSON that no HTML parser mistakes for an end of the script."""
    text = json.dumps(value)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
