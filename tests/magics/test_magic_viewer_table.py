"""``%board list`` in a real kernel: a table with a button that ends a viewer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

START = """
%load_ext cellboard
from cellboard.viewer import launch, registry
from cellboard.viewer.options import ViewerOptions
for name in ("one", "<img src=x onerror=alert(1)>"):
    launch.launch(ViewerOptions(name, port=0))
"""
PRESS = """
import ipywidgets
tables = [w for w in __import__('gc').get_objects() if type(w).__name__ == 'ViewerTable' and w.comm is not None]
[table] = tables
stops = [b for b in table._rows.children if isinstance(b, ipywidgets.Button)]
print(len(stops), [b.tooltip for b in stops])
stops[0].click()
print([r.logdir.rpartition('/')[2] for r in registry.running()])
print(repr(table))
stops = [b for b in table._rows.children if isinstance(b, ipywidgets.Button)]
stops[0].click()
print(table, registry.running(), len(table._rows.children))
"""


def test_a_viewer_is_listed_and_ended_by_its_button(kernel: Callable[[Sequence[str]], Any]) -> None:
    notebook = kernel([START, "%board list", PRESS])
    (shown,) = [output["data"] for output in notebook.cells[1].outputs]
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert shown["text/plain"].startswith("2 viewers running.")
    said = "".join(output["text"] for output in notebook.cells[2].outputs if output["output_type"] == "stream")
    first, left, listed, *rest = said.splitlines()
    assert first.startswith("2 ['End the viewer on port ")
    assert left == "['<img src=x onerror=alert(1)>']"
    assert listed == "1 viewer running. %board stop PORT | all ends them."
    assert "onerror" in rest[0]
    assert rest[1] == "No viewers are running. %board --logdir DIR starts one. [] 0"
    state = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    markup = " ".join(str(entry["state"].get("value", "")) for entry in state if entry["model_name"] == "HTMLModel")
    assert "<img" not in markup
